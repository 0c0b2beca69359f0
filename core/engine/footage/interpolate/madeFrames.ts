import type { Rate } from '../../../time/ticks.ts';

/** Frames that show as long a stretch as `count` frames of the source. */
export function madeFrames(count: number, source: Rate, made: Rate): number {
  return Math.max(1, Math.ceil((count * source.den * made.num) / (source.num * made.den) - 1e-6));
}
