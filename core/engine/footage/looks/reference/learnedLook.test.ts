import { expect, test } from 'vitest';
import { randomFrom } from '../../randomFrom.ts';
import type { Rgb } from '../colourMath.ts';
import { fromLab, labOf } from './lab.ts';
import { learnLook } from './learnedLook.ts';
import { hasContent, measurePictures } from './pictureStatistics.ts';

const [width, height] = [64, 48];

function pictureOf(colourAt: (x: number, y: number) => Rgb) {
  const data = new Uint8Array(width * height * 3);
  for (let i = 0; i < width * height; i++) {
    const colour = colourAt((i % width) / width, Math.floor(i / width) / height);
    data.set(
      colour.map((value) => Math.round(255 * Math.min(1, Math.max(0, value)))),
      3 * i,
    );
  }
  return { data, width, height };
}

const random = randomFrom(7);
const plain = measurePictures([pictureOf((x, y) => [x, 0.5 * (x + y), y])]);
/** Of the same content: orange lights, teal shadows. */
const warm = measurePictures([
  pictureOf((x, y) => {
    const grey = (x + y) / 2;
    return [grey * 1.1, grey * 0.9 + 0.05, 0.35 - 0.2 * grey];
  }),
]);

test('colours go to Lab and back', () => {
  for (const colour of [
    [0, 0, 0],
    [1, 1, 1],
    [0.8, 0.3, 0.1],
    [0.1, 0.6, 0.9],
  ] as const)
    for (const [channel, value] of fromLab(labOf(colour)).entries()) expect(value).toBeCloseTo(colour[channel]!, 2);
  expect(labOf([1, 1, 1])[0]).toBeCloseTo(100, 1);
});

test('footage learns nothing from itself', () => {
  const { change, fine, coarse, grain, vignette } = learnLook({ footage: plain, picture: plain });
  for (const colour of [
    [0.2, 0.3, 0.4],
    [0.6, 0.5, 0.4],
    [0.9, 0.8, 0.9],
  ] as const)
    for (const [channel, value] of change(colour).entries())
      expect(Math.abs(value - colour[channel]!)).toBeLessThan(0.05);
  expect([fine, coarse, grain, vignette]).toEqual([1, 1, 0, 0]);
});

test('colours of the footage get the mean of the picture in each range of lightness', () => {
  const { change } = learnLook({ footage: plain, picture: warm });
  const grey = [0.25, 0.5, 0.75].map((value) => labOf(change([value, value, value])));
  // towards yellow in the lights; lightness still rises
  expect(grey[2]![2]).toBeGreaterThan(labOf([0.75, 0.75, 0.75])[2] + 8);
  expect(grey[0]![0]).toBeLessThan(grey[1]![0]);
  expect(grey[1]![0]).toBeLessThan(grey[2]![0]);
});

test('skin keeps most of its colour', () => {
  const blue = measurePictures([pictureOf((x, y) => [0.1 * x, 0.2 * y, 0.3 + 0.5 * x])]);
  const { change } = learnLook({ footage: plain, picture: blue });
  const moved = (colour: Rgb): number => {
    const [[, a, b], [, toA, toB]] = [labOf(colour), labOf(change(colour))];
    return Math.hypot(toA - a, toB - b);
  };
  expect(moved([0.8, 0.6, 0.5])).toBeLessThan(0.6 * moved([0.6, 0.65, 0.6]));
});

test('grain is learned, and what has no content is told apart', () => {
  const grainy = measurePictures([
    pictureOf((x) => Array.from({ length: 3 }, () => 0.4 + 0.2 * x + 0.1 * random()) as unknown as Rgb),
  ]);
  expect(learnLook({ footage: plain, picture: grainy }).grain).toBeGreaterThan(0.03);
  expect(hasContent(plain)).toBe(true);
  expect(hasContent(measurePictures([pictureOf(() => [0.5, 0.5, 0.5])]))).toBe(false);
  expect(hasContent(measurePictures([pictureOf(() => [0, 0, 0])]))).toBe(false);
});
