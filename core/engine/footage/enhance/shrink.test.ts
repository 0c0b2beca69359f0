import { expect, test } from 'vitest';
import { Random } from '../../../../models/families/soundtrack/random.ts';
import { Shrinker } from './shrink.ts';

const random = new Random(5);
const grain = (): number => random.next() + random.next() + random.next() + random.next() - 2;
/** Standard deviation of the sum of four. */
const deviation = Math.sqrt(4 / 12);

const plane = (width: number, height: number, draw: (x: number, y: number) => number) => ({
  ...{ width, height },
  data: Float32Array.from({ length: width * height }, (_, i) => draw(i % width, Math.floor(i / width))),
});
const power = (a: Float32Array, b: Float32Array): number =>
  a.reduce((sum, value, i) => sum + (value - b[i]!) ** 2, 0) / a.length;

test.each([
  [33, 21],
  [8, 8],
  [5, 3],
  [1, 40],
])('%i x %i: without noise nothing changes', (width, height) => {
  const drawn = plane(width, height, (x, y) => 100 + 50 * Math.sin(x * y));
  const made = new Float32Array(drawn.data.length);
  new Shrinker(drawn).run(drawn, 0, 2.6, made);
  made.forEach((value, i) => expect(value).toBeCloseTo(drawn.data[i]!, 2));
});

test('noise goes where there is some, and an edge stays', () => {
  const truth = plane(64, 48, (x) => (x < 31 ? 60 : 140));
  const noisy = { ...truth, data: truth.data.map((value) => value + 6 * grain()) };
  const made = new Float32Array(noisy.data.length);
  new Shrinker(noisy).run(noisy, 6 * deviation, 2.6, made);
  expect(power(noisy.data, truth.data) / power(made, truth.data)).toBeGreaterThan(10);
  for (let y = 0; y < 48; y++) expect(made[y * 64 + 31]! - made[y * 64 + 30]!).toBeGreaterThan(70);
});

test('where a map says that there is no noise, the picture stays', () => {
  const drawn = plane(64, 32, () => 100 + 6 * grain());
  const map = Float32Array.from({ length: 64 * 32 }, (_, i) => (i % 64 < 32 ? 0 : 6 * deviation));
  const made = new Float32Array(drawn.data.length);
  new Shrinker(drawn).run(drawn, map, 2.6, made);
  let [left, right] = [0, 0];
  made.forEach((value, i) => {
    if (i % 64 < 24) left = Math.max(left, Math.abs(value - drawn.data[i]!));
    if (i % 64 > 40) right = Math.max(right, Math.abs(value - 100));
  });
  expect(left).toBeLessThan(0.01);
  expect(right).toBeLessThan(5);
});
