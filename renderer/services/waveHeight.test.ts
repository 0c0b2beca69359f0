import { expect, it } from 'vitest';
import { waveHeight } from './waveHeight.ts';

const fromDb = (db: number) => 10 ** (db / 20);

it('shows speech: a peak of -17 dB takes two thirds of the height, a mean of -34 dB more than a quarter', () => {
  expect(waveHeight(fromDb(-17))).toBeCloseTo(1 - 17 / 48, 1);
  expect(waveHeight(fromDb(-34))).toBeGreaterThan(0.25);
});

it('goes from silence to full scale and never down', () => {
  const all = Array.from({ length: 1001 }, (_, n) => waveHeight(n / 1000));
  expect([all[0], all.at(-1)]).toEqual([0, 1]);
  expect(all.every((height, n) => n === 0 || height >= all[n - 1]!)).toBe(true);
});
