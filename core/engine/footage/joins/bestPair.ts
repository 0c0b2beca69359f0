/** Which frames on both sides of a cut are most alike. Pure. */

/** Frames from the cut: so many before it and after it are replaced. */
export interface Pair {
  readonly before: number;
  readonly after: number;
  /** Mean difference, levels. */
  readonly difference: number;
}

/** A pair further from the cut must be better by this much of the difference for each frame. */
const perFrame = 0.01;

/**
 * `before[i]`: i frames before the last one before the cut. `after[j]`: j frames after the first one behind it. Both
 * together come to `least`..`most` frames.
 */
export function bestPair(
  before: readonly Uint8Array[],
  after: readonly Uint8Array[],
  least: number,
  most: number,
): Pair {
  let best: Pair = { before: 0, after: 0, difference: Infinity };
  let lowest = Infinity;
  for (let i = 0; i < before.length; i++)
    for (let j = 0; j < after.length; j++) {
      if (i + j < least || i + j > most) continue;
      const difference = meanDifference(before[i]!, after[j]!);
      const cost = difference * (1 + perFrame * (i + j));
      if (cost < lowest) [best, lowest] = [{ before: i, after: j, difference }, cost];
    }
  return best;
}

function meanDifference(a: Uint8Array, b: Uint8Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += Math.abs(a[i]! - b[i]!);
  return sum / a.length;
}
