/** The mean of a frame and its neighbours along their motion: of each pixel, those count that agree with it. */
import type { FloatPlane } from '../interpolate/sampleAt.ts';
import { blockStepPx, type BlockMotion, type Pyramid } from './blockMotion.ts';

/** A frame as it is compared. */
export interface Held {
  /** In the levels of the format. */
  readonly planes: readonly FloatPlane[];
  /** Of the first plane, in levels of 8 bits. */
  readonly pyramid: Pyramid;
}

/** A frame next to the one that is cleaned, and where its parts are. */
export interface Neighbour {
  readonly held: Held;
  readonly motion: BlockMotion;
  /** Mean squared difference of each block, in levels of the format. */
  readonly differences: Float32Array;
}

/** A block that differs by so many times what noise makes two frames differ by is half trusted. */
const blockTrust = 0.5;
/** The same of the 3 x 3 around a pixel. */
const pixelTrust = 4;

/**
 * The mean of plane `index`, and how much of the noise's variance is left at each pixel, 0..1. `noise`: variance in the
 * first plane; `scale` brings its levels to those of 8 bits.
 */
export function meanOverTime(
  held: Held,
  neighbours: readonly Neighbour[],
  index: number,
  noise: number,
  scale: number,
): { readonly mean: FloatPlane; readonly left: Float32Array } {
  const { width, height, data } = held.planes[index]!;
  const sum = data.slice();
  const weights = new Float32Array(data.length).fill(1);
  const squares = new Float32Array(data.length).fill(1);
  for (const neighbour of neighbours) addNeighbour(held, neighbour, index, { noise, scale }, { sum, weights, squares });
  for (let i = 0; i < sum.length; i++) {
    const weight = weights[i]!;
    sum[i]! /= weight;
    squares[i]! /= weight * weight;
  }
  return { mean: { width, height, data: sum }, left: squares };
}

interface Sums {
  readonly sum: Float32Array;
  readonly weights: Float32Array;
  /** Of the weights. */
  readonly squares: Float32Array;
}

function addNeighbour(
  held: Held,
  { held: other, motion, differences }: Neighbour,
  index: number,
  measure: { readonly noise: number; readonly scale: number },
  { sum, weights, squares }: Sums,
): void {
  const plane = held.planes[index]!;
  const luma = held.planes[0]!;
  const source = other.planes[index]!;
  const [scaleX, scaleY] = [luma.width / plane.width, luma.height / plane.height];
  const [blurred, otherBlurred] = [held.pyramid.full, other.pyramid.full];
  const { across, down, x: xs, y: ys } = motion;
  const trust = differences.map((value) => {
    const excess = Math.max(0, value / (2 * measure.noise) - 1) / blockTrust;
    return 1 / (1 + excess * excess);
  });
  const usual = pixelTrust * ((2 * measure.noise * measure.scale * measure.scale) / 9);
  for (let y = 0, i = 0; y < plane.height; y++) {
    const lumaY = Math.min(blurred.height - 1, (y + 0.5) * scaleY - 0.5);
    const row = clampedPlace((lumaY + 0.5) / blockStepPx - 0.5, down);
    const top = row | 0;
    const partY = row - top;
    const below = top + 1 < down ? across : 0;
    for (let x = 0; x < plane.width; x++, i++) {
      const lumaX = Math.min(blurred.width - 1, (x + 0.5) * scaleX - 0.5);
      const column = clampedPlace((lumaX + 0.5) / blockStepPx - 0.5, across);
      const left = column | 0;
      const partX = column - left;
      const at = top * across + left;
      const right = left + 1 < across ? at + 1 : at;
      const upper = trust[at]! + partX * (trust[right]! - trust[at]!);
      const lower = trust[at + below]! + partX * (trust[right + below]! - trust[at + below]!);
      const weight = upper + partY * (lower - upper);
      if (weight < 0.02) continue;
      // vectors on both sides of an edge of motion are not mixed: the nearest block's counts
      const nearest = (partY < 0.5 ? at : at + below) + (partX < 0.5 ? 0 : right - at);
      const dx = xs[nearest]!;
      const dy = ys[nearest]!;
      const away = sharp(blurred, lumaX, lumaY) - sharp(otherBlurred, lumaX + dx, lumaY + dy);
      const ratio = (away * away) / usual;
      const total = weight / (1 + ratio * ratio);
      sum[i]! += total * sharp(source, x + dx / scaleX, y + dy / scaleY);
      weights[i]! += total;
      squares[i]! += total * total;
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
  const left = px | 0;
  const top = py | 0;
  const at = top * width + left;
  const partX = px - left;
  const partY = py - top;
  const right = left + 1 < width ? 1 : 0;
  const down = top + 1 < height ? width : 0;
  const upper = data[at]! + partX * (data[at + right]! - data[at]!);
  const lower = data[at + down]! + partX * (data[at + down + right]! - data[at + down]!);
  return upper + partY * (lower - upper);
}
