/**
 * Takes grain out of a film. Over time: two frames before and two after are moved to where their blocks fit, and each
 * pixel becomes the mean of those that agree with it by the measure of the noise (`temporalMean.ts`). Then within the
 * frame, by what is left of the noise at each pixel: little where all frames agreed, all of it where none did
 * (`shrink.ts`).
 */
import { planesOf, type FrameShape } from '../interpolate/rawFrame.ts';
import type { FloatPlane } from '../interpolate/sampleAt.ts';
import { blockMotion, pyramidOf, type Pyramid } from './blockMotion.ts';
import { blockDifferences, noiseOf } from './noise.ts';
import { Shrinker } from './shrink.ts';
import { meanOverTime, type Held, type Neighbour } from './temporalMean.ts';

/** Frames to each side. */
export const reachFrames = 2;
/** Coefficients below so many standard deviations of the noise that is left are dropped. */
const dropped = 2.6;

interface Frame extends Held {
  readonly raw: Uint8Array;
}

/** Cleans frames of one shape in their order. Gives each one later by `reachFrames`. */
export class Denoiser {
  readonly #shape: FrameShape;
  readonly #strength: number;
  readonly #shrinkers: readonly Shrinker[];
  readonly #window: Frame[] = [];
  #next = 0;

  /** `strength`: 0..1, how much of what is found to be noise goes. */
  constructor(shape: FrameShape, strength: number) {
    this.#shape = shape;
    this.#strength = strength;
    this.#shrinkers = shape.planes.map((plane) => new Shrinker(plane));
  }

  /** Takes a frame; answers the cleaned one that it completes, or null. */
  push(raw: Uint8Array): Uint8Array | null {
    this.#window.push(this.#hold(raw));
    return this.#window.length > this.#next + reachFrames ? this.#clean() : null;
  }

  /** The frames that are left. */
  *end(): Generator<Uint8Array> {
    while (this.#next < this.#window.length) yield this.#clean();
  }

  #hold(raw: Uint8Array): Frame {
    const planes = planesOf(raw, this.#shape).map(({ width, height, data }) => ({
      ...{ width, height },
      data: Float32Array.from(data),
    }));
    return { raw, planes, pyramid: this.#pyramid(planes[0]!) };
  }

  /** In levels of 8 bits. */
  #pyramid(luma: FloatPlane): Pyramid {
    const scale = 255 / this.#shape.peak;
    return pyramidOf(scale === 1 ? luma : { ...luma, data: luma.data.map((value) => value * scale) });
  }

  #clean(): Uint8Array {
    const held = this.#window[this.#next]!;
    const neighbours = this.#window
      .slice(Math.max(0, this.#next - reachFrames), this.#next + reachFrames + 1)
      .filter((each) => each !== held)
      .map((each) => neighbourOf(held, each));
    const noise = noiseOf(
      neighbours.map(({ held: { planes: others }, ...rest }) => ({ planes: held.planes, others, ...rest })),
    );
    const made = held.raw.slice();
    planesOf(made, this.#shape).forEach((into, index) => {
      const variance = noise[index] ?? 0;
      if (variance > 0) this.#cleanPlane(held, neighbours, index, noise, into.data);
    });
    if (this.#next === reachFrames) this.#window.shift();
    else this.#next++;
    return made;
  }

  #cleanPlane(
    held: Frame,
    neighbours: readonly Neighbour[],
    index: number,
    noise: readonly number[],
    into: Uint8Array | Uint16Array,
  ): void {
    const { peak } = this.#shape;
    const own = held.planes[index]!.data;
    // frames agree by their brightness, in levels of 8 bits
    const { mean, left } = meanOverTime(held, neighbours, index, noise[0]!, 255 / peak);
    for (let i = 0; i < left.length; i++) left[i] = Math.sqrt(noise[index]! * left[i]!);
    this.#shrinkers[index]!.run(mean, left, dropped, mean.data);
    for (let i = 0; i < into.length; i++) {
      const value = own[i]! + this.#strength * (mean.data[i]! - own[i]!) + 0.5;
      into[i] = value < 0 ? 0 : value > peak ? peak : value;
    }
  }
}

function neighbourOf(held: Held, other: Held): Neighbour {
  const motion = blockMotion(held.pyramid, other.pyramid);
  return { held: other, motion, differences: blockDifferences(held.planes[0]!, other.planes[0]!, motion) };
}
