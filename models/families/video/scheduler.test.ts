import { describe, expect, it } from 'vitest';
import { applyGuidance, estimateData, eulerStep, flowSigmas } from './scheduler.ts';

describe('flow-euler scheduler', () => {
  it('goes from 1 to 0 and, unshifted, in equal steps', () => {
    expect([...flowSigmas(4, 1)]).toEqual([1, 0.75, 0.5, 0.25, 0]);
  });

  it('shifts towards noise', () => {
    const sigmas = flowSigmas(4, 3);
    expect(sigmas[2]).toBeCloseTo((3 * 0.5) / (1 + 2 * 0.5), 12);
    expect(sigmas[0]).toBe(1);
    expect(sigmas[4]).toBe(0);
  });

  it('refuses an invalid step count', () => {
    expect(() => flowSigmas(0, 1)).toThrow(RangeError);
    expect(() => flowSigmas(2.5, 1)).toThrow(RangeError);
  });

  it('reaches the data exactly when the velocity is the true one', () => {
    const data = Float32Array.of(0.25, -0.5);
    const noise = Float32Array.of(1, 2);
    const x = Float32Array.from(noise);
    const velocity = noise.map((value, i) => value - data[i]!);
    expect([...estimateData(x, velocity, 1)]).toEqual([...data]);
    const sigmas = flowSigmas(5, 2);
    for (let i = 0; i < 5; i += 1) eulerStep(x, velocity, sigmas[i]!, sigmas[i + 1]!);
    x.forEach((value, i) => expect(value).toBeCloseTo(data[i]!, 5));
  });

  it('guides away from the unconditional answer', () => {
    const v = Float32Array.of(2, 0);
    applyGuidance(v, Float32Array.of(1, 1), 3);
    expect([...v]).toEqual([4, -2]);
  });
});
