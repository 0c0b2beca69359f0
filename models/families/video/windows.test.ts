import { describe, expect, it } from 'vitest';
import { framesOf, latentCount, planWindows, roundUpFrames, windowWeights } from './windows.ts';

const starts = (total: number, longest: number): number[] => planWindows(total, longest).map(({ start }) => start);

describe('windows', () => {
  it('rounds up to 4k+1', () => {
    expect([1, 2, 5, 6, 80, 81].map(roundUpFrames)).toEqual([1, 5, 5, 9, 81, 81]);
    expect(latentCount(81)).toBe(21);
  });

  it('names the frames of latents: the first holds one, the others four', () => {
    expect(framesOf({ start: 0, count: 5 })).toEqual({ first: 0, count: 17 });
    expect(framesOf({ start: 3, count: 5 })).toEqual({ first: 9, count: 20 });
  });

  it('needs one window up to what the model was trained for', () => {
    expect(planWindows(5, 5)).toEqual([{ start: 0, count: 5 }]);
    expect(planWindows(2, 5)).toEqual([{ start: 0, count: 2 }]);
  });

  it('shares about a third with the window before, and ends with the sequence', () => {
    expect(starts(13, 5)).toEqual([0, 3, 6, 8]);
    expect(starts(21, 9)).toEqual([0, 6, 12]);
    expect(starts(51, 21)).toEqual([0, 15, 30]);
    expect(starts(4, 2)).toEqual([0, 1, 2]);
    expect(starts(3, 1)).toEqual([0, 1, 2]);
  });

  it('covers every latent, however long, with weight', () => {
    for (const [total, longest] of [
      [6, 5],
      [13, 5],
      [241, 5],
      [241, 21],
      [22, 21],
      [10, 3],
      [7, 2],
      [4, 1],
    ] as const) {
      const sum = new Float32Array(total);
      for (const window of planWindows(total, longest)) {
        expect(window.count).toBe(longest);
        expect(window.start + window.count).toBeLessThanOrEqual(total);
        windowWeights(window, total).forEach((weight, i) => {
          expect(weight).toBeGreaterThan(0);
          sum[window.start + i] = sum[window.start + i]! + weight;
        });
      }
      expect(Math.min(...sum)).toBeGreaterThan(0.5);
    }
  });

  it("counts little at a window's ends, and fully where the sequence begins and ends", () => {
    const [first, second, last] = [0, 3, 8].map((start) => windowWeights({ start, count: 5 }, 13));
    expect(first![0]).toBe(1);
    expect(last![4]).toBe(1);
    expect(second![2]).toBe(1);
    for (const weight of [first![4]!, second![0]!, second![4]!, last![0]!]) expect(weight).toBeLessThanOrEqual(0.25);
    expect([...windowWeights({ start: 0, count: 4 }, 4)]).toEqual([1, 1, 1, 1]);
  });
});
