import { expect, test } from 'vitest';
import { createPace } from './pace.ts';

test('an even pace gives the time that is left', () => {
  const pace = createPace(0);
  let left: number | null = null;
  for (let second = 1; second <= 5; second++) left = pace.observe(second / 20, second * 1000);
  expect(left).toBeCloseTo(15, 5);
});

test('nothing is said before there is something to go by', () => {
  const pace = createPace(0);
  expect(pace.observe(0, 5000)).toBeNull();
  expect(pace.observe(0.005, 6000)).toBeNull();
});

test('a slow start counts less and less', () => {
  const pace = createPace(0);
  pace.observe(0.05, 20_000);
  let left: number | null = null;
  for (let step = 1; step <= 15; step++) left = pace.observe(0.05 + step * 0.05, 20_000 + step * 1000);
  // the true rest is 4 s; the average of the whole run would say 8.75 s
  expect(left).toBeGreaterThan(3.5);
  expect(left).toBeLessThan(5.5);
});
