/**
 * Peaks of a file as the engine made them (Int8 pairs min,max, `peakPairsPerSecond`), kept with coarser levels above
 * them, so that an hour in a hundred pixels costs no more than a second in a hundred pixels.
 */
import { peakPairsPerSecond } from '../../../../core/contract/contract.ts';

/** One level: largest and smallest value of each stretch, 0..1 and -1..0, and their mean size, 0..1. */
export interface PeakLevel {
  readonly pairsPerSecond: number;
  readonly max: Float32Array;
  readonly min: Float32Array;
  readonly mean: Float32Array;
}

export type Peaks = readonly PeakLevel[];

/** Reads Int8 pairs (min, max) and builds the coarser levels above them. */
export function peaksFromBytes(bytes: Int8Array): Peaks {
  const count = bytes.length >> 1;
  const max = new Float32Array(count);
  const min = new Float32Array(count);
  const mean = new Float32Array(count);
  for (let i = 0; i < count; i += 1) {
    min[i] = Math.min(0, bytes[2 * i]! / 127);
    max[i] = Math.max(0, bytes[2 * i + 1]! / 127);
    mean[i] = (max[i]! - min[i]!) / 2;
  }
  const levels: PeakLevel[] = [{ pairsPerSecond: peakPairsPerSecond, max, min, mean }];
  while (levels.at(-1)!.max.length > 256) levels.push(coarser(levels.at(-1)!));
  return levels;
}

/** A quarter of the pairs. */
function coarser(level: PeakLevel): PeakLevel {
  const count = Math.ceil(level.max.length / 4);
  const result = {
    pairsPerSecond: level.pairsPerSecond / 4,
    max: new Float32Array(count),
    min: new Float32Array(count),
    mean: new Float32Array(count),
  };
  for (let i = 0; i < count; i += 1) {
    let high = 0;
    let low = 0;
    let sum = 0;
    const from = i * 4;
    const to = Math.min(from + 4, level.max.length);
    for (let j = from; j < to; j += 1) {
      high = Math.max(high, level.max[j]!);
      low = Math.min(low, level.min[j]!);
      sum += level.mean[j]!;
    }
    result.max[i] = high;
    result.min[i] = low;
    result.mean[i] = sum / Math.max(1, to - from);
  }
  return result;
}

/** The coarsest level that still has a pair for every pixel. `pixelsPerSourceSecond` counts device pixels. */
export function levelFor(peaks: Peaks, pixelsPerSourceSecond: number): PeakLevel {
  let chosen = peaks[0]!;
  for (const level of peaks) if (level.pairsPerSecond >= pixelsPerSourceSecond) chosen = level;
  return chosen;
}

/** Values of a stretch of the source, seconds; outside of the file there is silence. */
export function slicePeaks(
  level: PeakLevel,
  fromSeconds: number,
  toSeconds: number,
  reversed: boolean,
): { readonly max: Float32Array; readonly min: Float32Array; readonly mean: Float32Array } {
  const first = Math.floor(fromSeconds * level.pairsPerSecond);
  const count = Math.max(1, Math.ceil(toSeconds * level.pairsPerSecond) - first);
  const cut = (values: Float32Array) => {
    const result = new Float32Array(count);
    const start = Math.max(0, first);
    const end = Math.min(values.length, first + count);
    if (end > start) result.set(values.subarray(start, end), start - first);
    return reversed ? result.reverse() : result;
  };
  return { max: cut(level.max), min: cut(level.min), mean: cut(level.mean) };
}
