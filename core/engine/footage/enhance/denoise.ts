/**
 * Takes grain out of a film over time: two frames before and two after are moved to where their blocks fit, and each
 * pixel becomes the mean of those that agree with it by the measure of the noise. Where none agrees, it stays.
 */
import { planesOf, type FrameShape } from '../interpolate/rawFrame.ts';
import type { FloatPlane } from '../interpolate/sampleAt.ts';
import { blockMotion, blockStepPx, pyramidOf, type BlockMotion, type Pyramid } from './blockMotion.ts';

/** Frames to each side. */
export const reachFrames = 2;

interface Held {
  readonly raw: Uint8Array;
  /** In the levels of the format. */
  readonly planes: readonly FloatPlane[];
  readonly pyramid: Pyramid;
}

/** A frame next to the one that is cleaned, and where its parts are. */
interface Neighbour {
  readonly held: Held;
  readonly motion: BlockMotion;
  /** Mean squared difference of each block. */
  readonly differences: Float32Array;
}

/** Cleans frames of one shape in their order. Gives each one later by `reachFrames`. */
export class TemporalDenoiser {
  readonly #shape: FrameShape;
  readonly #strength: number;
  readonly #window: Held[] = [];
  #next = 0;

  /** `strength`: 0..1, how much of what is found to be noise goes. */
  constructor(shape: FrameShape, strength: number) {
    this.#shape = shape;
    this.#strength = strength;
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

  #hold(raw: Uint8Array): Held {
    const planes = planesOf(raw, this.#shape).map(({ width, height, data }) => ({
      ...{ width, height },
      data: Float32Array.from(data),
    }));
    const scale = 255 / this.#shape.peak;
    const [luma] = planes;
    const seen = scale === 1 ? luma! : { ...luma!, data: luma!.data.map((value) => value * scale) };
    return { raw, planes, pyramid: pyramidOf(seen) };
  }

  #clean(): Uint8Array {
    const held = this.#window[this.#next]!;
    const neighbours = this.#window
      .slice(Math.max(0, this.#next - reachFrames), this.#next + reachFrames + 1)
      .filter((each) => each !== held)
      .map((each) => neighbourOf(held, each, this.#shape));
    const noise = noiseOf(neighbours);
    const made = held.raw.slice();
    if (neighbours.length > 0 && noise > 0)
      planesOf(made, this.#shape).forEach((into, index) => {
        average(held, neighbours, index, { noise, strength: this.#strength, shape: this.#shape }, into.data);
      });
    if (this.#next === reachFrames) this.#window.shift();
    else this.#next++;
    return made;
  }
}

function neighbourOf(held: Held, other: Held, { peak }: FrameShape): Neighbour {
  const motion = blockMotion(held.pyramid, other.pyramid);
  return { held: other, motion, differences: differencesOf(held, other, motion, 255 / peak) };
}

/** Squared differences of the frames as they are, in levels of 8 bits. */
function differencesOf(held: Held, other: Held, motion: BlockMotion, scale: number): Float32Array {
  const [a, b] = [held.planes[0]!, other.planes[0]!];
  const { across, down, x: xs, y: ys } = motion;
  const found = new Float32Array(across * down);
  for (let row = 0, block = 0; row < down; row++)
    for (let column = 0; column < across; column++, block++) {
      const [dx, dy] = [Math.round(xs[block]!), Math.round(ys[block]!)];
      const toX = Math.min(a.width, (column + 1) * blockStepPx + 4);
      const toY = Math.min(a.height, (row + 1) * blockStepPx + 4);
      let [sum, count] = [0, 0];
      for (let y = Math.max(0, row * blockStepPx - 4); y < toY; y++) {
        const line = Math.max(0, Math.min(b.height - 1, y + dy)) * b.width;
        for (let x = Math.max(0, column * blockStepPx - 4); x < toX; x++) {
          const away = (a.data[y * a.width + x]! - b.data[line + Math.max(0, Math.min(b.width - 1, x + dx))]!) * scale;
          sum += away * away;
          count++;
        }
      }
      found[block] = count > 0 ? sum / count : 0;
    }
  return found;
}

/** Share of the blocks that surely fit: the rest may differ by more than noise. */
const fittingShare = 0.3;

/** Variance of the noise, levels of 8 bits squared: half of what well fitting blocks differ by. */
function noiseOf(neighbours: readonly Neighbour[]): number {
  const all = neighbours.flatMap(({ differences }) => [...differences]).sort((a, b) => a - b);
  return (all[Math.floor(all.length * fittingShare)] ?? 0) / 2;
}

interface Measure {
  readonly noise: number;
  readonly strength: number;
  readonly shape: FrameShape;
}

/** A block that differs by so many times what noise makes two frames differ by is half trusted. */
const blockTrust = 0.5;
/** The same of the 3 x 3 around a pixel. */
const pixelTrust = 4;

function average(
  held: Held,
  neighbours: readonly Neighbour[],
  index: number,
  measure: Measure,
  into: Uint8Array | Uint16Array,
): void {
  const plane = held.planes[index]!;
  const luma = held.planes[0]!;
  const scale = { x: luma.width / plane.width, y: luma.height / plane.height };
  const sum = plane.data.slice();
  const weights = new Float32Array(plane.data.length).fill(1);
  for (const neighbour of neighbours) addNeighbour(held, neighbour, index, scale, measure, sum, weights);
  const { strength, shape } = measure;
  for (let i = 0; i < into.length; i++) {
    const own = plane.data[i]!;
    const value = own + strength * (sum[i]! / weights[i]! - own) + 0.5;
    into[i] = value < 0 ? 0 : value > shape.peak ? shape.peak : value;
  }
}

function addNeighbour(
  held: Held,
  { held: other, motion, differences }: Neighbour,
  index: number,
  scale: { readonly x: number; readonly y: number },
  { noise }: Measure,
  sum: Float32Array,
  weights: Float32Array,
): void {
  const plane = held.planes[index]!;
  const source = other.planes[index]!;
  const [blurred, otherBlurred] = [held.pyramid.full, other.pyramid.full];
  const { across, down, x: xs, y: ys } = motion;
  const trust = differences.map((value) => {
    const excess = Math.max(0, value / (2 * noise) - 1) / blockTrust;
    return 1 / (1 + excess * excess);
  });
  const usual = pixelTrust * ((2 * noise) / 9);
  for (let y = 0, i = 0; y < plane.height; y++) {
    const lumaY = Math.min(blurred.height - 1, (y + 0.5) * scale.y - 0.5);
    const row = clampedPlace((lumaY + 0.5) / blockStepPx - 0.5, down);
    for (let x = 0; x < plane.width; x++, i++) {
      const lumaX = Math.min(blurred.width - 1, (x + 0.5) * scale.x - 0.5);
      const column = clampedPlace((lumaX + 0.5) / blockStepPx - 0.5, across);
      const [left, top] = [column | 0, row | 0];
      const [partX, partY] = [column - left, row - top];
      const at = top * across + left;
      const right = left + 1 < across ? at + 1 : at;
      const below = top + 1 < down ? across : 0;
      const mix = (field: Float32Array): number => {
        const upper = field[at]! + partX * (field[right]! - field[at]!);
        const lower = field[at + below]! + partX * (field[right + below]! - field[at + below]!);
        return upper + partY * (lower - upper);
      };
      const weight = mix(trust);
      if (weight < 0.02) continue;
      // vectors on both sides of an edge of motion are not mixed: the nearest block's counts
      const nearest = (partY < 0.5 ? at : at + below) + (partX < 0.5 ? 0 : right - at);
      const [dx, dy] = [xs[nearest]!, ys[nearest]!];
      const away = sharp(blurred, lumaX, lumaY) - sharp(otherBlurred, lumaX + dx, lumaY + dy);
      const near = 1 / (1 + ((away * away) / usual) ** 2);
      const total = weight * near;
      sum[i]! += total * sharp(source, x + dx / scale.x, y + dy / scale.y);
      weights[i]! += total;
    }
  }
}

function clampedPlace(place: number, count: number): number {
  return place < 0 ? 0 : place > count - 1 ? count - 1 : place;
}

/** Between four samples, or one of them where it is hit. */
function sharp({ width, height, data }: FloatPlane, x: number, y: number): number {
  const px = x < 0 ? 0 : x > width - 1 ? width - 1 : x;
  const py = y < 0 ? 0 : y > height - 1 ? height - 1 : y;
  const [left, top] = [px | 0, py | 0];
  const at = top * width + left;
  const [partX, partY] = [px - left, py - top];
  const right = left + 1 < width ? 1 : 0;
  const down = top + 1 < height ? width : 0;
  const upper = data[at]! + partX * (data[at + right]! - data[at]!);
  const lower = data[at + down]! + partX * (data[at + down + right]! - data[at + down]!);
  return upper + partY * (lower - upper);
}
