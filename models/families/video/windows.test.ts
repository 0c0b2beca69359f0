import { describe, expect, it } from 'vitest';
import { latentCount, planWindows, roundUpFrames } from './windows.ts';

describe('windows', () => {
  it('rounds up to 4k+1', () => {
    expect([1, 2, 5, 6, 80, 81].map(roundUpFrames)).toEqual([1, 5, 5, 9, 81, 81]);
    expect(latentCount(81)).toBe(21);
  });

  it('needs one window up to maxFrames', () => {
    expect(planWindows(17, 17)).toEqual([{ start: 0, count: 17, overlap: 0, blend: 0 }]);
  });

  it('covers every frame once, each window 4k+1, none longer than allowed, each beginning with what is made and mixed with it', () => {
    for (const [total, longest] of [[21, 17], [33, 17], [81, 17], [257, 17], [257, 81], [21, 9]] as const) {
      const windows = planWindows(total, longest);
      let made = 0;
      for (const window of windows) {
        expect((window.count - 1) % 4).toBe(0);
        expect(window.count).toBeLessThanOrEqual(longest);
        expect(window.start + window.overlap + window.blend).toBe(made);
        made = window.start + window.count;
      }
      expect(made).toBe(total);
    }
  });
});
