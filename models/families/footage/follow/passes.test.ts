import { expect, test } from 'vitest';
import { planeOf, type Picture, type Plane } from '../select/raster.ts';
import {
  carryPass,
  ingredientsAt,
  lostStretches,
  mixed,
  passesOf,
  type KeyFrame,
  type Pass,
  type PassEnd,
} from './passes.ts';

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

interface Key extends KeyFrame {
  readonly mask: Plane;
}

/** Carries all passes, and answers every frame's mask as the window shows it. */
async function follow(scene: Scene, count: number, keys: readonly Key[]) {
  const masks = new Map<string, Plane>();
  const ends = new Map<string, PassEnd>();
  const nameOf = ({ key, step }: Pick<Pass, 'key' | 'step'>): string => `${key.frame} ${step}`;
  for (const pass of passesOf(keys, 0, count)) {
    const { key, step, to } = pass;
    const end = await carryPass({
      ...{ frame: key.frame, mask: key.mask, step, to },
      picture: async (frame) => pictureOf(scene, frame),
      put: async (frame, mask) => void masks.set(`${nameOf(pass)} ${frame}`, mask),
    });
    ends.set(nameOf(pass), end);
  }
  const at = (frame: number): Plane => {
    const { key, before, after, share } = ingredientsAt(keys, frame);
    const ahead = before && (masks.get(`${nameOf({ key: before, step: 1 })} ${frame}`) ?? null);
    const back = after && (masks.get(`${nameOf({ key: after, step: -1 })} ${frame}`) ?? null);
    return key?.mask ?? mixed(ahead, back, share) ?? planeOf(width, height);
  };
  return { at, lost: lostStretches(keys, 0, count, (pass) => ends.get(nameOf(pass)) ?? null) };
}

const walk: Scene = { at: (frame) => ({ x: 25 + 3 * frame, y: 32 + 4 * Math.sin(frame / 2) }) };
const keyOf = (scene: Scene, frame: number): Key => ({ frame, isEmpty: false, mask: truthOf(scene, frame) });

test('a thing is followed both ways from one frame', async () => {
  const { at, lost } = await follow(walk, 13, [keyOf(walk, 5)]);
  for (let frame = 0; frame < 13; frame++)
    expect(likeness(at(frame), truthOf(walk, frame)), `frame ${frame}`).toBeGreaterThan(0.9);
  expect(lost).toEqual([]);
});

test('a cut ends it there, and says so', async () => {
  const scene: Scene = { ...walk, cutAt: 6 };
  const { at, lost } = await follow(scene, 10, [keyOf(scene, 2)]);
  expect(lost).toEqual([{ fromFrame: 6, toFrame: 10, reason: 'cut' }]);
  expect(at(8).data.some((value) => value > 0)).toBe(false);
});

test('what goes behind a pillar is not guessed: the pillar stays out of the mask, the rest is lost', async () => {
  const scene: Scene = { at: (frame) => ({ x: 20 + 4 * frame, y: 32 }), pillar: [46, 80] };
  const { at, lost } = await follow(scene, 12, [keyOf(scene, 1)]);
  expect(lost).toEqual([{ fromFrame: expect.any(Number), toFrame: 12, reason: 'hidden' }]);
  for (let frame = 0; frame < 12; frame++) {
    const mask = at(frame);
    let onPillar = 0;
    for (let y = 0; y < height; y++) for (let x = 49; x < 78; x++) if (mask.data[y * width + x]! >= 0.5) onPillar++;
    expect(onPillar).toBeLessThan(0.1 * (2 * half) ** 2);
  }
});

test('what leaves the picture is followed to its edge', async () => {
  const scene: Scene = { at: (frame) => ({ x: 60 + 5 * frame, y: 32 }) };
  const { at, lost } = await follow(scene, 12, [keyOf(scene, 0)]);
  expect(likeness(at(5), truthOf(scene, 5))).toBeGreaterThan(0.85);
  expect(lost).toEqual([{ fromFrame: expect.any(Number), toFrame: 12, reason: 'left' }]);
});

test('a correction spreads to both sides, the nearer key the more; an empty key ends the mask', async () => {
  const wide = planeOf(width, height);
  const place = walk.at(8);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++)
      if (Math.abs(x - place.x) < half && y > place.y - half && y < place.y + half + 6) wide.data[y * width + x] = 1;
  const { at } = await follow(walk, 13, [
    keyOf(walk, 2),
    { frame: 8, isEmpty: false, mask: wide },
    { frame: 11, isEmpty: true, mask: planeOf(width, height) },
  ]);
  const sizeAt = (frame: number): number => at(frame).data.reduce((sum, value) => sum + value, 0);
  expect(sizeAt(7)).toBeGreaterThan(sizeAt(3) + 20);
  expect(sizeAt(9)).toBeGreaterThan(sizeAt(3) + 20);
  expect([sizeAt(11), sizeAt(12)]).toEqual([0, 0]);
});

test('a correction needs the passes between its neighbours alone: those of other keys are the same as before', () => {
  const key = (frame: number, isEmpty = false): KeyFrame => ({ frame, isEmpty });
  const needed = (keys: readonly KeyFrame[]) =>
    passesOf(keys, 0, 100).map((pass) => [pass.key.frame, pass.step > 0 ? 'ahead' : 'back', pass.to]);
  expect(needed([key(20), key(80)])).toEqual([
    [20, 'ahead', 80],
    [20, 'back', -1],
    [80, 'ahead', 100],
    [80, 'back', 20],
  ]);
  expect(needed([key(20), key(50), key(80)])).toEqual([
    [20, 'ahead', 50],
    [20, 'back', -1],
    [50, 'ahead', 80],
    [50, 'back', 20],
    [80, 'ahead', 100],
    [80, 'back', 50],
  ]);
  expect(needed([key(20), key(50, true)])).toEqual([
    [20, 'ahead', 50],
    [20, 'back', -1],
  ]);
});

test('a clip that was cut shorter keeps the mask that a key beyond its end gave', () => {
  const keys = [5, 40, 70, 90].map((frame) => ({ frame, isEmpty: false }));
  const needed = passesOf(keys, 50, 60).map(({ key, step, to }) => [key.frame, step, to]);
  expect(needed).toEqual([
    [40, 1, 70],
    [70, -1, 40],
  ]);
});

test('what one of two keys still sees is not lost between them', () => {
  const keys = [0, 20].map((frame) => ({ frame, isEmpty: false }));
  const lostAt = (ahead: number | null, back: number | null) =>
    lostStretches(keys, 0, 21, ({ step }) => ({ lostAt: step > 0 ? ahead : back, reason: 'hidden' }));
  expect(lostAt(8, null)).toEqual([]);
  expect(lostAt(14, 8)).toEqual([]);
  expect(lostAt(8, 14)).toEqual([{ fromFrame: 8, toFrame: 15, reason: 'hidden' }]);
});
