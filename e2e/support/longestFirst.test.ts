import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { costs, longestFirst } from './longestFirst.ts';

test('every file whose time is known is there', () => {
  const root = join(import.meta.dirname, '../..');
  expect(Object.keys(costs).filter((path) => !existsSync(join(root, path)))).toEqual([]);
});

test('the longest come first, and files of unknown length keep their order behind them', () => {
  const byCost = Object.entries(costs).toSorted(([, a], [, b]) => b - a);
  const [longest, shorter] = [byCost[0]![0], byCost.at(-1)![0]];
  expect(longestFirst(['b', shorter, 'a', longest], (path) => path)).toEqual([longest, shorter, 'b', 'a']);
});
