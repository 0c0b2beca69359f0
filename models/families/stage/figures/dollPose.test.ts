import { describe, expect, it } from 'vitest';
import { momentOf, type Moment } from '../motion.ts';
import type { MotionName } from '../names.ts';
import type { StageFigure } from '../scene.ts';
import { dollParts, type Outfit } from './doll.ts';
import { poseOf } from './dollPose.ts';

const grey = [0.5, 0.5, 0.5] as const;
const outfit: Outfit = {
  skin: grey,
  top: grey,
  sleeves: 'long',
  bottom: { kind: 'trousers', colour: grey },
  coat: false,
  scarf: null,
  shoes: grey,
  gloves: grey,
  tail: null,
};
const still = {
  name: 'girl',
  colour: '',
  wears: '',
  tone: 0,
  height: 1,
  way: 1,
  x: 0,
  z: 3,
  y: 0,
  phase: 0,
  reach: 1,
  lag: 0,
};
const momentAt = (motion: MotionName, seconds: number): Moment =>
  momentOf({ ...still, motion } as StageFigure, seconds, 4);

/** Height of the near hand: the last part drawn. */
function handOf(motion: MotionName, seconds: number): number {
  const last = dollParts(outfit, poseOf(momentAt(motion, seconds), motion, false)).at(-1)!;
  return last.kind === 'limb' ? last.joints[0]![1] : NaN;
}

describe('poses of dolls', () => {
  it('throws the arms up at the height of a jump', () => {
    const top = 0.9 * (0.22 + 0.58 / 2);
    expect(momentAt('jump', top).lift).toBeCloseTo(0.4, 3);
    expect(handOf('jump', top)).toBeGreaterThan(handOf('jump', 0) + 0.15);
  });

  it('sits with the hips low and the feet forward', () => {
    const sitting = poseOf(momentAt('stand', 1), 'stand', true);
    expect(sitting.hipY).toBeLessThan(-0.1);
    expect(sitting.feet![0][0]).toBeGreaterThan(0.1);
    expect(poseOf(momentAt('stand', 1), 'stand', false).feet).toBeNull();
  });
});
