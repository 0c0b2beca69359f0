import { expect, test } from 'vitest';
import { planeOf, type Picture, type Plane } from '../select/raster.ts';
import { followKeys, type KeyFrame } from './followKeys.ts';

const [width, height] = [96, 64];

/** Mottled, so that points can be found: another `seed` is another ground. */
function shade(x: number, y: number, seed: number): number {
  const value = Math.sin(x * 12.9898 + y * 78.233 + seed * 37.7) * 43758.5453;
  return value - Math.floor(value);
}

interface Scene {
  /** Centre of a square of 22 px. */
  at(frame: number): { x: number; y: number };
  /** A pillar before it, from and to in px. */
  readonly pillar?: readonly [number, number];
  /** From this frame on another shot. */
  readonly cutAt?: number;
}

const half = 11;
const coarse = (value: number): number => Math.floor(value / 3);

function pictureOf(scene: Scene, frame: number): Picture {
  const data = new Uint8Array(width * height * 3);
  const { x: cx, y: cy } = scene.at(frame);
  const isCut = scene.cutAt !== undefined && frame >= scene.cutAt;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const [dx, dy] = [x - cx, y - cy];
      const isThing = Math.abs(dx) < half && Math.abs(dy) < half;
      const isPillar = scene.pillar && x >= scene.pillar[0] && x < scene.pillar[1];
      const ground = isCut ? 200 + 40 * shade(coarse(x), coarse(y), 9) : 60 + 60 * shade(coarse(x), coarse(y), 1);
      const thing = 120 * shade(coarse(dx + 40), coarse(dy + 40), 2);
      const colour = isCut
        ? [ground, ground, ground]
        : isPillar
          ? [20, 200, 40]
          : isThing
            ? [130 + thing, thing, 30]
            : [ground, ground + 20, ground + 60];
      data.set(colour, (y * width + x) * 3);
    }
  }
  return { data, width, height };
}

function truthOf(scene: Scene, frame: number): Plane {
  const mask = planeOf(width, height);
  const { x: cx, y: cy } = scene.at(frame);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++)
      if (Math.abs(x - cx) < half && Math.abs(y - cy) < half) mask.data[y * width + x] = 1;
  return mask;
}

function likeness(a: Plane, b: Plane): number {
  let [both, either] = [0, 0];
  a.data.forEach((value, at) => {
    const [here, there] = [value >= 0.5, b.data[at]! >= 0.5];
    if (here && there) both++;
    if (here || there) either++;
  });
  return either === 0 ? 1 : both / either;
}

async function follow(scene: Scene, count: number, keys: readonly KeyFrame[]) {
  const masks = new Map<number, Plane>();
  const fractions: number[] = [];
  const lost = await followKeys({
    first: 0,
    end: count,
    keys,
    picture: async (frame) => pictureOf(scene, frame),
    put: async (frame, mask) => void masks.set(frame, mask),
    onFraction: (fraction) => fractions.push(fraction),
  });
  return { masks, lost, fractions };
}

const walk: Scene = { at: (frame) => ({ x: 25 + 3 * frame, y: 32 + 4 * Math.sin(frame / 2) }) };
const keyOf = (scene: Scene, frame: number): KeyFrame => ({ frame, mask: truthOf(scene, frame) });

test('a thing is followed both ways from one frame, and the work is counted to its end', async () => {
  const { masks, lost, fractions } = await follow(walk, 13, [keyOf(walk, 5)]);
  for (let frame = 0; frame < 13; frame++)
    expect(likeness(masks.get(frame)!, truthOf(walk, frame)), `frame ${frame}`).toBeGreaterThan(0.9);
  expect(lost).toEqual([]);
  expect(fractions.at(-1)).toBe(1);
});

test('a cut ends it there, and says so', async () => {
  const scene: Scene = { ...walk, cutAt: 6 };
  const { masks, lost } = await follow(scene, 10, [keyOf(scene, 2)]);
  expect(lost).toEqual([{ fromFrame: 6, toFrame: 10, reason: 'cut' }]);
  expect(masks.get(8)!.data.some((value) => value > 0)).toBe(false);
});

test('what goes behind a pillar is not guessed: the pillar stays out of the mask, the rest is lost', async () => {
  const scene: Scene = { at: (frame) => ({ x: 20 + 4 * frame, y: 32 }), pillar: [46, 80] };
  const { masks, lost } = await follow(scene, 12, [keyOf(scene, 1)]);
  expect(lost).toEqual([{ fromFrame: expect.any(Number), toFrame: 12, reason: 'hidden' }]);
  for (const mask of masks.values()) {
    let onPillar = 0;
    for (let y = 0; y < height; y++) for (let x = 49; x < 78; x++) if (mask.data[y * width + x]! >= 0.5) onPillar++;
    expect(onPillar).toBeLessThan(0.1 * (2 * half) ** 2);
  }
});

test('what leaves the picture is followed to its edge', async () => {
  const scene: Scene = { at: (frame) => ({ x: 60 + 5 * frame, y: 32 }) };
  const { masks, lost } = await follow(scene, 12, [keyOf(scene, 0)]);
  expect(likeness(masks.get(5)!, truthOf(scene, 5))).toBeGreaterThan(0.85);
  expect(lost).toEqual([{ fromFrame: expect.any(Number), toFrame: 12, reason: 'left' }]);
});

test('a correction spreads to both sides, the nearer key the more; an empty key ends the mask', async () => {
  const wide = planeOf(width, height);
  const at = walk.at(8);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++)
      if (Math.abs(x - at.x) < half && y > at.y - half && y < at.y + half + 6) wide.data[y * width + x] = 1;
  const sizeAt = (masks: ReadonlyMap<number, Plane>, frame: number): number =>
    masks.get(frame)!.data.reduce((sum, value) => sum + value, 0);
  const { masks } = await follow(walk, 13, [
    keyOf(walk, 2),
    { frame: 8, mask: wide },
    { frame: 11, mask: planeOf(width, height) },
  ]);
  expect(sizeAt(masks, 7)).toBeGreaterThan(sizeAt(masks, 3) + 20);
  expect(sizeAt(masks, 9)).toBeGreaterThan(sizeAt(masks, 3) + 20);
  expect([sizeAt(masks, 11), sizeAt(masks, 12)]).toEqual([0, 0]);
});
