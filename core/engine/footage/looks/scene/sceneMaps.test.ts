import { expect, test } from 'vitest';
import type { Rgb } from '../colourMath.ts';
import { mapNames, SceneWatch, type MapName } from './sceneMaps.ts';

const [width, height] = [96, 54];

function frameOf(colourAt: (x: number, y: number) => Rgb): Uint8Array {
  const rgb = new Uint8Array(width * height * 3);
  for (let i = 0; i < width * height; i++) {
    const colour = colourAt((i % width) / width, Math.floor(i / width) / height);
    rgb.set(
      colour.map((value) => Math.round(255 * value)),
      3 * i,
    );
  }
  return rgb;
}

/** Mean of a map over a part of the picture, 0..1. */
function meanOf(maps: Uint8Array, name: MapName, from: number, to: number): number {
  const start = mapNames.indexOf(name) * width * height;
  const part = maps.subarray(start + Math.round(from * height) * width, start + Math.round(to * height) * width);
  return part.reduce((sum, value) => sum + value, 0) / part.length / 255;
}

const land: Rgb = [0.25, 0.3, 0.15];
const skies: Record<string, (y: number) => Rgb> = {
  blue: (y) => [0.3 + 0.4 * y, 0.5 + 0.35 * y, 0.85],
  overcast: () => [0.85, 0.87, 0.89],
};

test.each(Object.keys(skies))('a %s sky above the land is found, and is far', (name) => {
  const watch = new SceneWatch(width, height);
  const maps = watch.take(
    frameOf((_x, y) => (y < 0.4 ? skies[name]!(y) : land)),
    null,
  );
  expect(watch.found.hasSky).toBe(true);
  expect(watch.found.horizon).toBeCloseTo(0.4, 1);
  expect(meanOf(maps, 'sky', 0, 0.3)).toBeGreaterThan(0.9);
  expect(meanOf(maps, 'sky', 0.5, 1)).toBeLessThan(0.1);
  expect(meanOf(maps, 'far', 0, 0.3)).toBeGreaterThan(meanOf(maps, 'far', 0.8, 1) + 0.3);
  expect(meanOf(maps, 'ground', 0.7, 1)).toBeGreaterThan(0.8);
});

test.each<[string, (x: number, y: number) => Rgb]>([
  ['a warm ceiling', (_x, y) => (y < 0.4 ? [0.9, 0.84, 0.78] : land)],
  ['a wall as bright as all else', () => [0.8, 0.8, 0.82]],
  ['darkness', () => [0.02, 0.02, 0.03]],
])('%s is no sky', (_name, colourAt) => {
  const watch = new SceneWatch(width, height);
  watch.take(frameOf(colourAt), null);
  expect(watch.found.hasSky).toBe(false);
});

test('skin counts on people alone', () => {
  const rgb = frameOf(() => [0.8, 0.6, 0.5]);
  const people = new Float32Array(width * height).fill(1, (width * height) / 2);
  const watch = new SceneWatch(width, height);
  const maps = watch.take(rgb, people);
  expect(watch.found.hasSkin).toBe(true);
  expect(meanOf(maps, 'skin', 0.7, 1)).toBeGreaterThan(0.9);
  expect(meanOf(maps, 'skin', 0, 0.3)).toBeLessThan(0.1);
  const nobody = new SceneWatch(width, height);
  nobody.take(rgb, new Float32Array(width * height));
  expect(nobody.found.hasSkin).toBe(false);
});

test('after a cut nothing of the shot before is left', () => {
  const watch = new SceneWatch(width, height);
  const dark = frameOf(() => [0.1, 0.1, 0.1]);
  watch.take(
    frameOf((_x, y) => (y < 0.4 ? skies.blue!(y) : land)),
    null,
  );
  expect(meanOf(watch.take(dark, null), 'sky', 0, 0.3)).toBe(0);
});
