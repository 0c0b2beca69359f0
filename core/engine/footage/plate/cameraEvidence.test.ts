import { expect, test } from 'vitest';
import { evidenceFor, simplestOf, type SmallFrame } from './cameraEvidence.ts';
import { identity, movedX, movedY, type Homography } from './homography.ts';

const [width, height] = [96, 64];

/** A ground with texture, moved by `shift` px, at `gain` of its contrast; a thing before it moves by `own`. */
function frameOf(shift: number, gain = 1, own = 0): SmallFrame {
  const grey = Uint8Array.from({ length: width * height }, (_, i) => {
    const [x, y] = [i % width, Math.floor(i / width)];
    const isThing = x - own > 30 && x - own < 50 && y > 8;
    const u = isThing ? x - own + 40 : x - shift;
    return Math.round(100 + gain * (50 * Math.sin(u / 2.3) * Math.cos(y / 3.1) + 20 * Math.sin(u / 5 + y / 7)));
  });
  return { grey, hidden: new Uint8Array(grey.length) };
}

const shiftBy = (x: number): Homography => Float64Array.of(1, 0, x, 0, 1, 0, 0, 0, 1);
const evidence = (one: SmallFrame, other: SmallFrame, motion: Homography) =>
  evidenceFor(motion, one, other, width, height);

test('the picture bears out the motion that the camera made', () => {
  const { textured, moved, stood } = evidence(frameOf(0), frameOf(3), shiftBy(3));
  expect(moved).toBeGreaterThan(0.6 * textured);
  expect(moved).toBeGreaterThan(3 * stood);
});

test('a fade before a still camera is no motion', () => {
  const { moved, stood } = evidence(frameOf(0, 0.4), frameOf(0, 1), shiftBy(2));
  expect(moved).toBe(0);
  expect(stood).toBeGreaterThan(5);
});

test('the motion of one thing is outweighed by all that stands', () => {
  const { moved, stood } = evidence(frameOf(0, 1, 0), frameOf(0, 1, 3), shiftBy(3));
  expect(moved).toBeGreaterThan(0);
  expect(stood).toBeGreaterThan(2 * moved);
});

/** Tracks along a motion, each off by its place in a pattern of `noise` px. */
function tracksOf(motion: Homography, count: number, noise: number) {
  const from = Array.from({ length: count }, (_, i) => [(i * 37) % width, (i * 23) % height]).flat();
  const to = from.map((_, k) => {
    const [x, y] = [from[k - (k % 2)]!, from[k - (k % 2) + 1]!];
    return (k % 2 === 0 ? movedX(motion, x, y) : movedY(motion, x, y)) + noise * Math.sin(k * 1.7);
  });
  return { from, to };
}

test('few tracks that a shift explains make a shift, whatever freer motion follows their noise', () => {
  const skewed = Float64Array.of(1.002, 0.001, 3, 0.001, 0.998, 0, 0, 0, 1);
  const found = simplestOf(skewed, tracksOf(shiftBy(3), 24, 0.1));
  expect([...found]).toEqual([1, 0, expect.closeTo(3, 0), 0, 1, expect.closeTo(0, 0), 0, 0, 1]);
});

test('a rotation is kept, and no motion at all is none', () => {
  const [c, s] = [Math.cos(0.05), Math.sin(0.05)];
  const turned = Float64Array.of(c, -s, 4, s, c, -2, 0, 0, 1);
  const found = simplestOf(turned, tracksOf(turned, 24, 0));
  expect(found[1]).toBeCloseTo(-s, 6);
  expect([...simplestOf(turned, tracksOf(identity(), 24, 0.05))]).toEqual([...identity()]);
});
