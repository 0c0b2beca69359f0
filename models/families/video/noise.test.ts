import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { gaussianNoise, latentNoise, openRandomStream } from './noise.ts';

const digest = (values: Float32Array): string =>
  createHash('sha256').update(Buffer.from(values.buffer)).digest('hex').slice(0, 16);

describe('seeded noise', () => {
  it('is the reference PCG32', () => {
    // pcg32_srandom_r(42, 54) of the reference implementation begins with these.
    const random = openRandomStream(42, 54);
    expect(Array.from({ length: 4 }, () => random.next().toString(16))).toEqual([
      'a15c02b7',
      '7b47f409',
      'ba1d3330',
      '83d2f293',
    ]);
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

describe('noise of a request', () => {
  const shape = { channels: 16, count: 5, area: 400 };
  const frame = (noise: Float32Array, channel: number, t: number): Float32Array =>
    noise.subarray((channel * 5 + t) * 400, (channel * 5 + t + 1) * 400);
  const correlation = (a: Float32Array, b: Float32Array): number =>
    a.reduce((sum, value, i) => sum + value * b[i]!, 0) / a.length;

  it('is independent everywhere when nothing is shared', () => {
    expect(latentNoise(shape, 7, 0)).toEqual(gaussianNoise(16 * 5 * 400, 7));
  });

  it('stands still from latent to latent by the share asked for, and stays standard normal', () => {
    const noise = latentNoise(shape, 7, 0.8);
    const pairs = Array.from({ length: 16 }, (_, c) => [
      correlation(frame(noise, c, 0), frame(noise, c, 4)),
      correlation(frame(noise, c, 0), frame(noise, (c + 1) % 16, 0)),
      correlation(frame(noise, c, 3), frame(noise, c, 3)),
    ]);
    const mean = (k: number): number => pairs.reduce((sum, pair) => sum + pair[k]!, 0) / 16;
    expect([mean(0), mean(1), mean(2)].map((value) => Math.abs(Math.round(value * 10) / 10))).toEqual([0.8, 0, 1]);
  });

  it('is one picture for all latents when all is shared', () => {
    const noise = latentNoise(shape, 7, 1);
    expect(frame(noise, 3, 0)).toEqual(frame(noise, 3, 4));
    expect(correlation(frame(noise, 3, 0), frame(noise, 3, 0))).toBeCloseTo(1, 0);
  });
});
