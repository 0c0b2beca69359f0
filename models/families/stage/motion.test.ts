import { describe, expect, it } from 'vitest';
import { footAt, stance } from './figures/pose.ts';
import { momentOf } from './motion.ts';
import { motionNames } from './names.ts';
import type { StageFigure } from './scene.ts';

const fox: StageFigure = {
  name: 'fox',
  colour: '',
  wears: '',
  tone: 0,
  height: 0.9,
  motion: 'walk',
  way: 1,
  x: 0,
  z: 3,
  y: 0,
  phase: 0.2,
  reach: 2,
  lag: 0,
};

/** Where a foot stands in the world, and whether it touches the ground. */
function footOf(figure: StageFigure, seconds: number): { x: number; onGround: boolean } {
  const moment = momentOf(figure, seconds, 4);
  const { lift, shift } = footAt(moment.phase);
  return { x: moment.x + figure.way * shift * moment.stride * stance * figure.height, onGround: lift === 0 };
}

describe('motion of figures', () => {
  it('keeps a foot where it is while it stands on the ground', () => {
    for (const motion of ['walk', 'run'] as const)
      for (const way of [1, -1] as const) {
        const figure = { ...fox, motion, way, reach: 20 };
        for (let frame = 0; frame < 90; frame++) {
          const before = footOf(figure, frame / 24);
          const after = footOf(figure, (frame + 1) / 24);
          const moved = Math.abs(after.x - before.x);
          // a foot that came down or left within the frame has moved through the air
          if (before.onGround && after.onGround && moved < 0.2) expect(moved).toBeLessThan(1e-9);
        }
      }
  });

  it('turns round at the ends of its reach', () => {
    const figure = { ...fox, motion: 'run' as const, reach: 1 };
    for (let second = 0; second < 30; second += 0.1)
      expect(Math.abs(momentOf(figure, second, 30).x)).toBeLessThanOrEqual(1 + 1e-9);
  });

  it('is a closed form: any moment may be asked for first', () => {
    for (const motion of motionNames) {
      const figure = { ...fox, motion };
      const late = momentOf(figure, 3.2, 4);
      momentOf(figure, 0.1, 4);
      expect(momentOf(figure, 3.2, 4)).toEqual(late);
      expect(Object.values(late).every(Number.isFinite)).toBe(true);
    }
  });

  it('takes a rider where its mount goes, whatever their heights', () => {
    const horse = { ...fox, motion: 'run' as const, height: 1.3 };
    const rider = {
      ...fox,
      height: 0.6,
      y: 0.8,
      motion: 'stand' as const,
      carried: { motion: 'run', height: 1.3 } as const,
    };
    for (let second = 0; second < 4; second += 0.3) {
      const [on, under] = [momentOf(rider, second, 4), momentOf(horse, second, 4)];
      expect(on.x).toBe(under.x);
      expect(on.lift).toBeCloseTo(under.lift + 0.8, 9);
      expect(on.stride).toBe(0);
    }
  });

  it('follows its own path later when it lags', () => {
    const behind = { ...fox, lag: 0.5 };
    expect(momentOf(behind, 2.5, 4).x).toBeCloseTo(momentOf(fox, 2, 4).x, 9);
  });
});
