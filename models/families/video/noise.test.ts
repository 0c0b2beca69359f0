import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { gaussianNoise, openRandomStream } from './noise.ts';

const digest = (values: Float32Array): string => createHash('sha256').update(Buffer.from(values.buffer)).digest('hex').slice(0, 16);

describe('seeded noise', () => {
  it('is the reference PCG32', () => {
    // pcg32_srandom_r(42, 54) of the reference implementation begins with these.
    const random = openRandomStream(42, 54);
    expect(Array.from({ length: 4 }, () => random.next().toString(16))).toEqual(['a15c02b7', '7b47f409', 'ba1d3330', '83d2f293']);
  });

  it('gives identical bytes for identical seeds and others for others', () => {
    expect(digest(gaussianNoise(4097, 7))).toBe(digest(gaussianNoise(4097, 7)));
    expect(digest(gaussianNoise(4097, 7))).not.toBe(digest(gaussianNoise(4097, 8)));
    expect(digest(gaussianNoise(4097, 7, 1))).not.toBe(digest(gaussianNoise(4097, 7)));
  });

  it('is standard normal', () => {
    const values = gaussianNoise(40000, 3);
    const mean = values.reduce((a, b) => a + b, 0) / values.length;
    const variance = values.reduce((a, b) => a + (b - mean) ** 2, 0) / values.length;
    expect(Math.abs(mean)).toBeLessThan(0.02);
    expect(Math.abs(variance - 1)).toBeLessThan(0.02);
    expect(values.every(Number.isFinite)).toBe(true);
  });

  it('takes negative and large seeds', () => {
    expect(gaussianNoise(3, -5).every(Number.isFinite)).toBe(true);
    expect(gaussianNoise(3, 2 ** 52).every(Number.isFinite)).toBe(true);
  });
});
