/**
 * Which frame of a source is which frame of the output, as ffmpeg filters: the same answer as sourceTime.ts, frame by
 * frame. Decoded frames are first put on the source's grid (a slot shows the frame that is on at its middle: `fps`
 * with round=near), then slots are picked for output frames (the last slot that has begun: round=up), all in ticks.
 * Where a source gives no frame, the one before is held: a chain is never shorter than it should be.
 */
import { frameAtTicks, ticksAtFrame, ticksPerSecond, type Rate, type Ticks } from '../time/ticks.ts';
import { add, call, divide, multiply, subtract, variable, type Expression } from './expression.ts';
import { filter, type Filter } from './filterGraph.ts';
import { seconds } from './filterValue.ts';
import { firstMark, markBase, type FramePromise, type Reread } from './framePromise.ts';
import type { FfmpegInput } from './input.ts';
import { seekToSlot, type SeekFacts } from './seek.ts';
import { keepGraph } from './steady.ts';
import { sampleToleranceTicks, scaleTicks, slotAt } from '../render/sourceTime.ts';

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
}

/** The picture stream of a file, as it is read. */
export interface FrameStream extends SeekFacts {
  /** Slots up to the last frame, on the stream's own grid. */
  readonly frameCount: number;
  /** Size, pixel format or colour change on the way. */
  readonly changes: boolean;
  /** What brings frames of a stream that changes to one size and format; null where that cannot be done. */
  readonly steady: readonly Filter[] | null;
  /** Make whole frames of interlaced ones. */
  readonly whole: readonly Filter[];
}

/** One file behind a frame map. */
export interface FrameSource {
  readonly path: string;
  readonly stream: FrameStream;
  /** Time of the file at the source's tick 0, on one of its frames. */
  readonly startTicks: Ticks;
  /** How it is read again after a first attempt. */
  reread(key: string): Reread | undefined;
  /** Position of this source's promise among those of the graph. */
  readonly promiseIndex: number;
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
}

/** A still, shown in every frame. */
export function stillFilters({ outputRate, frameCount }: Pick<FrameMap, 'outputRate' | 'frameCount'>): FrameFilters {
  return {
    inputOptions: [],
    filters: [],
    finish: [
      filter('loop', { loop: -1, size: 1, start: 0 }),
      ...renumbered(outputRate),
      filter('trim', { end_frame: frameCount }),
    ],
  };
}

/** The filters of a frame map of a film, and what they expect of it. */
export function frameFilters(
  map: FrameMap & { readonly sourceRate: Rate },
  source: FrameSource,
): FrameFilters & { readonly promise: FramePromise } {
  const { outputRate, frameCount, sourceRate: rate } = map;
  const { stream } = source;
  const lastTicks = map.startTicks + scaleTicks(ticksAtFrame(frameCount - 1, outputRate), map.speed);
  // from here on in slots of the file, none behind its last frame: that is held by what comes after
  const shift = frameAtTicks(source.startTicks + sampleToleranceTicks, rate);
  const mostSlots = Math.max(1, slotsOn(rate, stream));
  const slotOf = (ticks: Ticks) => Math.min(mostSlots - 1, shift + slotAt(ticks, rate, map.sourceDurationTicks));
  const start = slotOf(map.startTicks);
  const end = slotOf(lastTicks) + 1;
  const key = `${start} ${source.path}`;
  const reread = source.reread(key);
  const seek = seekToSlot(start, { ...stream, rate }, reread?.fromBeginning ?? false);
  const { skipSeconds, fromBeginning } = seek;
  const steady = stream.changes || reread?.steady ? stream.steady : null;
  const first = Math.round((stream.startSeconds * rate.num) / rate.den);
  const promise = { path: source.path, key, rate, start, end, first, fromBeginning };
  const filters = [
    ...(steady ?? []),
    ...(fromBeginning ? counted(stream, rate, (start * rate.den) / rate.num - skipSeconds) : []),
    ...stream.whole,
    ...(isHigh(rate) ? [inTicks] : []),
    marked(promise, source.promiseIndex, skipSeconds),
    // held here as well: `fps` drops all frames of a stream that ends before the wanted time
    held,
    filter('fps', { fps: rate, round: 'near', start_time: seconds(skipSeconds) }),
    filter('trim', { end_frame: end - start }),
    held,
    ...(isOneToOne(map, rate, start - shift) ? [] : pick(map, rate, start - shift)),
    filter('trim', { end_frame: frameCount }),
  ];
  const finish = [...(map.reversed ? [filter('reverse')] : []), ...renumbered(outputRate)];
  const inputOptions = [...(steady ? keepGraph : []), ...seek.inputOptions];
  return { inputOptions, filters, finish, promise };
}

const held = filter('tpad', { stop_mode: 'clone', stop: -1 });
const inTicks = filter('settb', { expr: { num: 1, den: ticksPerSecond } });

/** Gives frames without a time of their own one slot each. `zeroSeconds`: the file's time that is ffmpeg's 0. */
function counted({ untimedFrames, startSeconds }: FrameStream, rate: Rate, zeroSeconds: number): Filter[] {
  if (untimedFrames === 0) return [];
  const slotTicks = (ticksPerSecond * rate.den) / rate.num;
  const frame = variable('N');
  const startTicks = Math.round((startSeconds - zeroSeconds) * ticksPerSecond);
  const ticks = add(startTicks, multiply(frame, slotTicks));
  return [inTicks, filter('setpts', { expr: call('if', call('lt', frame, untimedFrames), ticks, variable('PTS')) })];
}

/** `fps` rounds to the time base of what it reads: where that is a millisecond, half a frame of such rates. */
function isHigh(rate: Rate): boolean {
  return rate.num / rate.den > 100;
}

/** Slots up to the last frame, on a grid that may not be the one they were counted on. */
function slotsOn(rate: Rate, stream: FrameStream): number {
  const counted = stream.rate;
  if (counted.num * rate.den === counted.den * rate.num) return stream.frameCount;
  return Math.ceil((stream.frameCount * counted.den * rate.num) / (counted.num * rate.den) - 1e-6);
}

/**
 * Lets every frame pass, and prints marks (framePromise.ts): at the first frame, four times a second, and at the last
 * frames wanted.
 */
function marked(promise: FramePromise, promiseIndex: number, skipSeconds: number): Filter {
  const { rate, start, end } = promise;
  const perSecond = rate.num / rate.den;
  const time = variable('t');
  const slot = call('round', multiply(subtract(time, skipSeconds), perSecond));
  const wantedSeconds = skipSeconds + (end - 1 - start - 0.51) / perSecond;
  const isFirst = call('eq', variable('n'), 0);
  const isDue = add(call('gte', time, wantedSeconds), isFirst, call('gte', time, call('ld', nextMark)));
  const mark = add(markBase(promiseIndex) + start, slot, multiply(firstMark, isFirst));
  const print: Expression = call('print', mark, errorLevel);
  const next = call('st', nextMark, add(time, markSeconds));
  return filter('select', { expr: add(1, multiply(0, call('if', isDue, add(print, next)))) });
}

/** ffmpeg's AV_LOG_ERROR: printed at the log level that runs have. */
const errorLevel = 16;
const markSeconds = 0.25;
/** The register that holds the time of the next mark. */
const nextMark = 0;

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
