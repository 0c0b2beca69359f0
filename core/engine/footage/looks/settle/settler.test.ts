import { expect, test } from 'vitest';
import { Settler } from './settler.ts';

const [width, height] = [16, 8];
const plane = { width, height, from: 0, to: 0 };

function settlerOf() {
  const settler = new Settler([plane], width / 2, height / 2);
  return (drawn: number, source: (x: number) => number): Uint8Array => {
    const small = Uint8Array.from({ length: (width * height) / 4 }, (_, i) => source(i % (width / 2)));
    const out = new Uint8Array(width * height);
    settler.settle(new Uint8Array(width * height).fill(drawn), small, out);
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
