import { expect, it } from 'vitest';
import { planeOf, type Plane } from '../select/raster.ts';
import { withoutNewHoles } from './newHoles.ts';

const [width, height] = [40, 30];
const within = { left: 0, top: 0, right: width, bottom: height };

/** A square of the thing, with parts of it left out. */
function thing(...holes: readonly { x: number; y: number; size: number }[]): Plane {
  const plane = planeOf(width, height);
  for (let y = 5; y < 25; y++) plane.data.fill(1, y * width + 8, y * width + 32);
  for (const { x, y, size } of holes)
    for (let row = y; row < y + size; row++) plane.data.fill(0, row * width + x, row * width + x + size);
  return plane;
}

const whole = thing();
const inside = { x: 18, y: 12, size: 4 };
const sumOf = ({ data }: Plane): number => data.reduce((sum, value) => sum + value, 0);

it('closes what opens in the middle of the thing from one frame to the next', () => {
  expect(withoutNewHoles(thing(inside), whole, whole, within)).toEqual(whole);
});

it('leaves what comes in over the edge, what was open before, and what is too large', () => {
  const overEdge = thing({ x: 29, y: 12, size: 4 });
  expect(withoutNewHoles(overEdge, whole, whole, within)).toEqual(overEdge);
  const goesOn = thing(inside);
  expect(withoutNewHoles(goesOn, whole, thing({ x: 16, y: 12, size: 4 }), within)).toEqual(goesOn);
  const large = thing({ x: 14, y: 9, size: 9 });
  expect(sumOf(withoutNewHoles(large, whole, whole, within))).toBe(sumOf(large));
});
