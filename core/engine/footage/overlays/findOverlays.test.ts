import { expect, test } from 'vitest';
import { findOverlays } from './findOverlays.ts';

const [width, height, count] = [160, 90, 16];

/** A ground that the camera pans over by `pan` px a frame, with what `over` lays on it. */
function framesOf(pan: number, over: (x: number, y: number, frame: number) => number | null): Uint8Array[] {
  return Array.from({ length: count }, (_, frame) =>
    Uint8Array.from({ length: width * height }, (_, i) => {
      const [x, y] = [i % width, Math.floor(i / width)];
      const u = x + pan * frame;
      const ground = 100 + 45 * Math.sin(u / 2.7 + 2 * Math.sin(y / 9)) * Math.cos(y / 3.4 + Math.sin(u / 13));
      return over(x, y, frame) ?? Math.round(ground);
    }),
  );
}

/** Bars of 3 px from (100, 10) on, 30 by 12 px. */
const logo = (x: number, y: number): number | null =>
  x >= 100 && x < 130 && y >= 10 && y < 22 && Math.floor((x - 100) / 3) % 2 === 0 ? 240 : null;

const shareOf = (mask: Uint8Array, left: number, top: number, right: number, bottom: number): number => {
  let inside = 0;
  for (let y = top; y < bottom; y++) for (let x = left; x < right; x++) inside += mask[y * width + x]!;
  return inside / ((right - left) * (bottom - top));
};

test('a logo that stands before a moving picture is found, and little else', () => {
  const { mask, isStill } = findOverlays(
    framesOf(3.3, (x, y) => logo(x, y)),
    width,
    height,
  );
  expect(isStill).toBe(false);
  expect(shareOf(mask!, 100, 10, 127, 22)).toBeGreaterThan(0.97);
  expect(shareOf(mask!, 0, 0, width, height)).toBeLessThan((3 * 30 * 12) / (width * height));
});

test('digits that count beside what stands belong to it', () => {
  const digit = (x: number, y: number, frame: number): number | null =>
    x >= 133 && x < 142 && y >= 10 && y < 22 && (x + y + frame) % 4 < 2 ? 240 : null;
  const frames = framesOf(3.3, (x, y, frame) => logo(x, y) ?? digit(x, y, frame));
  const { mask } = findOverlays(frames, width, height);
  expect(shareOf(mask!, 134, 11, 141, 21)).toBeGreaterThan(0.9);
});

test('in a moving picture without any nothing is found', () => {
  expect(
    findOverlays(
      framesOf(3.3, () => null),
      width,
      height,
    ),
  ).toEqual({ mask: null, isStill: false });
});

test('where the picture stands still nothing can be told', () => {
  expect(
    findOverlays(
      framesOf(0, (x, y) => logo(x, y)),
      width,
      height,
    ),
  ).toEqual({ mask: null, isStill: true });
  const few = framesOf(3.3, (x, y) => logo(x, y)).slice(0, 3);
  expect(findOverlays(few, width, height)).toEqual({ mask: null, isStill: true });
});
