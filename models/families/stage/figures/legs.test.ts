import { describe, expect, it } from 'vitest';
import { findLegs } from './legs.ts';

/** A table of 100 x 100: a body above row 60, legs below at the given columns. */
function tableWith(legs: readonly (readonly [from: number, to: number])[]): Parameters<typeof findLegs>[0] {
  const alpha = new Uint8Array(100 * 100);
  for (let y = 0; y < 100; y++)
    for (let x = 0; x < 100; x++) {
      const isLeg = legs.some(([from, to]) => x >= from && x < to);
      alpha[y * 100 + x] = y < 60 || isLeg ? 255 : 0;
    }
  return { alpha, width: 100, pad: 0, boxWidth: 100, boxHeight: 100 };
}

describe('legs of a drawing', () => {
  it('cuts between the legs, up to the belly', () => {
    const [left, right] = findLegs(
      tableWith([
        [10, 25],
        [70, 90],
      ]),
    );
    expect(left!.right).toBeCloseTo(0.475, 1);
    expect(right!.left).toBe(left!.right);
    expect(left!.hip).toBeCloseTo(0.6, 1);
  });

  it('sees one leg where nothing parts them, and none in the air', () => {
    expect(findLegs(tableWith([[10, 90]]))).toHaveLength(1);
    expect(findLegs(tableWith([]))).toHaveLength(0);
  });
});
