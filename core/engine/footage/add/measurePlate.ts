/** How sharp footage is and how much grain it has, around a place. Pure. */
import type { Box } from '../../../render/place.ts';
import { noise } from '../plate/grain.ts';
import type { FrameLayout, Samples } from '../plate/planes.ts';
import { blurred } from './softly.ts';

const reblur = 1.2;
/** Edges that are looked at: the steepest ones. */
const steepest = 0.02;
const leastEdges = 40;
/** Slope of an edge above the grain, levels of 8 bits a pixel. */
const leastSlope = 5;
const mostBlur = 6;

/** Brightness of a box in levels of 8 bits. */
export function brightnessIn(planes: readonly Samples[], layout: FrameLayout, box: Box): Float32Array {
  const made = new Float32Array(box.width * box.height);
  for (let i = 0, y = box.y; y < box.y + box.height; y++)
    for (let x = box.x; x < box.x + box.width; x++, i++) made[i] = planes[0]![y * layout.width + x]! / layout.level;
  return made;
}

/**
 * Blur of the sharpest edges, px (standard deviation of a Gaussian); null where there are too few. An edge's slope
 * before and after a known blur tells the blur that it had (Zhuo and Sim, 2011).
 */
export function edgeBlur(values: Float32Array, width: number, height: number): number | null {
  const soft = blurred(values, width, height, reblur);
  const slopes: { readonly slope: number; readonly ratio: number }[] = [];
  for (let y = 1; y < height - 1; y++) {
    for (let x = 1; x < width - 1; x++) {
      const at = y * width + x;
      const slope = Math.hypot(values[at + 1]! - values[at - 1]!, values[at + width]! - values[at - width]!) / 2;
      if (slope < leastSlope) continue;
      const after = Math.hypot(soft[at + 1]! - soft[at - 1]!, soft[at + width]! - soft[at - width]!) / 2;
      if (after > 0.2 && slope / after > 1.01) slopes.push({ slope, ratio: slope / after });
    }
  }
  slopes.sort((a, b) => b.slope - a.slope);
  const kept = slopes.slice(0, Math.max(leastEdges, Math.floor(values.length * steepest)));
  if (kept.length < leastEdges) return null;
  const ratios = kept.map(({ ratio }) => ratio).sort((a, b) => a - b);
  const ratio = ratios[Math.floor(ratios.length * 0.7)]!;
  // the slope is measured over two pixels, which blurs a little by itself
  return Math.min(mostBlur, Math.max(0.35, Math.sqrt(Math.max(0, reblur ** 2 / (ratio ** 2 - 1) - 0.3))));
}

const square = 8;
const quieterPart = 0.3;
const mostGrain = 12;

/**
 * Grain, levels of 8 bits: what the second differences of the quieter squares hold (Immerkær, 1996), taken for grain
 * of the size that `grainAt` makes.
 */
export function grainOf(values: Float32Array, width: number, height: number): number {
  const found: number[] = [];
  for (let top = 1; top + square < height; top += square)
    for (let left = 1; left + square < width; left += square) found.push(roughness(values, width, left, top));
  if (found.length < 4) return 0;
  found.sort((a, b) => a - b);
  return Math.min(mostGrain, found[Math.floor(found.length * quieterPart)]! / unitRoughness());
}

function roughness(values: Float32Array, width: number, left: number, top: number): number {
  let sum = 0;
  for (let y = top; y < top + square; y++) {
    for (let x = left; x < left + square; x++) {
      const at = y * width + x;
      const beside = values[at - 1]! + values[at + 1]! + values[at - width]! + values[at + width]!;
      const across =
        values[at - width - 1]! + values[at - width + 1]! + values[at + width - 1]! + values[at + width + 1]!;
      sum += (4 * values[at]! - 2 * beside + across) ** 2;
    }
  }
  return Math.sqrt(sum) / square;
}

let unit = 0;

/** What `roughness` finds for grain of strength 1. */
function unitRoughness(): number {
  if (unit > 0) return unit;
  const side = 50;
  const values = Float32Array.from({ length: side * side }, (_, i) => grainAt(i % side, Math.floor(i / side), 0));
  let [sum, count] = [0, 0];
  for (let top = 1; top + square < side; top += square) {
    for (let left = 1; left + square < side; left += square) {
      sum += roughness(values, side, left, top) ** 2;
      count++;
    }
  }
  unit = Math.sqrt(sum / count);
  return unit;
}

/** Grain of strength 1, a little larger than a pixel, the same for the same place and frame. */
export function grainAt(x: number, y: number, frame: number): number {
  const beside = noise(x - 1, y, frame) + noise(x + 1, y, frame) + noise(x, y - 1, frame) + noise(x, y + 1, frame);
  return (noise(x, y, frame) / 2 + beside / 6) / 0.601;
}
