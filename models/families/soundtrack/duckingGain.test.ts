import { expect, test } from 'vitest';
import { duckingGain } from './duckingGain.ts';

test.each([0.02, 0.032])(
  'the gain is down before the first word, stays down between words, and comes back (frames of %f s)',
  (frameSeconds) => {
    const speaking = new Uint8Array(Math.round(10 / frameSeconds));
    speaking.fill(1, Math.round(3 / frameSeconds), Math.round(6 / frameSeconds));
    const gain = duckingGain({ speaking, frameSeconds }, -12);
    const at = (seconds: number): number => 20 * Math.log10(gain(Math.round(seconds * 48000)));
    expect(at(1)).toBe(0);
    expect(at(3)).toBeLessThan(-11.5);
    expect(at(5.9)).toBeCloseTo(-12, 1);
    expect(at(8)).toBe(0);
    for (let i = 96000; i < 384000; i += 48)
      expect(Math.abs(20 * Math.log10(gain(i + 48) / gain(i)))).toBeLessThan(0.2);
  },
);
