import { expect, test } from 'vitest';
import { fullSizeEdge } from './fullSizeEdge.ts';
import { planeOf, type Picture, type Plane } from './raster.ts';

const [width, height] = [160, 96];

/** A dark disc with spikes on a lighter ground, as opacity 0..1 in the full picture. */
function isThing(x: number, y: number): boolean {
  const [dx, dy] = [x - 80, y - 48];
  const spikes = 30 + 5 * Math.cos(16 * Math.atan2(dy, dx));
  return Math.hypot(dx, dy) < spikes;
}

const picture: Picture = (() => {
  const data = new Uint8Array(width * height * 3);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const shade = 8 * Math.sin(x * 0.7) * Math.cos(y * 0.9);
      const colour = isThing(x, y) ? [60 + shade, 40, 50] : [180 + shade, 190, 200 + shade];
      data.set(colour, (y * width + x) * 3);
    }
  }
  return { data, width, height };
})();

/** The mask as it is found in a quarter of the size: a plain disc, its edge up to 1 px off. */
function small(factor: number): Plane {
  const mask = planeOf(width / factor, height / factor);
  for (let y = 0; y < mask.height; y++)
    for (let x = 0; x < mask.width; x++)
      if (Math.hypot((x + 0.5) * factor - 80, (y + 0.5) * factor - 48) < 30) mask.data[y * mask.width + x] = 1;
  return mask;
}

function likeness(mask: Uint8Array): number {
  let [both, either] = [0, 0];
  mask.forEach((value, at) => {
    const [here, there] = [value >= 128, isThing(at % width, Math.floor(at / width))];
    if (here && there) both++;
    if (here || there) either++;
  });
  return both / either;
}

test('the edge goes to where the full picture has it', () => {
  const mask = small(2);
  const enlarged = Uint8Array.from({ length: width * height }, (_, at) => {
    const [x, y] = [Math.floor((at % width) / 2), Math.floor(at / width / 2)];
    return mask.data[y * (width / 2) + x]! * 255;
  });
  expect(likeness(enlarged)).toBeLessThan(0.91);
  expect(likeness(fullSizeEdge(mask, picture))).toBeGreaterThan(0.97);
});

test('far from the edge the mask is what it was, and an empty or a whole one stays so', () => {
  const made = fullSizeEdge(small(4), picture);
  expect([made[48 * width + 80], made[2 * width + 2]]).toEqual([255, 0]);
  expect(fullSizeEdge(planeOf(40, 24), picture).every((value) => value === 0)).toBe(true);
  expect(fullSizeEdge(planeOf(40, 24, 1), picture).every((value) => value === 255)).toBe(true);
});
