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
export function paletteOf(picture: Picture, { mask, around }: Outline): Float32Array {
  const inside = new Float32Array(bins);
  const outside = new Float32Array(bins);
  let [insideCount, outsideCount] = [0, 0];
  for (let y = around.top; y < around.bottom; y++) {
    for (let x = around.left; x < around.right; x++) {
      const at = y * mask.width + x;
      const value = mask.data[at]!;
      if (value > 0.9) {
        inside[binAt(picture, at)]!++;
        insideCount++;
      } else if (value < 0.1) {
        outside[binAt(picture, at)]!++;
        outsideCount++;
      }
    }
  }
  return inside.map((count, bin) => {
    const [a, b] = [count / Math.max(1, insideCount), outside[bin]! / Math.max(1, outsideCount)];
    return a + b === 0 ? 0 : (a - b) / (a + b + 2e-4);
  });
}
