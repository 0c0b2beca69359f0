/** One value for each hidden sample from what other frames showed there, and how far they disagree. Pure. */
import { mostCandidates, type PlaneRegion } from './region.ts';

/** What came of a plane's hidden samples. */
export interface Chosen {
  /** For each sample that was asked about: what is chosen, NaN where no frame showed it. */
  readonly values: Float32Array;
  /** How far the frames are apart about it on average, in the plane's own values. */
  readonly spread: Float32Array;
  /** Hidden samples that some frame showed. */
  readonly seen: number;
  /** Share of the seen samples about which the frames disagree, 0..1. */
  readonly disputed: number;
}

/** Candidates further than this from their median are of something else, in levels of 8 bits. */
const sameThing = 8;
const clearlyDifferent = 14;

/** Chooses for each sample that was asked about. `level`: one level of 8 bits in the plane's depth. */
export function chooseValues(region: PlaneRegion, level: number): Chosen {
  const { asked, hiddenCount, counts, values, weights } = region;
  const chosen = new Float32Array(asked.length).fill(NaN);
  const spread = new Float32Array(asked.length);
  const order = new Int32Array(mostCandidates);
  let [seen, disputed] = [0, 0];
  for (let i = 0; i < asked.length; i++) {
    const count = counts[i]!;
    if (count === 0) continue;
    const from = i * mostCandidates;
    const median = weightedMedian(values, weights, from, count, order);
    let [sum, total, away, apart] = [0, 0, 0, 0];
    for (let k = from; k < from + count; k++) {
      const distance = Math.abs(values[k]! - median);
      apart += distance;
      if (distance > clearlyDifferent * level) away++;
      if (count > 2 && distance > sameThing * level) continue;
      sum += values[k]! * weights[k]!;
      total += weights[k]!;
    }
    chosen[i] = sum / total;
    spread[i] = apart / count;
    if (i >= hiddenCount) continue;
    seen++;
    if (away * 3 >= count) disputed++;
  }
  return { values: chosen, spread, seen, disputed: seen === 0 ? 0 : disputed / seen };
}

function weightedMedian(
  values: Float32Array,
  weights: Float32Array,
  from: number,
  count: number,
  order: Int32Array,
): number {
  let total = 0;
  for (let k = 0; k < count; k++) {
    let place = k;
    for (; place > 0 && values[from + order[place - 1]!]! > values[from + k]!; place--)
      order[place] = order[place - 1]!;
    order[place] = k;
    total += weights[from + k]!;
  }
  let reached = 0;
  for (let k = 0; k < count; k++) {
    reached += weights[from + order[k]!]!;
    if (reached >= total / 2) return values[from + order[k]!]!;
  }
  return values[from + order[count - 1]!]!;
}
