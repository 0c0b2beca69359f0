import { describe, expect, test } from 'vitest';
import { factorOf, sizeClass, withMeasurement, type Kinds, type TimeHistory } from './timeHistory.ts';

const kinds: Kinds = ['generate starter CPU size1', 'generate starter CPU', 'video starter CPU'];
const after = (...ratios: number[]): TimeHistory =>
  ratios.reduce<TimeHistory>((history, ratio) => withMeasurement(history, kinds, ratio), {});

describe('what jobs took', () => {
  test('is the median of the last nine: one job on a cold disk changes nothing', () => {
    expect(factorOf({}, kinds)).toBeNull();
    expect(factorOf(after(2), kinds)).toBe(2);
    expect(factorOf(after(2, 2.2, 30), kinds)).toBe(2.2);
    expect(factorOf(after(...Array.from({ length: 9 }, () => 1), ...Array.from({ length: 9 }, () => 4)), kinds)).toBe(
      4,
    );
  });

  test('of this kind and size goes before what is only like it', () => {
    const small: Kinds = ['generate starter CPU size-3', ...kinds.slice(1)] as unknown as Kinds;
    const history = withMeasurement(after(2, 2, 2), small, 9);
    expect([factorOf(history, kinds), factorOf(history, small)]).toEqual([2, 9]);
    // another size was never measured: all sizes of the action stand in
    expect(factorOf(history, ['generate starter CPU size4', ...kinds.slice(1)] as unknown as Kinds)).toBe(2);
    expect(factorOf(history, ['inpaint starter CPU', 'video starter CPU'])).toBe(2);
    expect(factorOf(history, ['inpaint other CPU'])).toBeNull();
  });

  test('that cannot have been measured counts for nothing', () => {
    expect([0, -1, Number.NaN, Infinity].map((ratio) => factorOf(after(ratio), kinds))).toEqual([
      null,
      null,
      null,
      null,
    ]);
  });

  test('of 500 kinds is kept, the ones measured last', () => {
    let history: TimeHistory = {};
    for (let n = 0; n < 600; n++) history = withMeasurement(history, [`kind ${n}`], 1);
    expect(Object.keys(history)).toHaveLength(500);
    expect(factorOf(history, ['kind 599'])).toBe(1);
    expect(factorOf(history, ['kind 0'])).toBeNull();
  });

  test('sizes within a factor of four or so are alike', () => {
    expect(sizeClass(10)).toBe(sizeClass(15));
    expect(sizeClass(10)).not.toBe(sizeClass(100));
  });
});
