import { describe, expect, it } from 'vitest';
import type { Frames } from '../pipeline.ts';
import { steady } from './steady.ts';

function grey(values: readonly number[]): Frames {
  return {
    data: Uint8Array.from(values.flatMap((value) => [value, value, value, value, value, value])),
    frameCount: values.length,
    width: 2,
    height: 1,
  };
}

const seen = ({ data, frameCount }: Frames): number[] => Array.from({ length: frameCount }, (_, f) => data[f * 6]!);

describe('steady frames', () => {
  it('a small jump is spread over the frames around it', () => {
    const frames = grey([100, 100, 100, 100, 106, 106, 106, 106]);
    steady(frames);
    const steps = seen(frames)
      .slice(1)
      .map((value, i) => value - seen(frames)[i]!);
    expect(Math.max(...steps)).toBeLessThanOrEqual(3);
    expect(steps.reduce((a, b) => a + b)).toBe(6);
    expect(steps.every((step) => step >= 0)).toBe(true);
  });

  it('a large change (movement or a cut) stays in its frame', () => {
    const frames = grey([20, 20, 20, 200, 200, 200]);
    steady(frames);
    expect(seen(frames)).toEqual([20, 20, 20, 200, 200, 200]);
  });

  it('what stands still stays byte for byte, and so does a single frame', () => {
    const still = grey([77, 77, 77, 77]);
    steady(still);
    expect(seen(still)).toEqual([77, 77, 77, 77]);
    const one = grey([9]);
    steady(one);
    expect(seen(one)).toEqual([9]);
  });
});
