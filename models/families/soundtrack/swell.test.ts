import { expect, test } from 'vitest';
import { swellOf } from './swell.ts';

const decibels = (gain: number): number => 20 * Math.log10(gain);

test('the sea swells some seconds apart, by a few decibels, without a step', () => {
  const swell = swellOf(1, 3, 60)!;
  const gains = Array.from({ length: 6000 }, (_, i) => swell(i * 480));
  const crests = gains.filter(
    (gain, i) => i > 0 && i < gains.length - 1 && gain > gains[i - 1]! && gain >= gains[i + 1]!,
  );
  expect(crests.length).toBeGreaterThanOrEqual(60 / 7.6 - 1);
  expect(crests.length).toBeLessThanOrEqual(60 / 4.2 + 1);
  expect(Math.max(...gains.map(decibels))).toBeLessThan(8);
  expect(Math.min(...gains.map(decibels))).toBeGreaterThan(-8);
  expect(Math.max(...gains.slice(1).map((gain, i) => Math.abs(decibels(gain) - decibels(gains[i]!))))).toBeLessThan(
    0.2,
  );
});

test('the same seed swells the same, another differently, whatever part is asked for', () => {
  const [one, same, other] = [swellOf(1, 1, 30)!, swellOf(1, 1, 30)!, swellOf(1, 2, 30)!];
  const late = same(48000 * 20);
  expect(one(48000 * 5)).toBe(same(48000 * 5));
  expect(one(48000 * 20)).toBe(late);
  expect(other(48000 * 5)).not.toBe(one(48000 * 5));
});

test('half the strength swells less, and none is no swell', () => {
  const range = (strength: number): number => {
    const swell = swellOf(strength, 4, 30)!;
    const gains = Array.from({ length: 300 }, (_, i) => decibels(swell(i * 4800)));
    return Math.max(...gains) - Math.min(...gains);
  };
  expect(range(0.5)).toBeLessThan(0.8 * range(1));
  expect(swellOf(0, 1, 10)).toBeNull();
});
