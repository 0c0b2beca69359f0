import { expect, it } from 'vitest';
import { planeOf, type Plane } from '../select/raster.ts';
import { movesUnder } from './standsStill.ts';

const [width, height] = [80, 48];

/** A mottled square on a mottled ground. */
function frameWith(left: number, brighter = 0): Plane {
  const plane = planeOf(width, height);
  for (let i = 0; i < plane.data.length; i++) {
    const [x, y] = [i % width, Math.floor(i / width)];
    const isThing = x >= left && x < left + 14 && y >= 16 && y < 30;
    plane.data[i] =
      (isThing ? 120 + 60 * Math.sin((x - left) * 1.3 + y) : 90 + 50 * Math.cos(x * 0.7 - y * 0.9)) + brighter;
  }
  return plane;
}

function maskAt(left: number): Plane {
  const plane = planeOf(width, height);
  for (let y = 16; y < 30; y++) plane.data.fill(1, y * width + left, y * width + left + 14);
  return plane;
}

it('says so where the thing walks away from under the mask, and only there', () => {
  const walking = [20, 24, 28, 32, 34].map((left) => frameWith(left));
  expect(movesUnder(maskAt(20), walking, 0)).toBe(true);
  expect(movesUnder(maskAt(28), walking, 2)).toBe(true);
  const standing = [0, 12, -20, 30].map((brighter) => frameWith(20, brighter));
  expect(movesUnder(maskAt(20), standing, 0)).toBe(false);
});

it('says nothing of what is too plain to be found again', () => {
  const plain = [planeOf(width, height, 90), planeOf(width, height, 120)];
  expect(movesUnder(maskAt(20), plain, 0)).toBe(false);
});
