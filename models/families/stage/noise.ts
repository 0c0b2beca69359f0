/** Hashed noise of lattice points: closed forms, the same on every machine. */

/** An unsigned 32-bit hash of a lattice point and a seed. */
export function hashAt(x: number, y: number, seed: number): number {
  let h = Math.imul(x | 0, 374761393) ^ Math.imul(y | 0, 668265263) ^ Math.imul(seed | 0, 2246822519);
  h = Math.imul(h ^ (h >>> 15), 2246822507);
  h = Math.imul(h ^ (h >>> 13), 3266489909);
  return (h ^ (h >>> 16)) >>> 0;
}

/** The hash as a number in [0, 1). */
export const unitAt = (x: number, y: number, seed: number): number => hashAt(x, y, seed) / 4294967296;

/** Value noise in [0, 1), smooth between lattice points one unit apart. */
export function valueNoise(x: number, y: number, seed: number): number {
  const left = Math.floor(x);
  const top = Math.floor(y);
  const across = ease(x - left);
  const down = ease(y - top);
  const a = unitAt(left, top, seed);
  const b = unitAt(left + 1, top, seed);
  const c = unitAt(left, top + 1, seed);
  const d = unitAt(left + 1, top + 1, seed);
  return a + (b - a) * across + (c - a) * down + (a - b - c + d) * across * down;
}

/** Fractal sum of value noise, in [0, 1): each octave is turned, twice as fine and half as strong. */
export function fractalNoise(x: number, y: number, seed: number, octaves = 4): number {
  let sum = 0;
  let total = 0;
  let weight = 0.5;
  for (let octave = 0; octave < octaves; octave++) {
    sum += weight * valueNoise(x, y, seed + octave * 17);
    total += weight;
    weight *= 0.5;
    const before = x;
    x = x * 1.6 - y * 1.2 + 11.3;
    y = y * 1.6 + before * 1.2 + 7.7;
  }
  return sum / total;
}

/** Smooth step from 0 at `from` to 1 at `to`; `from` may be the larger one. */
export function smoothStep(from: number, to: number, value: number): number {
  return ease(clamp((value - from) / (to - from)));
}

/** `value` within [low, high]. */
export const clamp = (value: number, low = 0, high = 1): number => (value < low ? low : value > high ? high : value);

/** From `a` at 0 to `b` at 1. */
export const mix = (a: number, b: number, share: number): number => a + (b - a) * share;

const ease = (t: number): number => t * t * (3 - 2 * t);
