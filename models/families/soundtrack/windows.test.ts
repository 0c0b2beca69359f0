import { expect, test } from 'vitest';
import { planWindows, sigmas, windowWeights } from './windows.ts';

test('windows cover every frame, overlap, and their shares of a frame add up to 1', () => {
  for (const count of [1, 50, 128, 129, 200, 1125, 15000]) {
    const windows = planWindows(count, 128, 32);
    const weights = windowWeights(windows, count);
    const sum = new Float32Array(count);
    for (const [number, { start, length }] of windows.entries()) {
      expect(length).toBe(Math.min(count, 128));
      if (number > 0) expect(windows[number - 1]!.start + 128 - start).toBeGreaterThanOrEqual(31);
      for (let i = 0; i < length; i++) sum[start + i] = sum[start + i]! + weights[number]![i]!;
    }
    for (const share of sum) expect(share).toBeCloseTo(1, 5);
  }
});

test('a window fades in and out where it has a neighbour, and nowhere else', () => {
  const [first, second] = windowWeights(planWindows(200, 128, 32), 200);
  expect(first![0]).toBe(1);
  expect(first![127]).toBeLessThan(0.02);
  expect(second![0]).toBeLessThan(0.02);
  expect(second![127]).toBe(1);
});

test('sigmas run from noise to sound', () => {
  expect(sigmas(4, 1)).toEqual([1, 0.75, 0.5, 0.25, 0]);
  expect(sigmas(4, 3)[1]).toBeCloseTo(0.9);
});
