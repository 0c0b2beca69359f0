import { expect, it } from 'vitest';
import type { PositionKey } from '../document/schema.ts';
import { positionAt } from './positionPath.ts';
import { sampleToleranceTicks } from './sourceTime.ts';
import { scene, seconds } from './testing.ts';
import { pictureAt } from './pictureAt.ts';

const key = (at: number, x: number, ease: PositionKey['ease'] = 'smooth'): PositionKey => ({
  sourceTicks: seconds(at),
  x,
  y: 2 * x,
  ease,
});
const xAt = (keys: readonly PositionKey[], at: number) => positionAt(keys, seconds(at)).x;

it('a picture is where a key says when it comes, and stands before the first and after the last', () => {
  const keys = [key(1, -50), key(2, 30), key(4, 20)];
  expect([0, 1, 2, 4, 9].map((at) => xAt(keys, at))).toEqual([-50, -50, 30, 20, 20]);
  expect(positionAt(keys, seconds(2)).y).toBe(60);
});

it('never goes beyond two neighbouring keys', () => {
  const keys = [key(0, 0), key(1, 100), key(1.2, 100), key(3, -40)];
  for (let at = 0; at < 2.96; at += 0.05) {
    const next = keys.findIndex(({ sourceTicks }) => sourceTicks > seconds(at));
    const ends = [keys[next - 1]!.x, keys[next]!.x];
    expect(xAt(keys, at)).toBeGreaterThanOrEqual(Math.min(...ends) - 1e-9);
    expect(xAt(keys, at)).toBeLessThanOrEqual(Math.max(...ends) + 1e-9);
  }
});

it('a straight row of keys is a straight way, and has no kink where a bent one goes on', () => {
  const straight = [key(0, 0), key(1, 10), key(3, 30)];
  expect(xAt(straight, 0.35)).toBeCloseTo(3.5, 9);
  const bent = [key(0, 0), key(1, 10), key(2, 40)];
  const step = 0.001;
  const speed = (at: number) => (xAt(bent, at + step) - xAt(bent, at)) / step;
  expect(speed(1)).toBeCloseTo(speed(1 - step), 0);
});

it('a held key keeps its place until the next one comes', () => {
  const keys = [key(0, 5, 'hold'), key(1, 80), key(2, 90)];
  expect(xAt(keys, 0.99)).toBe(5);
  expect(positionAt(keys, seconds(1) - sampleToleranceTicks).x).toBe(80);
});

it('keys count in the source: a clip that is slipped and sped up shows them where its source is', () => {
  const { document, sequence, add } = scene();
  const keys = [key(2, 0), key(6, 400)];
  add('picture', 0, 2, { sourceInTicks: seconds(2), speed: { num: 2, den: 1 }, positionKeys: keys });
  const centreAt = (at: number) => pictureAt(document, sequence.id, seconds(at)).layers[0]!.centreX;
  expect([0, 0.5, 1].map((at) => Math.round(centreAt(at)))).toEqual([640, 740, 840]);
});
