import { describe, expect, it } from 'vitest';
import { groundDistance, homeView, project } from './camera.ts';
import { cameraMoves, viewAt } from './cameraMoves.ts';

describe('the camera', () => {
  it('finds the distance of the ground again from where it is projected', () => {
    for (const z of [2.4, 3, 7, 40]) expect(groundDistance(homeView, project(homeView, 0.3, 0, z).y)).toBeCloseTo(z, 9);
  });

  it('moves every row of the ground by its depth when it moves sideways: a shear', () => {
    const moved = { ...homeView, x: 0.4 };
    for (const z of [2.4, 5, 20]) {
      const before = project(homeView, 1, 0, z);
      const after = project(moved, 1, 0, z);
      expect(after.y).toBe(before.y);
      expect(after.x - before.x).toBeCloseTo((-0.4 / homeView.y) * (before.y - homeView.horizon), 9);
    }
  });

  it('moves without jumps, whatever the length of the shot', () => {
    for (const move of cameraMoves)
      for (const duration of [0.5, 5, 60])
        for (let second = 0; second < duration; second += 0.25) {
          const before = viewAt(move, second, duration);
          const after = viewAt(move, second + 1 / 240, duration);
          expect(Math.abs(after.x - before.x)).toBeLessThan(0.01);
          expect(Math.abs(after.zoom - before.zoom)).toBeLessThan(0.01);
        }
  });
});
