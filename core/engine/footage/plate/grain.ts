/** Grain: how strong it is around a hole, and more of it for what was invented, which would else stand frozen. Pure. */
import { movedX, movedY, type Homography } from './homography.ts';
import { sampleLinear, type FrameLayout } from './planes.ts';
import type { PlateFrame } from './plateFrame.ts';
import type { PlaneRegion } from './region.ts';

/** Below this nobody sees it, levels of 8 bits. */
const unseenGrain = 0.8;
const mostGrain = 12;
/** How far around the hole grain is measured, px. */
const around = 24;
const square = 8;
const leastSquares = 4;
const quieterPart = 0.35;

/**
 * Standard deviation of what changes between two frames for no reason but grain, levels of 8 bits. It is measured in
 * small squares, and the quieter ones count: in the others something moves.
 */
export function grainBetween(frame: PlateFrame, other: PlateFrame, motion: Homography, layout: FrameLayout): number {
  const { box, pixels } = frame.hole;
  const { width, height, level } = layout;
  if (!box) return 0;
  const [left, top] = [Math.max(0, box.x - around), Math.max(0, box.y - around)];
  const [right, bottom] = [Math.min(width, box.x + box.width + around), Math.min(height, box.y + box.height + around)];
  const deviations: number[] = [];
  for (let y0 = top; y0 + square <= bottom; y0 += square) {
    for (let x0 = left; x0 + square <= right; x0 += square) {
      let [sum, squares, count] = [0, 0, 0];
      for (let k = 0; k < square * square; k++) {
        const [x, y] = [x0 + (k % square), y0 + Math.floor(k / square)];
        const [u, v] = [movedX(motion, x, y), movedY(motion, x, y)];
        if (pixels[y * width + x] === 1 || !(u >= 0 && v >= 0 && u <= width - 1 && v <= height - 1)) break;
        if (other.hole.pixels[Math.round(v) * width + Math.round(u)] === 1) break;
        const off = frame.planes[0]![y * width + x]! - sampleLinear(other.planes[0]!, width, height, u, v);
        sum += off;
        squares += off * off;
        count++;
      }
      if (count < square * square) continue;
      deviations.push(Math.sqrt(Math.max(0, squares / count - (sum / count) ** 2)));
    }
  }
  if (deviations.length < leastSquares) return 0;
  const sorted = deviations.toSorted((a, b) => a - b);
  // two frames have the grain of two
  return sorted[Math.floor(sorted.length * quieterPart)]! / Math.SQRT2 / level;
}

/** Adds grain (levels of 8 bits) to the samples where `open` is 1, another for each frame. */
export function addGrain(region: PlaneRegion, open: Uint8Array, frame: number, grain: number, level: number): void {
  const seen = Math.min(mostGrain, Math.sqrt(Math.max(0, grain ** 2 - unseenGrain ** 2)));
  if (seen === 0) return;
  const { width, left, top, result } = region;
  // grain is a little larger than a sample: a mean over neighbours, made as strong again
  const strength = (seen * level) / 0.601;
  for (let i = 0; i < open.length; i++) {
    if (open[i] === 0) continue;
    const [x, y] = [left + (i % width), top + Math.floor(i / width)];
    const beside = noise(x - 1, y, frame) + noise(x + 1, y, frame) + noise(x, y - 1, frame) + noise(x, y + 1, frame);
    result[i]! += strength * (noise(x, y, frame) / 2 + beside / 6);
  }
}

/** Nearly normal, variance 1, the same for the same place and frame. */
export function noise(x: number, y: number, frame: number): number {
  let hash = Math.imul(x, 0x9e3779b1) ^ Math.imul(y, 0x85ebca6b) ^ Math.imul(frame + 1, 0xc2b2ae35);
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
  hash = Math.imul(hash ^ (hash >>> 12), 0x297a2d39);
  hash ^= hash >>> 15;
  const sum = (hash & 255) + ((hash >>> 8) & 255) + ((hash >>> 16) & 255) + (hash >>> 24);
  return (sum - 510) / 147.8;
}
