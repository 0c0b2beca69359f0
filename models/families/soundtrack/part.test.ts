import { expect, test } from 'vitest';
import { planMusic } from './musicPlan.ts';
import { barsWithin, jointOf } from './partJoint.ts';

const ten = 480_000;

test('a part is faded over at most 240 ms, a quarter of a short one, and not where the stem itself ends', () => {
  expect(jointOf({ fromSeconds: 2, toSeconds: 6 }, ten)).toEqual({
    from: 96_000,
    to: 288_000,
    fadeIn: 11_520,
    fadeOut: 11_520,
  });
  expect(jointOf({ fromSeconds: 2, toSeconds: 2.4 }, ten)).toMatchObject({ fadeIn: 4800, fadeOut: 4800 });
  expect(jointOf({ fromSeconds: -1, toSeconds: 20 }, ten)).toEqual({ from: 0, to: ten, fadeIn: 0, fadeOut: 0 });
});

test('a part that holds nothing of the stem is refused in a sentence', () => {
  expect(() => jointOf({ fromSeconds: 10, toSeconds: 12 }, ten)).toThrow('must hold at least a tenth of a second');
  expect(() => jointOf({ fromSeconds: 3, toSeconds: 3.05 }, ten)).toThrow('cannot be regenerated');
});

test('music is joined at bar lines inside the part, the fade ended where the bar begins', () => {
  const plan = planMusic('calm', 10, 120, []); // bars of 2 s
  const bars = barsWithin(plan, jointOf({ fromSeconds: 1.5, toSeconds: 8.3 }, ten), ten);
  expect(bars).toEqual({ from: 1, to: 4, joint: { from: 84_480, to: 384_000, fadeIn: 11_520, fadeOut: 11_520 } });
});

test('where no bar line is near, music is joined on the beat, and the bar of that beat is written again too', () => {
  const plan = planMusic('calm', 10, 120, []); // beats of 0.5 s
  const bars = barsWithin(plan, jointOf({ fromSeconds: 2.6, toSeconds: 7.4 }, ten), ten);
  expect(bars).toMatchObject({
    from: 1,
    to: 4,
    joint: { from: 3 * 48_000 - 11_520, to: 7 * 48_000, fadeIn: 11_520, fadeOut: 11_520 },
  });
});

test('a part within one bar writes that bar; the whole writes all', () => {
  const plan = planMusic('calm', 10, 120, []);
  expect(barsWithin(plan, jointOf({ fromSeconds: 4.3, toSeconds: 5.2 }, ten), ten)).toMatchObject({
    from: 2,
    to: 3,
    joint: { from: 206_400, to: 249_600 },
  });
  expect(barsWithin(plan, jointOf({ fromSeconds: 0, toSeconds: 10 }, ten), ten)).toEqual({
    from: 0,
    to: 5,
    joint: { from: 0, to: ten, fadeIn: 0, fadeOut: 0 },
  });
});
