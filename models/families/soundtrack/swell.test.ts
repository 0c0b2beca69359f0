import { expect, test } from 'vitest';
import { swellOf } from './swell.ts';

const decibels = (gain: number): number => 20 * Math.log10(gain);

test('the sea swells some seconds apart, by a few decibels, without a step', () => {
  const swell = swellOf('sea waves, calm', 3, 60)!;
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
  const [one, same, other] = [swellOf('ocean', 1, 30)!, swellOf('ocean', 1, 30)!, swellOf('ocean', 2, 30)!];
  const late = same(48000 * 20);
  expect(one(48000 * 5)).toBe(same(48000 * 5));
  expect(one(48000 * 20)).toBe(late);
  expect(other(48000 * 5)).not.toBe(one(48000 * 5));
});

test('what is beside it that goes on all the time swells half as much; under water and elsewhere nothing does', () => {
  const range = (text: string): number => {
    const swell = swellOf(text, 4, 30)!;
    const gains = Array.from({ length: 300 }, (_, i) => decibels(swell(i * 4800)));
    return Math.max(...gains) - Math.min(...gains);
  };
  expect(range('sea waves and rain')).toBeLessThan(0.8 * range('sea waves'));
  for (const text of ['rain', 'under the sea', 'deep sea', 'lake shore', 'a season'])
    expect(swellOf(text, 1, 10)).toBeNull();
});
