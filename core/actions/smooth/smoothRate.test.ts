import { expect, test } from 'vitest';
import { smoothRate } from './smoothRate.ts';

const rate = (num: number, den = 1) => ({ num, den });
const half = rate(1, 2);
const whole = rate(1);

test('half speed at the same rate needs twice the frames', () => {
  expect(smoothRate(rate(30), rate(30), half)).toEqual(rate(60));
  expect(smoothRate(rate(30000, 1001), rate(30000, 1001), half)).toEqual(rate(60000, 1001));
});

test('rates a thousandth apart: a multiple of the source, so that all its frames are shown', () => {
  expect(smoothRate(rate(30000, 1001), rate(60), whole)).toEqual(rate(60000, 1001));
});

test('24 in 60 is no multiple: the frames fall where the sequence needs them', () => {
  expect(smoothRate(rate(24), rate(60), whole)).toEqual(rate(60));
});

test('a source that has enough needs nothing', () => {
  expect(smoothRate(rate(60), rate(30), whole)).toBeNull();
  expect(smoothRate(rate(60), rate(30), half)).toBeNull();
  expect(smoothRate(rate(30), rate(30000, 1001), whole)).toBeNull();
  expect(smoothRate(rate(25), rate(25), rate(2))).toBeNull();
});

test('more than sixteen frames for one are never made', () => {
  expect(smoothRate(rate(25), rate(25), rate(1, 100))).toEqual(rate(400));
});
