import { expect, test } from 'vitest';
import { bestPair } from './bestPair.ts';

const flat = (level: number) => new Uint8Array(16).fill(level);

test('the frames that are most alike are found, as far apart as the morph is long', () => {
  const before = [90, 80, 70, 60, 50].map(flat);
  const after = [10, 20, 30, 58, 200].map(flat);
  expect(bestPair(before, after, 5, 8)).toEqual({ before: 3, after: 3, difference: 2 });
});

test('of pairs that are alike the one nearest to the cut is taken', () => {
  const same = Array.from({ length: 6 }, () => flat(40));
  const { before, after } = bestPair(same, same, 4, 10);
  expect(before + after).toBe(4);
});
