import { expect, it } from 'vitest';
import { CutFinder } from './cutFinder.ts';
import { smallFrame } from './smallFrame.ts';

const [width, height] = [160, 96];

/** Squares in colours of their own, seen from `right` px further on; every seed another scene. */
function scene(seed: number, right = 0, light = 0): Uint8Array {
  const rgb = new Uint8Array(width * height * 3);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const square = Math.floor((x + right) / 14) * 31 + Math.floor(y / 12) * 17 + seed * 101;
      for (let c = 0; c < 3; c++) {
        const spread = Math.abs(Math.sin(square * 12.9898 + c * 78.233) * 43758.5453) % 1;
        rgb[(y * width + x) * 3 + c] = 30 + 50 * ((seed + c) % 3) + 90 * spread + light;
      }
    }
  }
  return rgb;
}

function mixed(a: Uint8Array, b: Uint8Array, share: number): Uint8Array {
  return a.map((value, i) => value + (b[i]! - value) * share);
}

function cutsIn(frames: readonly Uint8Array[]): readonly string[] {
  const finder = new CutFinder(25);
  for (const frame of frames) finder.take(smallFrame(frame, width, height));
  return finder.finish().map(({ frame, kind }) => `${kind} ${frame}`);
}

function shot(seed: number, count: number, perFrame = 0): Uint8Array[] {
  const still = scene(seed);
  return Array.from({ length: count }, (_, i) => (perFrame === 0 ? still : scene(seed, perFrame * i)));
}

it('finds the first frame of each new shot', () => {
  expect(cutsIn([...shot(1, 12), ...shot(2, 9), ...shot(5, 15)])).toEqual(['cut 12', 'cut 21']);
});

it('a fast pan and a change of light are no cuts', () => {
  expect(cutsIn(shot(3, 20, 14))).toEqual([]);
  expect(cutsIn([...shot(3, 12), ...Array<Uint8Array>(12).fill(scene(3, 0, 14))])).toEqual([]);
});

it('a flash is none: the shot goes on behind it', () => {
  const white = new Uint8Array(width * height * 3).fill(250);
  expect(cutsIn([...shot(4, 12), white, white, ...shot(4, 12)])).toEqual([]);
});

it('finds a dissolve by its middle; a fade from black is none', () => {
  const [a, b] = [scene(1), scene(2)];
  const dissolve = Array.from({ length: 24 }, (_, i) => mixed(a, b, (i + 1) / 25));
  const [found, ...more] = cutsIn([...shot(1, 40), ...dissolve, ...shot(2, 40)]);
  expect(more).toEqual([]);
  expect(Math.abs(Number(/^dissolve (\d+)$/.exec(found!)![1]) - 52)).toBeLessThanOrEqual(4);
  const black = new Uint8Array(width * height * 3);
  const fade = Array.from({ length: 24 }, (_, i) => mixed(black, b, (i + 1) / 25));
  expect(cutsIn([...Array.from({ length: 20 }, () => black), ...fade, ...shot(2, 30)])).toEqual([]);
});
