import { expect, test } from 'vitest';
import { Settler } from './settler.ts';

const [width, height] = [16, 8];
const plane = { width, height, drawn: 0, source: width * height, to: 0 };

function settlerOf(calmsPixels = false) {
  const settler = new Settler([plane], width / 2, height / 2, calmsPixels);
  return (drawn: number, source: (x: number) => number): Uint8Array => {
    const frame = new Uint8Array(2 * width * height).fill(drawn, 0, width * height);
    for (let i = 0; i < width * height; i++) frame[plane.source + i] = source((i % width) / 2);
    const out = new Uint8Array(width * height);
    settler.settle(frame, out);
    return out;
  };
}

test('where the source rests, what flickers in the drawing hardly shows', () => {
  const settle = settlerOf();
  settle(100, () => 50);
  const shown = Array.from({ length: 10 }, (_, frame) => settle(frame % 2 === 0 ? 200 : 100, () => 50)[0]!);
  expect(Math.max(...shown) - Math.min(...shown)).toBeLessThan(35);
  expect(Math.abs(shown[1]! - shown[0]!)).toBeLessThan(8);
});

test('where the source moves, the drawing follows at once, and only there', () => {
  const settle = settlerOf();
  settle(100, () => 50);
  const shown = settle(200, (x) => (x < 2 ? 120 : 50));
  expect(shown[0]).toBeGreaterThanOrEqual(189);
  expect(shown[width - 1]).toBeLessThan(110);
});

test('slow changes add up until they count', () => {
  const settle = settlerOf();
  for (let frame = 0; frame < 40; frame++) settle(100, () => 50);
  let shown = 0;
  for (let frame = 1; frame <= 40; frame++) shown = settle(100 + 2 * frame, () => 50 + frame)[0]!;
  expect(shown).toBeGreaterThan(160);
});

test('nothing is left after a cut, and a resting drawing is reached exactly', () => {
  const settle = settlerOf();
  settle(10, () => 20);
  expect(settle(240, () => 200)[0]).toBe(240);
  let shown = 0;
  for (let frame = 0; frame < 150; frame++) shown = settle(90, () => 200)[0]!;
  expect(shown).toBe(90);
});

test('amid what moves, pixels that stay as they are follow within a few frames', () => {
  const settle = settlerOf(true);
  // every fourth pixel rests while the others change
  const source = (frame: number) => (x: number) => ((2 * x) % 4 === 0 ? 60 : 60 + 20 * (frame % 2));
  settle(100, source(0));
  const shown = Array.from({ length: 8 }, (_, frame) => settle(frame % 2 === 0 ? 200 : 100, source(frame + 1)));
  const change = (at: number): number => Math.abs(shown[7]![at]! - shown[6]![at]!);
  expect(change(5)).toBeGreaterThan(90);
  expect(change(8)).toBeLessThan(30);
  let last = shown[7]!;
  for (let frame = 9; frame < 24; frame++) last = settle(200, source(frame));
  expect(last[8]).toBeGreaterThan(185);
});
