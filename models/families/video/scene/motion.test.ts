import { describe, expect, it } from 'vitest';
import fixture from './motion.fixture.json' with { type: 'json' };
import { cameras, momentsOf, placementAt, secondsUntilRest, type PlacedFigure } from './motion.ts';

const aspect = 256 / 144;
const walker: PlacedFigure = { motion: 'walk', way: 1, x: 0, foot: 0.86, height: 0.4, aspect: 1, phase: 0, reach: 0.5, legged: true, waves: false, grounded: true, airborne: false, lag: 0 };

/** Where the picture's middle falls, in frame heights from the frame's middle. */
function middleX(placement: readonly number[]): number {
  const [, a, b, c, d, e, f] = placement as [number, number, number, number, number, number, number];
  return (((0 - c) * e - (0 - f) * b) / (a * e - b * d)) * (aspect / 2);
}

describe('motion', () => {
  it.each(fixture.cases)("puts a figure where the world's renderer does: $figure.motion, camera $camera", ({ figure, camera, placements }) => {
    const made = [0, 5, 16].map((frame) => placementAt(figure as PlacedFigure, frame / 16, fixture.duration, cameras[camera]!, aspect));
    made.forEach((placement, i) => placement.forEach((value, j) => expect(value).toBeCloseTo(placements[i]![j]!, 2)));
  });

  it('keeps a walker within its reach however long the clip is, and turns it at the ends', () => {
    const places = Array.from({ length: 960 }, (_, frame) => placementAt(walker, frame / 16, 60, cameras['still']!, aspect));
    const xs = places.map(middleX);
    expect(Math.max(...xs)).toBeLessThan(0.52);
    expect(Math.min(...xs)).toBeGreaterThan(-0.52);
    expect(Math.max(...xs) - Math.min(...xs)).toBeGreaterThan(0.9);
    // The sign of the map's first number is the way it looks.
    expect(places.some(([, a]) => a! > 0) && places.some(([, a]) => a! < 0)).toBe(true);
  });

  it.each(Object.keys(cameras).filter((name) => name !== 'still' && Number.isFinite(secondsUntilRest(cameras[name]!))))('rests when it is said to: %s', (name) => {
    const camera = cameras[name]!;
    const standing: PlacedFigure = { ...walker, motion: 'stand' };
    // Width and height on the screen, and where it is, without the breath (two seconds long).
    const seen = (t: number): number[] => placementAt(standing, t, 20, camera, aspect).slice(1, 7).map((value) => Number(value.toFixed(6)));
    const rest = Math.ceil(secondsUntilRest(camera) / 2) * 2;
    expect(seen(rest + 2)).toEqual(seen(rest));
    expect(seen(secondsUntilRest(camera) / 2)).not.toEqual(seen(rest));
  });

  it('names the frames of a latent', () => {
    expect([0, 1, 2].map(momentsOf)).toEqual([[0, 0], [1, 4], [5, 8]]);
  });
});
