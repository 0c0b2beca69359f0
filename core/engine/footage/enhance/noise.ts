/** How strong the noise of a frame is, from what its frames differ by and from how smooth its smoothest parts are. */
import type { FloatPlane } from '../interpolate/sampleAt.ts';
import { blockStepPx, type BlockMotion } from './blockMotion.ts';

/** A frame beside another, and where its parts are there. */
export interface FramePair {
  /** The frame's planes and the other's, in the levels of the format. */
  readonly planes: readonly FloatPlane[];
  readonly others: readonly FloatPlane[];
  readonly motion: BlockMotion;
  /** Mean squared difference of each block of the first plane. */
  readonly differences: Float32Array;
}

/** Mean squared difference of each block, which reaches half a step over its edges, in the levels of the plane. */
export function blockDifferences(a: FloatPlane, b: FloatPlane, motion: BlockMotion): Float32Array {
  const { across, down } = motion;
  const found = new Float32Array(across * down);
  for (let row = 0, block = 0; row < down; row++)
    for (let column = 0; column < across; column++, block++)
      found[block] = blockDifference(a, b, motion, row, column, 1, 1);
  return found;
}

/** Of one block; `shrunkX`, `shrunkY`: how much smaller the plane is than that of the motion. */
function blockDifference(
  a: FloatPlane,
  b: FloatPlane,
  { across, x: xs, y: ys }: BlockMotion,
  row: number,
  column: number,
  shrunkX: number,
  shrunkY: number,
): number {
  const block = row * across + column;
  const dx = Math.round(xs[block]! / shrunkX);
  const dy = Math.round(ys[block]! / shrunkY);
  const over = blockStepPx / 2;
  const toX = Math.min(a.width, Math.ceil(((column + 1) * blockStepPx + over) / shrunkX));
  const toY = Math.min(a.height, Math.ceil(((row + 1) * blockStepPx + over) / shrunkY));
  let sum = 0;
  let count = 0;
  for (let y = Math.max(0, Math.floor((row * blockStepPx - over) / shrunkY)); y < toY; y++) {
    const line = Math.max(0, Math.min(b.height - 1, y + dy)) * b.width;
    for (let x = Math.max(0, Math.floor((column * blockStepPx - over) / shrunkX)); x < toX; x++) {
      const away = a.data[y * a.width + x]! - b.data[line + Math.max(0, Math.min(b.width - 1, x + dx))]!;
      sum += away * away;
      count++;
    }
  }
  return count > 0 ? sum / count : 0;
}

/** Share of the blocks that surely fit: the rest may differ by more than noise. */
const fittingShare = 0.3;
/** Of the fitting ones so many are looked at in the planes of colour. */
const mostColourBlocks = 400;

/** Variance of the noise in each plane, in its levels squared; zeros where the frame has no neighbours. */
export function noiseOf(pairs: readonly FramePair[]): readonly number[] {
  const [first] = pairs;
  if (!first) return [];
  const fits = pairs.flatMap((pair) => [...pair.differences].map((value, block) => ({ pair, value, block })));
  fits.sort((a, b) => a.value - b.value);
  const sure = fits.slice(0, Math.floor(fits.length * fittingShare) + 1);
  const luma = (sure.at(-1)?.value ?? 0) / 2;
  return first.planes.map((plane, index) => {
    const found = index === 0 ? luma : colourNoise(sure, index);
    return Math.min(found, smoothest(plane));
  });
}

function colourNoise(sure: readonly { readonly pair: FramePair; readonly block: number }[], index: number): number {
  const every = Math.max(1, Math.floor(sure.length / mostColourBlocks));
  const found: number[] = [];
  for (let i = 0; i < sure.length; i += every) {
    const { pair, block } = sure[i]!;
    const [a, b, whole] = [pair.planes[index]!, pair.others[index]!, pair.planes[0]!];
    const { across } = pair.motion;
    const shrunk = [whole.width / a.width, whole.height / a.height] as const;
    found.push(blockDifference(a, b, pair.motion, Math.floor(block / across), block % across, ...shrunk));
  }
  return found.toSorted((a, b) => a - b)[found.length >> 1]! / 2;
}

/** Side of the parts whose smoothness is looked at, px. */
const partPx = 8;
/** Share of the parts that are smoother, and how much more than theirs the noise may be. */
const smoothShare = 0.15;
const smoothTimes = 1.5;

/** Noise lies over everything, so its variance is at most about that of the smoothest parts of the picture. */
function smoothest({ width, height, data }: FloatPlane): number {
  const found: number[] = [];
  for (let y = 0; y + partPx <= height; y += partPx)
    for (let x = 0; x + partPx <= width; x += partPx) {
      const variance = roughness(data, y * width + x, width);
      // nothing at all moves in borders and in what is clipped
      if (variance > 0) found.push(variance);
    }
  if (found.length === 0) return 0;
  return smoothTimes * found.toSorted((a, b) => a - b)[Math.floor(found.length * smoothShare)]!;
}

/** Variance around a slope across and down. */
function roughness(data: Float32Array, at: number, width: number): number {
  const middle = (partPx - 1) / 2;
  let sum = 0;
  let squares = 0;
  let slopeX = 0;
  let slopeY = 0;
  for (let y = 0, row = at; y < partPx; y++, row += width)
    for (let x = 0; x < partPx; x++) {
      const value = data[row + x]!;
      sum += value;
      squares += value * value;
      slopeX += value * (x - middle);
      slopeY += value * (y - middle);
    }
  const count = partPx * partPx;
  // sum of (x - middle)^2 over the part
  const spread = (count * (partPx * partPx - 1)) / 12;
  const left = squares - (sum * sum) / count - (slopeX * slopeX) / spread - (slopeY * slopeY) / spread;
  return Math.max(0, left) / (count - 3);
}
