import { expect, test } from 'vitest';
import { Doubler, type Kernel } from './doubler.ts';

const size = { width: 40, height: 24 };
const wave = (x: number, y: number): number => 100 + 40 * Math.sin(1.6 * x) * Math.cos(y / 2);
const plane = (count: { width: number; height: number }, at: (x: number, y: number) => number) =>
  Float32Array.from({ length: count.width * count.height }, (_, i) => at(i % count.width, Math.floor(i / count.width)));

/** Largest distance from the wave itself, away from the edges. */
function worst(kernel: Kernel): number {
  const made = new Float32Array(4 * size.width * size.height);
  new Doubler(size, kernel).run(plane(size, wave), made);
  let most = 0;
  for (let y = 8; y < 2 * size.height - 8; y++)
    for (let x = 8; x < 2 * size.width - 8; x++)
      most = Math.max(most, Math.abs(made[y * 2 * size.width + x]! - wave(x / 2 - 0.25, y / 2 - 0.25)));
  return most;
}

test('samples lie a quarter to each side of their own; Lanczos comes nearer to what is fine', () => {
  expect(worst('cubic')).toBeLessThan(6);
  expect(worst('lanczos')).toBeLessThan(0.5 * worst('cubic'));
});

test.each(['cubic', 'lanczos'] as const)('%s: one colour stays one colour, also in a single sample', (kernel) => {
  for (const count of [size, { width: 1, height: 1 }]) {
    const made = new Float32Array(4 * count.width * count.height);
    new Doubler(count, kernel).run(
      plane(count, () => 77),
      made,
    );
    made.forEach((value) => expect(value).toBeCloseTo(77, 3));
  }
});
