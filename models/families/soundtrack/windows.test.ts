import { expect, test } from 'vitest';
import { planWindows, sigmas } from './windows.ts';

test('windows cover every frame once, each telling the next', () => {
  for (const count of [1, 50, 128, 129, 200, 1125, 15000]) {
    const windows = planWindows(count, 128, 32);
    let made = 0;
    for (const window of windows) {
      expect(window.start + window.known).toBe(made);
      expect(window.length).toBeLessThanOrEqual(128);
      expect(window.known === 0 || window.known >= 32).toBe(true);
      made = window.start + window.length;
    }
    expect(made).toBe(count);
  }
});

test('sigmas run from noise to sound', () => {
  expect(sigmas(4, 1)).toEqual([1, 0.75, 0.5, 0.25, 0]);
  expect(sigmas(4, 3)[1]).toBeCloseTo(0.9);
});
