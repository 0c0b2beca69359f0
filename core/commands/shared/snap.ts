/** Keeping edges on frames where a limit (a source's end) is not on one. */
import type { Sequence } from '../../document/schema.ts';
import { frameAtTicks, ticksAtFrame, ticksPerFrame, type Ticks } from '../../time/ticks.ts';

/**
 * The largest move of an edge in the direction of `deltaTicks`, no longer than it, that ends on a frame; 0 when none
 * does.
 */
export function snapTowards(sequence: Sequence, edgeTicks: Ticks, deltaTicks: number): Ticks {
  const target = edgeTicks + deltaTicks;
  const frame = frameAtTicks(target, sequence.rate);
  const floor = ticksAtFrame(frame, sequence.rate);
  if (deltaTicks >= 0) return Math.max(0, floor - edgeTicks);
  const ceiling = floor === target ? floor : ticksAtFrame(frame + 1, sequence.rate);
  return Math.min(0, ceiling - edgeTicks);
}

/** A length cut down so that it ends on a frame; one frame at least. */
export function snapLength(sequence: Sequence, startTicks: Ticks, durationTicks: Ticks): Ticks {
  const end = ticksAtFrame(frameAtTicks(startTicks + durationTicks, sequence.rate), sequence.rate);
  return Math.max(ticksPerFrame(sequence.rate), end - startTicks);
}
