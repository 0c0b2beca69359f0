import { expect, test } from 'vitest';
import { momentAt, type OwnFrames } from './moments.ts';

const plain: OwnFrames = { slots: [0, 1, 2], times: [0, 1, 2], holds: [false, false, true] };

test('every second picture of twice the rate is an own frame, the others lie half way', () => {
  expect([0, 0.5, 1, 1.5, 2].map((position) => momentAt(position, plain))).toEqual([
    { from: 0, to: 0, at: 0 },
    { from: 0, to: 1, at: 0.5 },
    { from: 1, to: 1, at: 0 },
    { from: 1, to: 2, at: 0.5 },
    { from: 2, to: 2, at: 0 },
  ]);
});

test('behind the last frame it is held', () => {
  expect(momentAt(2.5, plain)).toEqual({ from: 2, to: 2, at: 0 });
});

test('a moment next to an own frame shows that frame', () => {
  expect([0.99, 1.01].map((position) => momentAt(position, plain).from)).toEqual([1, 1]);
  expect([0.99, 1.01].map((position) => momentAt(position, plain).at)).toEqual([0, 0]);
});

test('nothing is made between a frame that is held and the next', () => {
  expect(momentAt(0.5, { ...plain, holds: [true, false, true] })).toEqual({ from: 0, to: 0, at: 0 });
});

test('a repeated frame is passed over: what is due lies between the frames around it', () => {
  const repeated: OwnFrames = { slots: [0, 2], times: [0, 2], holds: [false, true] };
  expect(momentAt(1, repeated)).toEqual({ from: 0, to: 2, at: 0.5 });
});
