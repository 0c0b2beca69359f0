/**
 * Which frame of a source is which frame of the output, as ffmpeg filters: the same answer as sourceTime.ts, frame by
 * frame. Decoded frames are first put on the source's grid (a slot shows the frame that is on at its middle: `fps`
 * with round=near), then slots are picked for output frames (the last slot that has begun: round=up), all in ticks.
 */
import { secondsFromTicks, ticksAtFrame, ticksPerSecond, type Rate, type Ticks } from '../time/ticks.ts';
import { add, divide, multiply, subtract, variable } from './expression.ts';
import { filter, type Filter } from './filterGraph.ts';
import { seconds } from './filterValue.ts';
import type { FfmpegInput } from './input.ts';
import { lastSlot, sampleToleranceTicks, scaleTicks, slotAt } from '../render/sourceTime.ts';

/** Which frames of a source are wanted, and on which grid. */
export interface FrameMap {
  /** null for a still. */
  readonly sourceRate: Rate | null;
  readonly sourceDurationTicks: Ticks;
  /** Source tick (unclamped) of the earliest output frame wanted; with `reversed`, that frame comes last. */
  readonly startTicks: Ticks;
  readonly speed: Rate;
  readonly reversed: boolean;
  readonly outputRate: Rate;
  readonly frameCount: number;
  /** False where the container has no index: reading then starts well before the wanted time. */
  readonly seeksExactly: boolean;
  /** Time of the file at the source's tick 0, on one of its frames; 0 without it. */
  readonly fileStartTicks?: Ticks;
}

/** A frame map as filters, and where reading has to start. */
export interface FrameFilters {
  /** Where reading starts. */
  readonly inputOptions: NonNullable<FfmpegInput['options']>;
  /** Put the source's frames on the output's grid, `frameCount` of them. Scaling and colour may follow. */
  readonly filters: readonly Filter[];
  /**
   * Come last: they reverse a clip that runs backwards (after scaling, since every frame is held), set the time base to
   * 1/outputRate and number the frames from 0.
   */
  readonly finish: readonly Filter[];
  /** First slot read, and one past the last. */
  readonly slots: { readonly start: number; readonly end: number };
}

const runUpSeconds = 10;

/** The filters of a frame map. */
export function frameFilters(map: FrameMap): FrameFilters {
  const { outputRate, frameCount } = map;
  const renumber = renumbered(outputRate);
  if (map.sourceRate === null) {
    return {
      inputOptions: [],
      filters: [],
      finish: [filter('loop', { loop: -1, size: 1, start: 0 }), ...renumber, filter('trim', { end_frame: frameCount })],
      slots: { start: 0, end: 1 },
    };
  }
  const rate = map.sourceRate;
  const lastTicks = map.startTicks + scaleTicks(ticksAtFrame(frameCount - 1, outputRate), map.speed);
  const start = slotAt(map.startTicks, rate, map.sourceDurationTicks);
  const end = slotAt(lastTicks, rate, map.sourceDurationTicks) + 1;
  const { inputOptions, skipSeconds } = seek(ticksAtFrame(start, rate) + (map.fileStartTicks ?? 0), map.seeksExactly);
  const filters = [
    filter('fps', { fps: rate, round: 'near', start_time: seconds(skipSeconds) }),
    filter('trim', { end_frame: end - start }),
    ...(isOneToOne(map, rate, start) ? [] : pick(map, rate, start)),
    filter('tpad', { stop_mode: 'clone', stop: -1 }),
    filter('trim', { end_frame: frameCount }),
  ];
  const finish = [...(map.reversed ? [filter('reverse')] : []), ...renumber];
  return { inputOptions, filters, finish, slots: { start, end } };
}

/** Time base of one frame, frames numbered from 0. */
export function renumbered(rate: Rate): Filter[] {
  return [filter('settb', { expr: { num: rate.den, den: rate.num } }), filter('setpts', { expr: variable('N') })];
}

/**
 * Frame j, slot start+j, is due at output time (its own start - startTicks) / speed; frames before 0 but the last are
 * dropped, the first fills what is before it.
 */
function pick(map: FrameMap, rate: Rate, start: number): Filter[] {
  const slotTicks = (ticksPerSecond * rate.den) / rate.num;
  const origin = map.startTicks + sampleToleranceTicks;
  const dueTicks = subtract(multiply(add(start, variable('N')), slotTicks), origin);
  return [
    filter('settb', { expr: { num: 1, den: ticksPerSecond } }),
    filter('setpts', { expr: divide(multiply(dueTicks, map.speed.den), map.speed.num) }),
    filter('fps', { fps: map.outputRate, round: 'up', start_time: 0 }),
  ];
}

/** Same rate, speed 1, on the grid, nothing clamped at the head: slots are the output's frames already. */
function isOneToOne(map: FrameMap, rate: Rate, start: number): boolean {
  return (
    rate.num * map.outputRate.den === rate.den * map.outputRate.num &&
    map.speed.num === map.speed.den &&
    Math.abs(ticksAtFrame(start, rate) - map.startTicks) <= sampleToleranceTicks / 2
  );
}

/**
 * Starts at the key frame before, and keeps all frames from there: with frames of uneven length the one that is on at
 * the wanted time may begin long before it, which an accurate seek would have thrown away.
 */
function seek(toTicks: Ticks, exact: boolean): { inputOptions: FrameFilters['inputOptions']; skipSeconds: number } {
  const wanted = secondsFromTicks(toTicks);
  const from = exact ? wanted : Math.max(0, wanted - runUpSeconds);
  if (from <= 0) return { inputOptions: [], skipSeconds: wanted };
  const at = Math.floor(from * 1e6) / 1e6;
  return { inputOptions: [['noaccurate_seek'], ['ss', seconds(at)]], skipSeconds: wanted - at };
}

/** The slots that output frames show, for tests and for planning: what the filters do, in numbers. */
export function slotsShown(map: FrameMap): number[] {
  if (map.sourceRate === null) return Array.from({ length: map.frameCount }, () => 0);
  const rate = map.sourceRate;
  const slots = Array.from({ length: map.frameCount }, (_, frame) => {
    const ticks = map.startTicks + scaleTicks(ticksAtFrame(frame, map.outputRate), map.speed);
    return slotAt(ticks, rate, map.sourceDurationTicks);
  });
  return (map.reversed ? slots.reverse() : slots).map((slot) =>
    Math.min(slot, lastSlot(rate, map.sourceDurationTicks)),
  );
}
