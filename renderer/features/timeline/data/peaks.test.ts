import { describe, expect, it } from 'vitest';
import { levelFor, peaksFromBytes, slicePeaks } from './peaks.ts';

/** Silence with one spike, `at` pairs in. */
function spike(pairs: number, at: number): Int8Array {
  const bytes = new Int8Array(pairs * 2);
  bytes[at * 2] = -127;
  bytes[at * 2 + 1] = 64;
  return bytes;
}

describe('peaks', () => {
  it('a spike survives every coarser level', () => {
    const peaks = peaksFromBytes(spike(6000, 4321));
    expect(peaks.length).toBeGreaterThan(2);
    for (const level of peaks) {
      expect(Math.min(...level.min)).toBe(-1);
      expect(level.max.indexOf(Math.max(...level.max))).toBe(Math.floor((4321 * level.pairsPerSecond) / 100));
    }
  });

  it('the level is the coarsest that fills every pixel', () => {
    const peaks = peaksFromBytes(spike(6000, 0));
    expect(levelFor(peaks, 100).pairsPerSecond).toBe(100);
    expect(levelFor(peaks, 24).pairsPerSecond).toBe(25);
    expect(levelFor(peaks, 5000).pairsPerSecond).toBe(100);
  });

  it('a slice outside of the file is silent, backwards it is turned', () => {
    const [level] = peaksFromBytes(spike(400, 10));
    expect([...slicePeaks(level!, -1, 0, false).min].every((value) => value === 0)).toBe(true);
    expect(slicePeaks(level!, 0, 1, false).min.indexOf(-1)).toBe(10);
    expect(slicePeaks(level!, 0, 1, true).min.indexOf(-1)).toBe(89);
  });
});
