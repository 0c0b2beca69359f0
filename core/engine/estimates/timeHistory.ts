/**
 * How long work took, against what its arithmetic said: the last few ratios by kind of work. Their median is robust: a
 * cold disk or a laptop that slept does not spoil the next estimate. Pure; machineTimes.node.ts keeps it on disk.
 */
import { z } from 'zod';

/** Ratios kept for one kind of work. */
const kept = 9;
/** Kinds kept; the ones that were measured longest ago are forgotten. */
const keptKinds = 500;

/** Kind of work -> ratios measured / computed, oldest first. Kinds in the order they were measured last. */
export const timeHistorySchema = z.record(z.string().max(300), z.array(z.number().positive()).max(kept));
/** Ratios by kind of work. */
export type TimeHistory = Readonly<z.infer<typeof timeHistorySchema>>;

/** Kinds from the most specific to the most general: where the first was never measured, the next stands in. */
export type Kinds = readonly [string, ...string[]];

/** The history after one more measurement, which counts for each of the kinds. */
export function withMeasurement(history: TimeHistory, kinds: Kinds, ratio: number): TimeHistory {
  if (!(ratio > 0) || !Number.isFinite(ratio)) return history;
  const next: Record<string, number[]> = { ...history };
  for (const kind of kinds.toReversed()) {
    const ratios = [...(history[kind] ?? []), ratio].slice(-kept);
    delete next[kind];
    next[kind] = ratios;
  }
  return Object.fromEntries(Object.entries(next).slice(-keptKinds));
}

/** The factor that computed times are multiplied by; null where nothing like it was ever measured. */
export function factorOf(history: TimeHistory, kinds: Kinds): number | null {
  const ratios = kinds.map((kind) => history[kind]).find((found) => found !== undefined && found.length > 0);
  return ratios ? median(ratios) : null;
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

/** Work of about the same size: within a factor of four. Small runs are mostly loading, large ones mostly computing. */
export function sizeClass(seconds: number): string {
  return `size${Math.round(Math.log2(Math.max(1e-3, seconds)) / 2)}`;
}
