import { describe, expect, it } from 'vitest';
import fixture from './motion.fixture.json' with { type: 'json' };
import { cameraAt, cameras, secondsUntilRest } from './camera.ts';
import type { PlacedFigure } from './motion.ts';
import { momentsOf, placementAt } from './placement.ts';

const aspect = 256 / 144;
const walker: PlacedFigure = {
  motion: 'walk',
  way: 1,
  x: 0,
  foot: 0.86,
  height: 0.4,
  aspect: 1,
  phase: 0,
  reach: 0.5,
  legged: true,
  waves: false,
  grounded: true,
  airborne: false,
  lag: 0,
};

/** Where the picture's middle falls, in frame heights from the frame's middle. */
function middleX(placement: readonly number[]): number {
  const [, a, b, c, d, e, f] = placement as [number, number, number, number, number, number, number];
  return (((0 - c) * e - (0 - f) * b) / (a * e - b * d)) * (aspect / 2);
}

describe('motion', () => {
  it.each(fixture.cases)(
    "puts a figure where the world's renderer does: $figure.motion, camera $camera",
    ({ figure, camera, placements }) => {
      const made = [0, 5, 16].map((frame) =>
        placementAt(figure as PlacedFigure, frame / 16, fixture.duration, cameras[camera]!, aspect),
      );
      made.forEach((placement, i) => placement.forEach((value, j) => expect(value).toBeCloseTo(placements[i]![j]!, 2)));
    },
  );

  it('keeps a walker within its reach however long the clip is, and turns it at the ends', () => {
    const places = Array.from({ length: 960 }, (_, frame) =>
      placementAt(walker, frame / 16, 60, cameras['still']!, aspect),
    );
    const xs = places.map(middleX);
    expect(Math.max(...xs)).toBeLessThan(0.52);
    expect(Math.min(...xs)).toBeGreaterThan(-0.52);
    expect(Math.max(...xs) - Math.min(...xs)).toBeGreaterThan(0.9);
    // The sign of the map's first number is the way it looks.
    expect(places.some(([, a]) => a! > 0) && places.some(([, a]) => a! < 0)).toBe(true);
  });

  it.each(Object.keys(cameras).filter((name) => name !== 'still' && Number.isFinite(secondsUntilRest(cameras[name]!))))(
    'rests at the time that secondsUntilRest gives: %s',
    (name) => {
      const camera = cameras[name]!;
      const standing: PlacedFigure = { ...walker, motion: 'stand' };
      // Width and height on the screen, and where it is, without the breath (two seconds long).
      const seen = (t: number): number[] =>
        placementAt(standing, t, 20, camera, aspect)
          .slice(1, 7)
          .map((value) => Number(value.toFixed(6)));
      const rest = Math.ceil(secondsUntilRest(camera) / 2) * 2;
      expect(seen(rest + 2)).toEqual(seen(rest));
      expect(seen(secondsUntilRest(camera) / 2)).not.toEqual(seen(rest));
    },
  );

  it("looks where the world's renderer does, in clips of a second", () => {
    // models/training/world/render.py, _camera, at .25 s of a camera that begins in the middle
    const there: Record<string, number[]> = {
      still: [1, 0, 0, 1, 0],
      'pan left': [1, 0.04, 0, 1, 0],
      'pan right': [1, -0.04, 0, 1, 0],
      'push in': [1, 0, 0, 1.03, 0],
      'pull out': [1, 0, 0, 1.21, 0],
      'tilt up': [1, 0, 0.03, 1.15, 0],
      'tilt down': [1, 0, -0.03, 1.15, 0],
      shake: [1, 0.012 * Math.sin(23 / 4) + 0.008 * Math.sin(37 / 4), 0.012 * Math.sin(29 / 4 + 1), 1.06, 0],
      roll: [1, 0, 0, 1.16, 0.07 * Math.sin((2 * Math.PI * 0.25) / 2.4)],
    };
    for (const [name, camera] of Object.entries(cameras))
      cameraAt(camera, 0.25, 1.06).forEach((value, i) => expect(value).toBeCloseTo(there[name]![i]!, 6));
  });

  it('leaves the camera at its last view once it has come to rest', () => {
    for (const camera of Object.values(cameras)) {
      const rest = secondsUntilRest(camera);
      if (rest === Infinity) continue;
      expect(cameraAt(camera, rest + 40, 60).map((value) => value.toFixed(9))).toEqual(
        cameraAt(camera, rest, 60).map((value) => value.toFixed(9)),
      );
    }
    expect(cameraAt(cameras['pan left']!, 60, 60)[1]).toBeCloseTo(-0.5 + 0.08);
    expect(cameraAt(cameras['push in']!, 60, 60)[3]).toBe(1.5);
  });

  it('names the frames of a latent', () => {
    expect([0, 1, 2].map(momentsOf)).toEqual([
      [0, 0],
      [1, 4],
      [5, 8],
    ]);
  });
});
