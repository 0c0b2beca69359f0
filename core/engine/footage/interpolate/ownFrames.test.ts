import { expect, test } from 'vitest';
import { changeBetween, findOwnFrames, isCut, noChange, type Change } from './ownFrames.ts';

const moving: Change = { mean: 3, peak: 20, levels: 0.02 };
const same: Change = { mean: 0.05, peak: 0.4, levels: 0 };
const other: Change = { mean: 40, peak: 120, levels: 0.4 };
/** A film of frames: m moves, s is the frame before once more, c is another shot. */
const film = (letters: string): Change[] =>
  [...letters].map((letter, index) => (index === 0 ? noChange : { m: moving, s: same, c: other }[letter]!));

test('a film that only moves has all its frames, and the last is held', () => {
  expect(findOwnFrames(film('mmmm'))).toEqual({
    slots: [0, 1, 2, 3],
    times: [0, 1, 2, 3],
    holds: [false, false, false, true],
  });
});

test('the frame before a cut is held', () => {
  expect(findOwnFrames(film('mmmcmm')).holds).toEqual([false, false, true, false, false, true]);
});

test('a fast pan is no cut: the frames around it change as much', () => {
  const fast: Change = { mean: 30, peak: 90, levels: 0.2 };
  expect(isCut([noChange, fast, fast, fast], 2)).toBe(false);
  expect(isCut([noChange, moving, fast, moving], 2)).toBe(true);
});

test('a shot of one frame is cut on both sides', () => {
  const white: Change = { mean: 120, peak: 200, levels: 0.9 };
  expect([2, 3].map((index) => isCut([noChange, moving, white, white, moving], index))).toEqual([true, true]);
});

test('24 frames a second in 30: each fifth is left out, and the others are even again', () => {
  const { slots, times } = findOwnFrames(film('mmmms'.repeat(6)));
  expect(slots).toHaveLength(24);
  const steps = times.slice(2).map((time, i) => time - times[i + 1]!);
  for (const step of steps) expect(step).toBeCloseTo(1.25, 5);
});

test('twos: each second frame is left out, and the others stay two slots apart', () => {
  const { slots, times } = findOwnFrames(film('ms'.repeat(8)));
  expect(slots).toEqual([0, 2, 4, 6, 8, 10, 12, 14]);
  expect(times.slice(1).map((time, i) => time - times[i]!)).toEqual([2, 2, 2, 2, 2, 2, 2]);
});

test('24 frames a second in 60: two and three of each, and even again', () => {
  const { slots, times } = findOwnFrames(film('msmss'.repeat(8)));
  expect(slots).toHaveLength(16);
  for (const step of times.slice(2).map((time, i) => time - times[i + 1]!)) expect(step).toBeCloseTo(2.5, 5);
});

test('black between two shots is neither stretched nor mixed into them', () => {
  const { slots, holds } = findOwnFrames(film('mmmmcssssscmmm'));
  expect(slots).toHaveLength(14);
  expect(holds.flatMap((held, i) => (held ? [slots[i]] : []))).toEqual([3, 9, 13]);
});

test('one frame is its own and the last', () => {
  expect(findOwnFrames(film('m'))).toEqual({ slots: [0], times: [0], holds: [true] });
});

test('one dropped frame is passed over, and the frames around it stay where they were', () => {
  const { slots, times } = findOwnFrames(film('mmmmmmmmmmsmmmmmmmmmmmmmm'));
  expect(slots).not.toContain(10);
  expect(times).toEqual(slots);
});

test('a picture that rests for longer rests in the result too', () => {
  expect(findOwnFrames(film('mmmmssssssssmmmm')).slots).toHaveLength(16);
});

test('of a film where nothing moves, nothing is taken for a repeat', () => {
  expect(findOwnFrames(film('msssss')).slots).toHaveLength(6);
});

test('a change is measured in 8-bit levels, and where most changes', () => {
  const before = new Uint8Array(16 * 16);
  const after = new Uint8Array(16 * 16);
  for (let y = 0; y < 8; y++) after.fill(64, y * 16, y * 16 + 8);
  expect(changeBetween(before, after, 16)).toEqual({ mean: 16, peak: 64, levels: 0.25 });
});
