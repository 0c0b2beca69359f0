import { describe, expect, it } from 'vitest';
import { firstMark, FrameMarks, heldFrom, markBase, readMark, rereadOf, type FramePromise } from './framePromise.ts';

const promise: FramePromise = {
  path: '/film.mp4',
  key: '50 /film.mp4',
  rate: { num: 25, den: 1 },
  start: 50,
  end: 75,
  first: 0,
  fromBeginning: false,
};

function outcome(slots: readonly number[], changes: Partial<FramePromise> = {}, restartAt?: number) {
  const marks = new FrameMarks();
  slots.forEach((slot, index) => {
    const isFirst = index === 0 || index === restartAt;
    marks.read(`${markBase(0) + slot + (isFirst ? firstMark : 0)}.000000`);
  });
  return marks.outcomes([{ ...promise, ...changes }])[0]!;
}

describe('a mark', () => {
  it.each([0, 1, 4711])('of promise %i says its slot, before and behind 0', (index) => {
    for (const slot of [-300, 0, 86_400_000])
      expect(readMark(`${markBase(index) + slot}.000000`)).toEqual({ promiseIndex: index, slot, isFirst: false });
  });

  it('is no other line', () => {
    for (const line of ['frame=12', '12.000000', '[h264 @ 0x55] error while decoding MB 3 4', '1000000000'])
      expect(readMark(line)).toBeNull();
  });
});

describe('a source', () => {
  it('that gave every frame is not read again', () => {
    expect(rereadOf(outcome([48, 54, 74]), undefined)).toBeNull();
    expect(heldFrom(outcome([48, 54, 74]))).toBeNull();
  });

  it('whose decoding began behind the wanted frame is read from its beginning', () => {
    expect(rereadOf(outcome([60, 74]), undefined)).toEqual({ fromBeginning: true, steady: false });
    expect(rereadOf(outcome([]), undefined)).toEqual({ fromBeginning: true, steady: false });
  });

  it('that begins behind the wanted frame itself has nothing more to give', () => {
    expect(rereadOf(outcome([60, 74], { first: 60 }), undefined)).toBeNull();
  });

  it('that ended too early is read from its beginning once, then held', () => {
    expect(rereadOf(outcome([48, 61]), undefined)).toEqual({ fromBeginning: true, steady: false });
    const again = outcome([0, 61], { fromBeginning: true });
    expect(rereadOf(again, { fromBeginning: true, steady: false })).toBeNull();
    expect(heldFrom(again)).toBeCloseTo(62 / 25);
  });

  it('whose picture changed is brought to one size first', () => {
    const changed = outcome([48, 60, 74], {}, 1);
    expect(rereadOf(changed, undefined)).toEqual({ fromBeginning: false, steady: true });
    expect(rereadOf(changed, { fromBeginning: false, steady: true })).toBeNull();
  });
});
