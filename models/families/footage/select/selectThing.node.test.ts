import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { openPack } from '../../soundtrack/testing/openPack.node.ts';
import { boundsOf, type Picture, type Plane } from './raster.ts';
import { selectThing, type SelectGraphs } from './selectThing.ts';

const [width, height] = [320, 180];
const ball = { x: 110, y: 95, radius: 38 };
const isBall = (x: number, y: number): boolean => Math.hypot(x + 0.5 - ball.x, y + 0.5 - ball.y) < ball.radius;

/** A shaded red ball on a mottled lawn. */
const picture: Picture = (() => {
  const data = new Uint8Array(width * height * 3);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const mottled = 12 * Math.sin(x * 0.9) * Math.cos(y * 1.1) + 8 * Math.sin(x * 0.31 + y * 0.17);
      const light = 1 - Math.hypot(x - ball.x + 12, y - ball.y + 14) / 90;
      const colour = isBall(x, y) ? [215 * light + 30, 30 * light, 34 * light] : [70, 118 + mottled, 62 + mottled / 2];
      data.set(colour, (y * width + x) * 3);
    }
  }
  return { data, width, height };
})();

let graphs: SelectGraphs;
beforeAll(() => {
  const pack = openPack(join(import.meta.dirname, '../../../packs/footage'));
  graphs = {
    things: () => pack.session('things/nanodet.onnx'),
    subject: () => pack.session('select/u2netp.onnx'),
    people: () => pack.session('people/selfie.onnx'),
  };
});

/** Intersection over union with the ball. */
function likeness({ data }: Plane): number {
  let [both, either] = [0, 0];
  data.forEach((value, at) => {
    const [here, there] = [value >= 0.5, isBall(at % width, Math.floor(at / width))];
    if (here && there) both++;
    if (here || there) either++;
  });
  return both / either;
}

test('a click on a thing gives the thing, to the pixel at its edge', async () => {
  const mask = await selectThing(picture, { kind: 'point', x: ball.x + 9, y: ball.y - 7 }, graphs);
  expect(likeness(mask!)).toBeGreaterThan(0.95);
});

test('a box around a thing gives the thing and nothing outside the box', async () => {
  const box = { left: 60, top: 48, right: 158, bottom: 142 };
  const mask = await selectThing(picture, { kind: 'box', box }, graphs);
  expect(likeness(mask!)).toBeGreaterThan(0.95);
  const bounds = boundsOf(mask!)!;
  expect([bounds.left >= box.left, bounds.bottom <= box.bottom]).toEqual([true, true]);
});

test('a click on the ground gives nothing rather than some blob', async () => {
  expect(await selectThing(picture, { kind: 'point', x: 270, y: 40 }, graphs)).toBe(null);
});

test('where nobody is, no people are selected', async () => {
  expect(await selectThing(picture, { kind: 'people' }, graphs)).toBe(null);
});

test('it stops between two looks when the user cancels', async () => {
  const stop = (): void => {
    throw new Error('cancelled');
  };
  await expect(selectThing(picture, { kind: 'people' }, graphs, stop)).rejects.toThrow('cancelled');
});
