/**
 * Where a thing without points of its own went: its outline is laid where the colours inside it are the thing's and
 * those around it are not. Coarse steps first, then shift, turn and size by turns.
 */
import type { Picture, Plane, Rect } from '../select/raster.ts';
import { applied, chained, still, type Affine } from './motion.ts';

const bits = 4;
const bins = 1 << (3 * bits);
const mostSamples = 900;

/** Places of a grid, inside the outline and around it. */
interface Samples {
  readonly x: Float32Array;
  readonly y: Float32Array;
  /** 1 inside, 0 outside. */
  readonly isInside: Uint8Array;
  readonly insideCount: number;
}

/** How the colours of one frame's thing and surroundings lie in the next frame. */
export interface ColourMatch {
  /** How well a motion lays the thing on its colours and the surroundings on theirs, -1..1. */
  agreement(motion: Affine): number;
  /** The motion that does so best, near a guess. */
  align(guess: Affine): { readonly motion: Affine; readonly score: number };
  /** Agreement of the first frame with itself: low where thing and surroundings are alike. */
  readonly own: number;
}

/** An outline, and the rectangle that holds it and its surroundings. */
export interface Outline {
  readonly mask: Plane;
  readonly around: Rect;
}

/**
 * Compares a frame's thing with the next frame. `shape`: the outline that is moved, where it is another than the one
 * whose colours count: that of the key frame.
 */
export function matchColours(from: Picture, thing: Outline, to: Picture, shape: Outline = thing): ColourMatch {
  const samples = samplesOf(shape.mask, shape.around);
  const ratio = paletteOf(from, thing);
  const { left, top, right, bottom } = shape.around;
  const middle = { x: (left + right) / 2, y: (top + bottom) / 2 };
  const score = (picture: Picture, motion: Affine): number => scoreOf(samples, ratio, picture, motion);
  const agreement = (motion: Affine): number => score(to, motion);
  return { agreement, align: (guess) => climb(guess, middle, agreement), own: score(from, still) };
}

/** Pixels beside an outline, and the colours inside it: what its place in another frame is found by. */
export class OutlineFit {
  readonly #samples: Samples;
  readonly #inside: Float32Array;
  readonly #mean: readonly [number, number, number];
  readonly #shape: Outline;
  /** How well the outline parts its colours from those around in its own frame, -1..1. */
  readonly own: number;

  constructor(picture: Picture, shape: Outline) {
    this.#shape = shape;
    this.#samples = besideOutline(shape);
    this.#inside = sharesOf(picture, shape, (value) => value > 0.9);
    this.#mean = meanInside(picture, shape);
    this.own = this.#samples.insideCount < 8 ? -1 : this.#score(picture, still, shape.mask, shape.around);
  }

  #score(picture: Picture, motion: Affine, placed: Plane, within: Rect): number {
    return scoreOf(this.#samples, this.#ratio(picture, placed, within), picture, motion);
  }

