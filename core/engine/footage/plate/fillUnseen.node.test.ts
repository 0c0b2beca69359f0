import { expect, test } from 'vitest';
import { loadOpenCv } from '../opencv/openCv.node.ts';
import { depthOf } from './depth.ts';
import { exemplarFill } from './exemplar.ts';
import { bestWay, fromElsewhere, smoothSurface, trialHoles, type FillWay } from './fillUnseen.ts';
import { waysOfFilling } from './inpaint.node.ts';

const [width, height] = [64, 48];
const square = (i: number, x0: number, y0: number): boolean => {
  const [x, y] = [i % width, Math.floor(i / width)];
  return x >= x0 && x < x0 + 12 && y >= y0 && y < y0 + 10;
};
const open = Uint8Array.from({ length: width * height }, (_, i) => (square(i, 26, 19) ? 1 : 0));
const picture = (value: (x: number, y: number) => number): Float32Array =>
  Float32Array.from({ length: width * height }, (_, i) => value(i % width, Math.floor(i / width)));
/** Slanted stripes. */
const stripes = picture((x, y) => 400 + 300 * Math.sin((x + y / 2) / 1.3));
/** 10 bits: dark on the left, bright on the right. */
const edge = picture((x) => (x < 32 ? 100 : 800));
const saddle = picture((x, y) => 500 + ((x - 30) ** 2 - (y - 20) ** 2) / 2);

const holed = (truth: Float32Array) => ({
  planes: [truth.map((value, i) => (open[i] === 1 ? 0 : value))],
  ...{ width, height },
});

/** Mean difference from the truth in the hole. */
function errorOf(way: FillWay, truth: Float32Array): number {
  const filled = way(holed(truth), open)![0]!;
  let sum = 0;
  for (const [i, value] of truth.entries()) {
    if (open[i] === 0) expect(filled[i]).toBe(value);
    else sum += Math.abs(filled[i]! - value);
  }
  return sum / 120;
}

test('a pattern goes on through the hole, and is the same at every run', () => {
  expect(errorOf(fromElsewhere, stripes)).toBeLessThan(0.25 * errorOf(smoothSurface, stripes));
  expect(exemplarFill(holed(stripes), open)).toEqual(exemplarFill(holed(stripes), open));
});

test('what does best in holes like this one beside it fills it, whatever its place in the list', async () => {
  const { cv } = await loadOpenCv();
  const ways = waysOfFilling(cv);
  expect(bestWay(ways, holed(stripes), open)).toBe(fromElsewhere);
  expect(bestWay(ways.toReversed(), holed(stripes), open)).toBe(fromElsewhere);
  expect(bestWay([fromElsewhere, smoothSurface], holed(saddle), open)).toBe(smoothSurface);
  for (const way of ways) expect(errorOf(way, edge)).toBeLessThan(200);
});

test('the holes that are tried have its shape, lie beside it and never touch it', () => {
  const trials = trialHoles(open, width, height);
  expect(trials).toHaveLength(2);
  for (const trial of trials) {
    expect(trial.filter((value) => value === 1)).toHaveLength(120);
    expect(trial.some((value, i) => value === 1 && open[i] === 1)).toBe(false);
  }
  expect(trialHoles(new Uint8Array(width * height).fill(1), width, height)).toEqual([]);
});

test('depth counts steps from the nearest known sample', () => {
  expect(depthOf(open, width).deepest).toBe(5);
  expect([...depthOf(Uint8Array.of(0, 1, 1, 1, 0), 5).depth]).toEqual([0, 1, 2, 1, 0]);
});

test('a picture without a whole known patch is left to other ways', () => {
  expect(exemplarFill({ planes: [new Float32Array(64)], width: 8, height: 8 }, new Uint8Array(64).fill(1))).toBeNull();
});
