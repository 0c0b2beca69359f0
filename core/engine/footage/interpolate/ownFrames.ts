/**
 * Finds the own frames of a film: cuts, across which nothing is ever interpolated, and frames that were repeated when
 * its rate was converted, which would make it stop and go. Pure: works on how much each frame differs from the one
 * before, measured on small grey pictures.
 */
import type { OwnFrames } from './moments.ts';

/** How a frame differs from the one before it. Levels of 8 bits. */
export interface Change {
  /** Mean difference. */
  readonly mean: number;
  /** Mean difference of the block that differs most. */
  readonly peak: number;
  /** Share of pixels that would have to take another level, 0..1: half the distance of the histograms. */
  readonly levels: number;
}

/** What the first frame gets, which has none before it. */
export const noChange: Change = { mean: 0, peak: 0, levels: 0 };

const blockPx = 8;
const levelCount = 32;

/** Compares two grey pictures of the same size. */
export function changeBetween(before: Uint8Array, after: Uint8Array, width: number): Change {
  const across = Math.ceil(width / blockPx);
  const blocks = new Float64Array(across * Math.ceil(after.length / width / blockPx));
  const sizes = new Float64Array(blocks.length);
  const levels = new Int32Array(levelCount);
  let sum = 0;
  for (let i = 0; i < after.length; i++) {
    const difference = Math.abs(after[i]! - before[i]!);
    const block = Math.floor(i / width / blockPx) * across + Math.floor((i % width) / blockPx);
    sum += difference;
    blocks[block]! += difference;
    sizes[block]! += 1;
    levels[after[i]! >> 3]! += 1;
    levels[before[i]! >> 3]! -= 1;
  }
  const peak = blocks.reduce((most, value, block) => Math.max(most, value / Math.max(1, sizes[block]!)), 0);
  const moved = levels.reduce((total, count) => total + Math.abs(count), 0);
  return { mean: sum / after.length, peak, levels: moved / 2 / after.length };
}

/** A cut changes the picture much more than the frames around it change, and its levels with it. */
const cutMean = 9;
const cutTimes = 2.5;
const cutLevels = 0.12;
/** Where the levels are this far apart, nothing of the picture can be the same. */
const otherLevels = 0.6;

/** Whether something else begins with a frame. */
export function isCut(changes: readonly Change[], index: number): boolean {
  const change = changes[index];
  if (!change || index === 0 || change.mean < cutMean) return false;
  if (change.levels > otherLevels) return true;
  const around = Math.max(changes[index - 1]?.mean ?? 0, changes[index + 1]?.mean ?? 0);
  return change.levels > cutLevels && change.mean > cutTimes * around;
}

/** A repeated frame differs by what its coding left, while the frames around it move. */
const repeatMean = 0.25;
const repeatPeak = 2;
const repeatShare = 0.2;
/** Longer rests are stills, not repeats of a converted rate. */
const mostRepeats = 4;
const aroundFrames = 12;

function isRepeat(changes: readonly Change[], index: number): boolean {
  const change = changes[index];
  if (!change || index === 0 || change.mean > repeatMean || change.peak > repeatPeak) return false;
  const near = changes.slice(Math.max(1, index - aroundFrames), index + aroundFrames + 1);
  const moving = near.map(({ mean }) => mean).filter((mean) => mean > repeatMean);
  const usual = moving.toSorted((a, b) => a - b)[moving.length >> 1];
  return usual !== undefined && change.mean < repeatShare * usual;
}

/** The own frames of a film of `changes.length` frames. */
export function findOwnFrames(changes: readonly Change[]): OwnFrames {
  const cut = changes.map((_, index) => isCut(changes, index));
  const repeated = withoutStills(changes.map((_, index) => !cut[index] && isRepeat(changes, index)));
  const slots: number[] = [];
  const times: number[] = [];
  const holds: boolean[] = [];
  for (const { start, end } of stretches(cut)) {
    const own: number[] = [];
    for (let slot = start; slot < end; slot++) if (!repeated[slot]) own.push(slot);
    slots.push(...own);
    times.push(...evenedOut(own, end));
    holds.push(...own.map((_, i) => i === own.length - 1));
  }
  return { slots, times, holds };
}

/** From cut to cut. */
function stretches(cut: readonly boolean[]): { start: number; end: number }[] {
  const starts = [0, ...cut.flatMap((is, index) => (is && index > 0 ? [index] : []))];
  return starts.map((start, i) => ({ start, end: starts[i + 1] ?? cut.length }));
}

function withoutStills(repeated: readonly boolean[]): boolean[] {
  const kept = [...repeated];
  for (let start = 0; start < kept.length; start++) {
    if (!kept[start]) continue;
    let end = start;
    while (kept[end]) end++;
    if (end - start > mostRepeats) kept.fill(false, start, end);
    start = end;
  }
  return kept;
}

/** Shares of own frames after the usual conversions: 25 to 30, 24 to 30, 20 to 30, 15 to 30, 24 to 60 and so on. */
const conversions = [5 / 6, 4 / 5, 2 / 3, 1 / 2, 2 / 5, 1 / 3, 1 / 4, 1 / 5];
/** Slots after a conversion lie no further from an even grid than this, counted from the earliest to the latest. */
const mostUneven = 1.25;

/**
 * Times of the frames of one stretch: at equal distances where their slots are those of a converted rate. Elsewhere
 * each keeps its own: a frame that a recorder dropped leaves a gap, and the frames around it are where they were.
 */
function evenedOut(slots: readonly number[], end: number): readonly number[] {
  const first = slots[0] ?? 0;
  const length = end - first;
  const missed = (each: number): number => Math.abs(slots.length - length * each);
  const share = conversions.reduce((best, each) => (missed(each) < missed(best) ? each : best));
  const unlike = missed(share) > Math.max(1, 0.02 * length);
  if (unlike || slots.length < 4 || length - slots.length < 2) return slots;
  const late = slots.map((slot, i) => slot - first - i / share);
  const [least, most] = [Math.min(...late), Math.max(...late)];
  if (most - least > mostUneven) return slots;
  const phase = (least + most) / 2;
  return slots.map((_, i) => (i === 0 ? first : Math.max(first, first + phase + i / share)));
}