  /** The thing's colours are those of its own frame; what is around it now has its colours of now. */
  #ratio(picture: Picture, placed: Plane, within: Rect): Float32Array {
    return ratioOf(
      this.#inside,
      sharesOf(picture, { mask: placed, around: within }, (value) => value < 0.1),
    );
  }

  /** Share of what is around the placed mask that has about the thing's own colour, 0..1. */
  alikeAround(picture: Picture, placed: Plane, within: Rect): number {
    let [alike, count] = [0, 0];
    for (let y = within.top; y < within.bottom; y += 2) {
      for (let x = within.left; x < within.right; x += 2) {
        const at = y * placed.width + x;
        if (placed.data[at]! >= 0.1) continue;
        count++;
        let apart = 0;
        for (let channel = 0; channel < 3; channel++)
          apart = Math.max(apart, Math.abs(picture.data[at * 3 + channel]! - this.#mean[channel]!));
        if (apart < alikeWithin) alike++;
      }
    }
    return alike / Math.max(1, count);
  }

  /** The motion from the own frame, brought nearer to where the colours end. `placed`: the mask moved by `guess`. */
  near(picture: Picture, guess: Affine, placed: Plane, within: Rect): { motion: Affine; score: number } {
    const ratio = this.#ratio(picture, placed, within);
    const samples = this.#samples;
    const { left, top, right, bottom } = this.#shape.around;
    const middle = { x: (left + right) / 2, y: (top + bottom) / 2 };
    const radius = Math.max(8, Math.min(right - left, bottom - top) / 3);
    let best = { motion: guess, score: scoreOf(samples, ratio, picture, guess) };
    const consider = (motion: Affine): void => {
      const score = scoreOf(samples, ratio, picture, motion);
      if (score > best.score + 1e-4) best = { motion, score };
    };
    const climbBy = (ways: (motion: Affine, step: number) => readonly Affine[]): void => {
      for (const step of [2, 1, 0.5, 0.25]) {
        for (let round = 0; round < 3; round++) {
          const { motion } = best;
          for (const shift of [step, -step]) for (const way of ways(best.motion, shift)) consider(way);
          if (best.motion === motion) break;
        }
      }
    };
    climbBy((motion, shift) => [
      { ...motion, c: motion.c + shift },
      { ...motion, f: motion.f + shift },
    ]);
    // where another size or turn would do as well, they are not known
    const isKnown = (ways: readonly Affine[]): boolean =>
      ways.every((motion) => scoreOf(samples, ratio, picture, motion) < best.score - leastCurvature);
    const far = 4 / radius;
    const sized = isKnown([turned(best.motion, middle, 1 + far, 0), turned(best.motion, middle, 1 - far, 0)]);
    const isTurnKnown = isKnown([
      turned(best.motion, middle, Math.cos(far), Math.sin(far)),
      turned(best.motion, middle, Math.cos(far), -Math.sin(far)),
    ]);
    climbBy((motion, shift) => [
      { ...motion, c: motion.c + shift },
      { ...motion, f: motion.f + shift },
      ...(isTurnKnown ? [turned(motion, middle, Math.cos(shift / radius), Math.sin(shift / radius))] : []),
      ...(sized ? [turned(motion, middle, 1 + shift / radius, 0)] : []),
    ]);
    return best;
  }
}

/** Levels of 8 bits that a colour may differ by and be alike. */
const alikeWithin = 36;

function meanInside({ data }: Picture, { mask, around }: Outline): [number, number, number] {
  const sums: [number, number, number] = [0, 0, 0];
  let count = 0;
  for (let y = around.top; y < around.bottom; y++) {
    for (let x = around.left; x < around.right; x++) {
      const at = y * mask.width + x;
      if (mask.data[at]! <= 0.9) continue;
      for (let channel = 0; channel < 3; channel++) sums[channel]! += data[at * 3 + channel]!;
      count++;
    }
  }
  return [sums[0] / Math.max(1, count), sums[1] / Math.max(1, count), sums[2] / Math.max(1, count)];
}

/** How much worse another size or turn must be for the best one to count as known. */
const leastCurvature = 0.06;

const besidePx = 4;
const mostBeside = 1600;

/** The pixels within `besidePx` of an outline. */
function besideOutline({ mask, around }: Outline): Samples {
  const { data, width, height } = mask;
  const isIn = (x: number, y: number): boolean =>
    data[Math.max(0, Math.min(height - 1, y)) * width + Math.max(0, Math.min(width - 1, x))]! >= 0.5;
  const found: number[] = [];
  for (let y = around.top; y < around.bottom; y++) {
    for (let x = around.left; x < around.right; x++) {
      const here = isIn(x, y);
      if (
        isIn(x - besidePx, y) !== here ||
        isIn(x + besidePx, y) !== here ||
        isIn(x, y - besidePx) !== here ||
        isIn(x, y + besidePx) !== here
      )
        found.push(y * width + x);
    }
  }
  const every = Math.max(1, Math.ceil(found.length / mostBeside));
  const kept = found.filter((_, index) => index % every === 0);
  const isInside = Uint8Array.from(kept, (at) => (data[at]! >= 0.5 ? 1 : 0));
  return {
    x: Float32Array.from(kept, (at) => at % width),
    y: Float32Array.from(kept, (at) => Math.floor(at / width)),
    isInside,
    insideCount: isInside.reduce((sum, value) => sum + value, 0),
  };
}

/** Shift in coarse steps, then shift, turn and size by turns. */
function climb(guess: Affine, middle: { x: number; y: number }, agreement: (motion: Affine) => number) {
  let best = { motion: guess, score: agreement(guess) };
  const consider = (motion: Affine): void => {
    const score = agreement(motion);
    if (score > best.score + 1e-4) best = { motion, score };
  };
  for (let dy = -12; dy <= 12; dy += 3)
    for (let dx = -12; dx <= 12; dx += 3) consider({ ...guess, c: guess.c + dx, f: guess.f + dy });
  for (const step of [1.5, 0.75, 0.4]) {
    for (let round = 0; round < 3; round++) {
      const { motion } = best;
      for (const shift of [step, -step]) {
        consider({ ...motion, c: motion.c + shift });
        consider({ ...motion, f: motion.f + shift });
        consider(turned(motion, middle, Math.cos(shift / 60), Math.sin(shift / 60)));
        consider(turned(motion, middle, 1 + shift / 60, 0));
      }
    }
  }
  return best;
}

/** The motion, with a turn and a change of size about the place where `middle` goes. */
function turned(motion: Affine, middle: { x: number; y: number }, cos: number, sin: number): Affine {
  const { x, y } = applied(motion, middle);
  return chained(motion, { a: cos, b: -sin, c: x - cos * x + sin * y, d: sin, e: cos, f: y - sin * x - cos * y });
}

function samplesOf({ data, width }: Plane, around: Rect): Samples {
  const area = (around.right - around.left) * (around.bottom - around.top);
  const step = Math.max(1, Math.floor(Math.sqrt(area / mostSamples)));
  const count = Math.ceil((around.right - around.left) / step) * Math.ceil((around.bottom - around.top) / step);
  const samples = { x: new Float32Array(count), y: new Float32Array(count), isInside: new Uint8Array(count) };
  let [at, insideCount] = [0, 0];
  for (let y = around.top; y < around.bottom; y += step) {
    for (let x = around.left; x < around.right; x += step, at++) {
      const isInside = data[y * width + x]! >= 0.5 ? 1 : 0;
      samples.x[at] = x;
      samples.y[at] = y;
      samples.isInside[at] = isInside;
      insideCount += isInside;
    }
  }
  return { ...samples, insideCount };
}

function scoreOf(samples: Samples, ratio: Float32Array, picture: Picture, motion: Affine): number {
  const { x: xs, y: ys, isInside, insideCount } = samples;
  const { a, b, c, d, e, f } = motion;
  const { width, height } = picture;
  let [inside, outside] = [0, 0];
  for (let i = 0; i < xs.length; i++) {
    const [x, y] = [xs[i]!, ys[i]!];
    const px = Math.floor(a * x + b * y + c + 0.5);
    const py = Math.floor(d * x + e * y + f + 0.5);
    // out of the picture nothing is known
    if (px < 0 || py < 0 || px >= width || py >= height) continue;
    const value = ratio[binAt(picture, py * width + px)]!;
    if (isInside[i] === 1) inside += value;
    else outside -= value;
  }
  // a small thing counts as much as all that surrounds it
  return (inside / Math.max(1, insideCount) + outside / Math.max(1, xs.length - insideCount)) / 2;
}

/** The bin of a pixel's colour in a palette. */
export function binAt({ data }: Picture, at: number): number {
  const shift = 8 - bits;
  return (
    ((data[at * 3]! >> shift) << (2 * bits)) | ((data[at * 3 + 1]! >> shift) << bits) | (data[at * 3 + 2]! >> shift)
  );
}

/** For each colour bin: 1 where only the thing has it, -1 where only what is around has it, 0 where it was not seen. */
export function paletteOf(picture: Picture, outline: Outline): Float32Array {
  return ratioOf(
    sharesOf(picture, outline, (value) => value > 0.9),
    sharesOf(picture, outline, (value) => value < 0.1),
  );
}

/** For each colour bin its share of the pixels whose mask value counts. */
function sharesOf(picture: Picture, { mask, around }: Outline, counts: (value: number) => boolean): Float32Array {
  const shares = new Float32Array(bins);
  let count = 0;
  for (let y = around.top; y < around.bottom; y++) {
    for (let x = around.left; x < around.right; x++) {
      const at = y * mask.width + x;
      if (!counts(mask.data[at]!)) continue;
      shares[binAt(picture, at)]!++;
      count++;
    }
  }
  for (let bin = 0; bin < bins; bin++) shares[bin]! /= Math.max(1, count);
  return shares;
}

function ratioOf(inside: Float32Array, outside: Float32Array): Float32Array {
  const ratio = new Float32Array(bins);
  for (let bin = 0; bin < bins; bin++) {
    const [a, b] = [inside[bin]!, outside[bin]!];
    if (a + b > 0) ratio[bin] = (a - b) / (a + b + 2e-4);
  }
  return ratio;
}
