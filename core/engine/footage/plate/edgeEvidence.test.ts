import { expect, test } from 'vitest';
import { EdgeEvidence } from './edgeEvidence.ts';

const [width, height] = [96, 80];
const distance = (i: number): number => Math.hypot((i % width) - 48, Math.floor(i / width) - 40);

/** A bright disc of 16 px whose edge takes `soft` px more, over ground with a pattern; its mask reaches to `masked`. */
function evidenceOf(soft: number, masked: number): EdgeEvidence {
  const plane = Uint8Array.from({ length: width * height }, (_, i) => {
    const ground = 90 + 12 * Math.sin(i / 3) * Math.cos(i / 700);
    const part = Math.max(0, Math.min(1, (16 + soft - distance(i)) / Math.max(soft, 0.01)));
    return Math.round(ground * (1 - part) + 220 * part);
  });
  const mask = plane.map((_, i) => (distance(i) <= masked ? 255 : 0));
  const evidence = new EdgeEvidence(1);
  evidence.add(plane, mask, width, height);
  return evidence;
}

const growthOf = (soft: number, masked: number): number => evidenceOf(soft, masked).growth(3, 7);
const overhangOf = (soft: number, masked: number): number => evidenceOf(soft, masked).overhang();

test('a mask that holds the whole thing grows by one pixel only', () => {
  expect(growthOf(0, 20)).toBe(1);
  expect(growthOf(3, 22)).toBe(1);
});

test('a mask that cuts into a soft edge grows as far as the edge reaches', () => {
  expect(growthOf(4, 16)).toBeGreaterThanOrEqual(4);
  expect(growthOf(4, 16)).toBeLessThanOrEqual(6);
  expect(growthOf(9, 16)).toBe(7);
});

test('a mask is too tight by as much of the thing as stands outside it', () => {
  expect(overhangOf(0, 20)).toBe(0);
  expect(overhangOf(3, 22)).toBe(0);
  expect(overhangOf(0, 12)).toBeGreaterThanOrEqual(4);
  expect(overhangOf(0, 12)).toBeLessThanOrEqual(6);
  expect(overhangOf(2, 14)).toBeGreaterThanOrEqual(3);
});

test('without surroundings nothing is said', () => {
  expect(new EdgeEvidence(1).growth(3, 7)).toBe(3);
  expect(new EdgeEvidence(1).overhang()).toBe(0);
});
