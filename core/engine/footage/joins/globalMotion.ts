/**
 * How the camera moves between two small grey pictures: a similarity, by Gauss-Newton from coarse to fine, in which
 * pixels that do not follow it (things that move by themselves) count little (Tukey's weights).
 */
import { sampleAt, type FloatPlane } from '../interpolate/sampleAt.ts';

/**
 * Where the camera's picture goes from one frame to the next, about its middle: px of the picture, and per unit for
 * `grow` (0.01 = 1 % larger) and `turn` (radians).
 */
export interface CameraMotion {
  readonly x: number;
  readonly y: number;
  readonly grow: number;
  readonly turn: number;
}

/** No motion. */
export const still: CameraMotion = { x: 0, y: 0, grow: 0, turn: 0 };

const levels = 3;
const rounds = 6;
/** Differences beyond this many levels are no part of the camera's motion. */
const outlier = 24;
const leastSide = 16;

/** Motion from `first` to `second`; px of these pictures. */
export function cameraBetween(first: FloatPlane, second: FloatPlane): CameraMotion {
  const pyramid: [FloatPlane, FloatPlane][] = [[first, second]];
  while (pyramid.length < levels) {
    const [a, b] = pyramid.at(-1)!;
    if (Math.min(a.width, a.height) < 2 * leastSide) break;
    pyramid.push([halved(a), halved(b)]);
  }
  let motion = still;
  for (const [level, [a, b]] of [...pyramid.entries()].toReversed()) {
    const scale = level === pyramid.length - 1 ? 1 : 2;
    motion = { ...motion, x: motion.x * scale, y: motion.y * scale };
    for (let round = 0; round < rounds; round++) motion = improved(a, b, motion);
  }
  return motion;
}

function improved(a: FloatPlane, b: FloatPlane, motion: CameraMotion): CameraMotion {
  const { width, height } = a;
  const [cx, cy] = [(width - 1) / 2, (height - 1) / 2];
  const normal = new Float64Array(16);
  const right = new Float64Array(4);
  const step = width * height > 12_000 ? 2 : 1;
  for (let y = 1; y < height - 1; y += step)
    for (let x = 1; x < width - 1; x += step) {
      const [u, v] = [x - cx, y - cy];
      const bx = cx + u * (1 + motion.grow) - v * motion.turn + motion.x;
      const by = cy + v * (1 + motion.grow) + u * motion.turn + motion.y;
      if (bx < 1 || by < 1 || bx > width - 2 || by > height - 2) continue;
      const residual = sampleAt(b.data, width, height, bx, by) - a.data[y * width + x]!;
      const far = residual / outlier;
      if (far * far >= 1) continue;
      const weight = (1 - far * far) ** 2;
      const gx = (sampleAt(b.data, width, height, bx + 1, by) - sampleAt(b.data, width, height, bx - 1, by)) / 2;
      const gy = (sampleAt(b.data, width, height, bx, by + 1) - sampleAt(b.data, width, height, bx, by - 1)) / 2;
      const slope = [gx, gy, gx * u + gy * v, gy * u - gx * v];
      for (let i = 0; i < 4; i++) {
        right[i]! -= weight * slope[i]! * residual;
        for (let j = 0; j < 4; j++) normal[i * 4 + j]! += weight * slope[i]! * slope[j]!;
      }
    }
  for (let i = 0; i < 4; i++) normal[i * 5]! += i < 2 ? 1 : width * width * 0.1;
  const [x, y, grow, turn] = solved(normal, right);
  return { x: motion.x + x!, y: motion.y + y!, grow: motion.grow + grow!, turn: motion.turn + turn! };
}

/** Gaussian elimination of a small positive matrix. */
function solved(matrix: Float64Array, right: Float64Array): Float64Array {
  const n = right.length;
  for (let column = 0; column < n; column++) {
    const pivot = matrix[column * n + column]!;
    for (let row = column + 1; row < n; row++) {
      const share = matrix[row * n + column]! / pivot;
      for (let i = column; i < n; i++) matrix[row * n + i]! -= share * matrix[column * n + i]!;
      right[row]! -= share * right[column]!;
    }
  }
  for (let row = n - 1; row >= 0; row--) {
    for (let i = row + 1; i < n; i++) right[row]! -= matrix[row * n + i]! * right[i]!;
    right[row]! /= matrix[row * n + row]!;
  }
  return right;
}

function halved({ width, height, data }: FloatPlane): FloatPlane {
  const [w, h] = [width >> 1, height >> 1];
  const half = new Float32Array(w * h);
  for (let y = 0; y < h; y++)
    for (let x = 0; x < w; x++) {
      const at = 2 * y * width + 2 * x;
      half[y * w + x] = (data[at]! + data[at + 1]! + data[at + width]! + data[at + width + 1]!) / 4;
    }
  return { width: w, height: h, data: half };
}

/** The usual one among motions: each figure's median. */
export function usualMotion(motions: readonly CameraMotion[]): CameraMotion {
  const middle = (of: (motion: CameraMotion) => number): number =>
    motions.map(of).toSorted((a, b) => a - b)[motions.length >> 1] ?? 0;
  return { x: middle((m) => m.x), y: middle((m) => m.y), grow: middle((m) => m.grow), turn: middle((m) => m.turn) };
}

/** `times` the motion. */
export function scaledMotion({ x, y, grow, turn }: CameraMotion, times: number): CameraMotion {
  return { x: x * times, y: y * times, grow: grow * times, turn: turn * times };
}

/** Both after each other; exact for small turns. */
export function addedMotion(a: CameraMotion, b: CameraMotion): CameraMotion {
  return { x: a.x + b.x, y: a.y + b.y, grow: a.grow + b.grow, turn: a.turn + b.turn };
}

/** How far the corners of a picture move. px */
export function reachOf({ x, y, grow, turn }: CameraMotion, width: number, height: number): number {
  const half = Math.hypot(width, height) / 2;
  return Math.hypot(x, y) + half * (Math.abs(grow) + Math.abs(turn));
}
