/**
 * Time in Framewright: integer ticks, 705,600,000 a second.
 * One frame is a whole number of ticks at all `commonRates`, one sample at 44.1, 48 and 96 kHz; a JS number holds 147
 * days of them exactly. (After 'flicks', Meta, 2018.)
 */
export const ticksPerSecond = 705_600_000;

/** Ticks since the start of whatever is measured: an integer. */
export type Ticks = number;

/** Frames (or samples) a second, as a fraction: 30000/1001 is 29.97. */
export interface Rate {
  readonly num: number;
  readonly den: number;
}

/** Half-open: holds start, not end. */
export interface TickRange {
  readonly startTicks: Ticks;
  readonly durationTicks: Ticks;
}

/** Frame rates that cameras, screens and broadcasters use; a frame of each is a whole number of ticks. */
export const commonRates: readonly Rate[] = [
  { num: 24000, den: 1001 },
  { num: 24, den: 1 },
  { num: 25, den: 1 },
  { num: 30000, den: 1001 },
  { num: 30, den: 1 },
  { num: 48, den: 1 },
  { num: 50, den: 1 },
  { num: 60000, den: 1001 },
  { num: 60, den: 1 },
  { num: 100, den: 1 },
  { num: 120000, den: 1001 },
  { num: 120, den: 1 },
  { num: 144, den: 1 },
  { num: 240000, den: 1001 },
  { num: 240, den: 1 },
];

/** The nearest whole tick to a time in seconds. */
export function ticksFromSeconds(seconds: number): Ticks {
  return Math.round(seconds * ticksPerSecond);
}

/** A time in seconds, as a float: for display and for ffmpeg, not for arithmetic on the timeline. */
export function secondsFromTicks(ticks: Ticks): number {
  return ticks / ticksPerSecond;
}

/** Ticks of one frame. Exact for the rates in `commonRates`, else rounded. */
export function ticksPerFrame(rate: Rate): Ticks {
  return Math.round((ticksPerSecond * rate.den) / rate.num);
}

/** The frame that is on at `ticks` (floor). Works on frame numbers, so that rates that do not divide stay exact. */
export function frameAtTicks(ticks: Ticks, rate: Rate): number {
  const frame = Math.floor((ticks / ticksPerSecond) * (rate.num / rate.den));
  // the float product can be one off next to a boundary: settle it with integers
  if (ticksAtFrame(frame + 1, rate) <= ticks) return frame + 1;
  if (ticksAtFrame(frame, rate) > ticks) return frame - 1;
  return frame;
}

/** First tick of a frame, rounded to the next whole tick where the rate does not divide. */
export function ticksAtFrame(frame: number, rate: Rate): Ticks {
  // frame * den * 705.6e6 passes 2^53 for long films at x/1001: split into whole seconds and a rest
  const whole = Math.floor((frame * rate.den) / rate.num);
  const restUnits = frame * rate.den - whole * rate.num;
  return whole * ticksPerSecond + Math.ceil((restUnits * ticksPerSecond) / rate.num - 1e-6);
}

/** Number of the frame whose start is closest to `ticks`; the earlier one when both are equally close. */
export function nearestFrame(ticks: Ticks, rate: Rate): number {
  const frame = frameAtTicks(ticks, rate);
  const before = ticks - ticksAtFrame(frame, rate);
  const after = ticksAtFrame(frame + 1, rate) - ticks;
  return after < before ? frame + 1 : frame;
}

/** The nearest frame boundary. */
export function snapToFrame(ticks: Ticks, rate: Rate): Ticks {
  return ticksAtFrame(nearestFrame(ticks, rate), rate);
}

/** First tick after the range. */
export function endTicks(range: TickRange): Ticks {
  return range.startTicks + range.durationTicks;
}

/** True when `ticks` lies in the range: its start belongs to it, its end does not. */
export function containsTick(range: TickRange, ticks: Ticks): boolean {
  return ticks >= range.startTicks && ticks < endTicks(range);
}

/** True when the two ranges share at least one tick; ranges that only touch do not. */
export function rangesOverlap(a: TickRange, b: TickRange): boolean {
  return a.startTicks < endTicks(b) && b.startTicks < endTicks(a);
}

/** The ticks that both ranges share, or null when there are none. */
export function intersectRanges(a: TickRange, b: TickRange): TickRange | null {
  const startTicks = Math.max(a.startTicks, b.startTicks);
  const end = Math.min(endTicks(a), endTicks(b));
  return end > startTicks ? { startTicks, durationTicks: end - startTicks } : null;
}

/** fps as a number, for display and for ffmpeg's less exact options. */
export function framesPerSecond(rate: Rate): number {
  return rate.num / rate.den;
}

/** '29.97', '30', '23.976'. */
export function formatRate(rate: Rate): string {
  const fps = framesPerSecond(rate);
  return Number.isInteger(fps) ? String(fps) : String(Math.round(fps * 1000) / 1000);
}
