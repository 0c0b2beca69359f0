import { expect, test } from 'vitest';
import { findSky } from './findSky.ts';
import type { Thing } from './nanodet.ts';
import type { Picture } from './raster.ts';

const [width, height] = [160, 90];
type Colour = readonly [number, number, number];

/** A ridge of hills under what is above it. */
function picture(above: (x: number, y: number) => Colour): { picture: Picture; isAbove(at: number): boolean } {
  const ridge = (x: number): number => 42 + 10 * Math.sin(x / 17);
  const data = new Uint8Array(width * height * 3);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const mottled = 25 * Math.sin(x * 1.7) * Math.cos(y * 2.3);
      data.set(y < ridge(x) ? above(x, y) : [70 + mottled, 80 + mottled, 50], (y * width + x) * 3);
    }
  }
  const isAbove = (at: number): boolean => Math.floor(at / width) < ridge(at % width);
  return { picture: { data, width, height }, isAbove };
}

const person = (tall: number): Thing => ({
  ...{ name: 'person', score: 0.8, box: { left: 60, top: height - tall, right: 90, bottom: height } },
});

test('a blue sky is found down to the ridge, and a tower before it is left out', () => {
  const blue = picture((x, y) => (Math.abs(x - 40) < 4 ? [90, 60, 50] : [90 + y, 140 + y, 230]));
  const sky = findSky(blue.picture, []);
  if (typeof sky === 'string') throw new Error(sky);
  let [both, either] = [0, 0];
  sky.data.forEach((value, at) => {
    const isThere = blue.isAbove(at) && Math.abs((at % width) - 40) >= 4;
    if (isThere && value === 1) both++;
    if (isThere || value === 1) either++;
  });
  expect(both / either).toBeGreaterThan(0.93);
});

test('no sky is taken of leaves, of a room, or of a grey plane behind somebody close', () => {
  const leaves = picture((x, y) => [40 + 30 * Math.sin(x * 2.1), 110 + 40 * Math.cos(y * 1.9 + x), 40]);
  expect(findSky(leaves.picture, [])).toBe('notThere');
  const wall = picture(() => [205, 205, 200]);
  const couch: Thing = { name: 'couch', score: 0.7, box: { left: 0, top: 50, right: 90, bottom: 90 } };
  expect(findSky(wall.picture, [couch])).toBe('indoors');
  expect(findSky(wall.picture, [person(70)])).toBe('unsure');
  expect(typeof findSky(wall.picture, [person(20)])).toBe('object');
});
