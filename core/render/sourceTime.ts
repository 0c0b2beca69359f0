/**
 * Which moment of a source a clip shows. A source is a row of slots at its own rate: slot k shows the frame that is on
 * at the slot's middle. Layers name that middle, so that a decoder that rounds timestamps (Matroska keeps
 * milliseconds) cannot show the neighbour, and preview and export agree on irregular sources too.
 */
import type { Clip } from '../document/schema.ts';
import { frameAtTicks, nearestFrame, ticksAtFrame, ticksPerFrame, type Rate, type Ticks } from '../time/ticks.ts';

/** Slack for rates whose frames are no whole number of ticks: 1.4 microseconds. */
export const sampleToleranceTicks: Ticks = 1000;

/** ticks * num / den, floored, without passing 2^53 on the way. */
export function scaleTicks(ticks: Ticks, by: Rate): Ticks {
  const whole = Math.floor(ticks / by.den);
  const rest = ticks - whole * by.den;
  return whole * by.num + Math.floor((rest * by.num) / by.den);
}

/**
 * Source tick (unclamped, of the clip's reference) that the clip shows at a tick of the sequence. Backwards, the last
 * frame of the source range comes first: hence one frame of the sequence is taken off.
 */
export function referenceTicksAt(clip: Clip, atTicks: Ticks, sequenceRate: Rate): Ticks {
  const localTicks = atTicks - clip.startTicks;
  if (!clip.reversed) return clip.sourceInTicks + scaleTicks(localTicks, clip.speed);
  return clip.sourceInTicks + scaleTicks(clip.durationTicks - localTicks - ticksPerFrame(sequenceRate), clip.speed);
}

/** Tick of the sequence, on one of its frames, at which the clip shows a tick of its reference; it may lie outside. */
export function clipTicksAt(clip: Clip, referenceTicks: Ticks, sequenceRate: Rate): Ticks {
  const back = { num: clip.speed.den, den: clip.speed.num };
  const passed = scaleTicks(referenceTicks - clip.sourceInTicks, back);
  const local = clip.reversed ? clip.durationTicks - passed - ticksPerFrame(sequenceRate) : passed;
  return ticksAtFrame(nearestFrame(clip.startTicks + local, sequenceRate), sequenceRate);
}

/**
 * The middle of the slot that is on at `ticks`, clamped into the source. A hair before the middle, so that ties fall as
 * ffmpeg's `fps` filter has them.
 */
export function slotMiddle(ticks: Ticks, rate: Rate, durationTicks: Ticks): Ticks {
  return (
    ticksAtFrame(slotAt(ticks, rate, durationTicks), rate) + Math.floor(ticksPerFrame(rate) / 2) - sampleToleranceTicks
  );
}

/** Number of the slot that is on at `ticks`, clamped to what the source has. */
export function slotAt(ticks: Ticks, rate: Rate, durationTicks: Ticks): number {
  return Math.min(lastSlot(rate, durationTicks), Math.max(0, frameAtTicks(ticks + sampleToleranceTicks, rate)));
}

/**
 * Index of the last slot of a source of this length, at least 0: the last one whose middle the source reaches. Lengths
 * that a container rounded down to milliseconds still have their last frame.
 */
export function lastSlot(rate: Rate, durationTicks: Ticks): number {
  return Math.max(0, nearestFrame(durationTicks, rate) - 1);
}
