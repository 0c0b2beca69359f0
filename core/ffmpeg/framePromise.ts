/**
 * What a graph expects of its picture sources, and what they gave. A chain of filters holds a frame where none comes,
 * so a film is always as long as it should be: whether the frames came is known only from marks that ffmpeg prints
 * while it decodes (frameFilters.ts puts them into the graph, run.node.ts collects them).
 */
import type { Rate } from '../time/ticks.ts';

/** The slots that a graph wants of one source, on the grid of its file. */
export interface FramePromise {
  readonly path: string;
  /** Names this reading among those of its graph; the same in each attempt. */
  readonly key: string;
  readonly rate: Rate;
  /** First slot wanted, and one past the last. */
  readonly start: number;
  readonly end: number;
  /** Slot of the first frame that the file has: nothing before it can be expected. */
  readonly first: number;
  /** True where reading starts at the file's beginning: no earlier frame can be had. */
  readonly fromBeginning: boolean;
}

/** What came of a promise. Slots of the file's grid. */
export interface FrameOutcome {
  readonly promise: FramePromise;
  /** Slot of the first frame that was decoded; null where none was. */
  readonly first: number | null;
  /** Latest slot known to have been decoded, a quarter of a second short at most; null where none was. */
  readonly last: number | null;
  /** The picture changed on the way, and ffmpeg started the whole graph again: what was counted is wrong. */
  readonly restarted: boolean;
}

const markUnit = 1e10;
/** Frames before a seek's target have negative slots. */
const markZero = 2e9;
/** Added to the mark of the first frame that a graph gets. */
export const firstMark = 5e9;

/** The number that says: this promise has had a frame in slot 0. Slots are added to it. */
export function markBase(promiseIndex: number): number {
  return promiseIndex * markUnit + markZero;
}

/** A mark as ffmpeg prints it; null for any other line. */
export function readMark(line: string): { promiseIndex: number; slot: number; isFirst: boolean } | null {
  const digits = /^(?:\[[^\]]*\] )?(\d{10,16})\.0{6}$/.exec(line)?.[1];
  if (digits === undefined) return null;
  const value = Number(digits);
  const promiseIndex = Math.floor(value / markUnit);
  const rest = value - promiseIndex * markUnit;
  const isFirst = rest >= firstMark;
  return { promiseIndex, slot: rest - markZero - (isFirst ? firstMark : 0), isFirst };
}

/** Collects the marks of one run. */
export class FrameMarks {
  readonly #first = new Map<number, number>();
  readonly #last = new Map<number, number>();
  readonly #restarted = new Set<number>();

  /** False for a line that is no mark. */
  read(line: string): boolean {
    const mark = readMark(line);
    if (mark === null) return false;
    const { promiseIndex, slot, isFirst } = mark;
    if (isFirst && this.#first.has(promiseIndex)) this.#restarted.add(promiseIndex);
    if (!this.#first.has(promiseIndex)) this.#first.set(promiseIndex, slot);
    this.#last.set(promiseIndex, Math.max(slot, this.#last.get(promiseIndex) ?? -Infinity));
    return true;
  }

  outcomes(promises: readonly FramePromise[]): FrameOutcome[] {
    return promises.map((promise, index) => ({
      promise,
      first: this.#first.get(index) ?? null,
      last: this.#last.get(index) ?? null,
      restarted: this.#restarted.has(index),
    }));
  }
}

/** How a file is read again after an attempt that went wrong. */
export interface Reread {
  /** From its beginning, since a seek does not find the frames. */
  readonly fromBeginning: boolean;
  /** With all frames brought to one size and format before anything is counted. */
  readonly steady: boolean;
}

/** Rereads by the keys of promises. */
export type Rereads = ReadonlyMap<string, Reread>;

/**
 * How to read the file behind a promise once more; null where another attempt would change nothing. Decoding that began
 * behind the first frame wanted, or ended before the last one, may be due to a key frame that does not stand alone.
 */
export function rereadOf(outcome: FrameOutcome, before: Reread | undefined): Reread | null {
  const { promise, restarted } = outcome;
  const late = outcome.first === null || outcome.first > Math.max(promise.start, promise.first);
  const fromBeginning = !promise.fromBeginning && (late || heldFrom(outcome) !== null);
  const next = {
    fromBeginning: fromBeginning || before?.fromBeginning === true,
    steady: restarted || before?.steady === true,
  };
  const isNew = next.fromBeginning !== (before?.fromBeginning ?? false) || next.steady !== (before?.steady ?? false);
  return isNew ? next : null;
}

/**
 * Seconds into its file from which a source gave no more frames though it should have; null where it kept its promise.
 */
export function heldFrom({ promise, last }: FrameOutcome): number | null {
  if (last === null) return secondsAt(promise.start, promise.rate);
  return last < promise.end - 1 ? secondsAt(last + 1, promise.rate) : null;
}

function secondsAt(slot: number, rate: Rate): number {
  return (slot * rate.den) / rate.num;
}
