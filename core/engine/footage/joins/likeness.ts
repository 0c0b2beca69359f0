/** Whether two frames are alike enough to make frames between them that nobody would take for a mixture. */
import type { FlowFinder } from '../interpolate/findFlow.ts';
import { bringTogether, rowPair } from '../interpolate/bringTogether.ts';
import { GridRow } from '../interpolate/flowGrid.ts';
import type { JoinRefusal } from './joinRun.ts';
import { peopleIn } from './reversible.ts';
import type { Shot } from './shot.ts';
import { figure, type Tools } from './ways.ts';

/** Where both frames, brought to the middle, differ by more than this many levels, they do not show the same. */
const otherLevels = 24;
/** At 6 % a hand went from one place and appeared at another; at 2 % one faded between two; at 0.5 % all was whole. */
const mostOther = 0.04;
/** In the head of a person little may be torn: everybody looks there. */
const mostOtherInHead = 0.08;
/** Motion beyond this share of the picture's width is guesswork. */
const mostShift = 0.12;
/** Upper part of a person's box. */
const headShare = 0.4;

/** Judges the frames at the seams of two shots. */
export async function likeness(
  before: Shot,
  after: Shot,
  { sizes, things }: Tools,
  flow: FlowFinder,
): Promise<{ readonly refusal: JoinRefusal | null; readonly found: Record<string, number> }> {
  const [first, second] = [before.prepared(0), after.prepared(0)];
  const grid = await flow.find(first, second, 0.5);
  const { width, height } = first.luma;
  const other = new Uint8Array(width * height);
  const row = new GridRow(grid, first.luma);
  const pair = rowPair(width);
  for (let y = 0, i = 0; y < height; y++) {
    row.moveTo(y);
    bringTogether(row, first.luma, second.luma, y, pair);
    for (let x = 0; x < width; x++, i++) other[i] = Math.abs(pair.first[x]! - pair.second[x]!) > otherLevels ? 1 : 0;
  }
  const shifts = grid.x0.map((_, i) => Math.hypot(grid.x1[i]! - grid.x0[i]!, grid.y1[i]! - grid.y0[i]!)).sort();
  const shift = shifts[Math.floor(shifts.length * 0.95)]! / width;
  const share = shareIn(other, width, { left: 0, right: width, top: 0, bottom: height });
  const people = things ? await peopleIn(first, sizes, things) : [];
  const heads = people.map(({ left, right, top, bottom }) =>
    shareIn(other, width, {
      left: Math.floor(left * width),
      right: Math.ceil(right * width),
      top: Math.floor(top * height),
      bottom: Math.ceil((top + (bottom - top) * headShare) * height),
    }),
  );
  const inHead = Math.max(0, ...heads);
  const found = { otherShare: figure(share), otherInHead: figure(inHead), shift: figure(shift) };
  const refusal =
    share > mostOther ? 'tooDifferent' : shift > mostShift ? 'tooFar' : inHead > mostOtherInHead ? 'person' : null;
  return { refusal, found };
}

function shareIn(
  marks: Uint8Array,
  width: number,
  { left, right, top, bottom }: { left: number; right: number; top: number; bottom: number },
): number {
  let [sum, count] = [0, 0];
  const down = Math.min(bottom, marks.length / width);
  for (let y = Math.max(0, top); y < down; y++)
    for (let x = Math.max(0, left); x < Math.min(right, width); x++) {
      sum += marks[y * width + x]!;
      count += 1;
    }
  return count === 0 ? 0 : sum / count;
}
