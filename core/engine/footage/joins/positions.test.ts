import { expect, test } from 'vitest';
import { pingPongPosition, restingDistance, slowedPosition } from './positions.ts';

test.each([
  [10, 15],
  [30, 40],
  [10, 50],
])('slowed: the last %i frames over %i, at the shot’s own speed at first, never backwards', (lead, count) => {
  const places = Array.from({ length: count }, (_, i) => slowedPosition(i + 1, lead, count));
  expect(places[0]! + lead).toBeGreaterThan(0.85);
  expect(places.at(-1)).toBeCloseTo(0);
  const steps = places.slice(1).map((place, i) => place - places[i]!);
  for (const [i, step] of steps.entries()) {
    expect(step).toBeGreaterThan(-1e-9);
    if (i > 0) expect(step).toBeLessThanOrEqual(steps[i - 1]! + 1e-9);
  }
});

test('back and forth: inside the range, no faster than filmed, and back where it began after a period', () => {
  const [turn, range] = [6, 40];
  const period = 2 * (4 * turn + range - 2 * turn);
  const places = Array.from({ length: 2 * period }, (_, i) => pingPongPosition(i + 1, turn, range));
  expect(Math.min(...places)).toBeCloseTo(-range);
  expect(Math.max(...places)).toBeCloseTo(0);
  for (let i = 1; i < places.length; i++) expect(Math.abs(places[i]! - places[i - 1]!)).toBeLessThanOrEqual(1 + 1e-9);
  for (let i = 0; i < period; i++) expect(places[i]).toBeCloseTo(places[i + period]!);
  expect(places[0]! + turn).toBeGreaterThan(0.9);
});

test('what comes to rest goes half as far as at its own speed', () => {
  expect(restingDistance(1, 20)).toBeGreaterThan(0.95);
  expect(restingDistance(20, 20)).toBe(10);
  expect(restingDistance(90, 20)).toBe(10);
});
