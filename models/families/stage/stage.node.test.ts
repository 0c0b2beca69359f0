import { describe, expect, it } from 'vitest';
import { lightDrawing, rasterise } from './figures/drawing.node.ts';
import { createDrawingPerformer } from './figures/performer.node.ts';
import { placeNames } from './places/places.ts';
import type { StageFigure, StageScene } from './scene.ts';
import { prepareStage, type Engage, type Stage } from './stage.node.ts';

const ball = Buffer.from(
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8"><circle cx="4" cy="4" r="4" fill="#e33"/></svg>',
);
const engage: Engage = (figure, light, height) =>
  createDrawingPerformer(
    lightDrawing(rasterise(ball, Math.max(8, height)), light, figure.z, { mirrored: figure.way < 0, recolour: null }),
    false,
  );
const figure: StageFigure = {
  name: 'ball',
  colour: '',
  wears: '',
  tone: 0,
  height: 0.6,
  motion: 'stand',
  way: 1,
  x: 0.4,
  z: 3,
  y: 0,
  phase: 0,
  reach: 2,
  lag: 0,
};
const scene: StageScene = {
  version: 1,
  seed: 3,
  place: 'meadow',
  time: 'day',
  weather: 'snowfall',
  camera: 'still',
  duration: 2,
  figures: [figure],
};
const size = { width: 128, height: 72 };
const bytes = (stage: Stage, seconds: number): Buffer => Buffer.from(stage.draw(seconds).canvas.data());

describe('the stage', () => {
  it('draws the same scene the same, in any order of its frames', () => {
    const one = prepareStage({ ...scene, camera: 'pan left' }, size, engage);
    const late = bytes(one, 1.5);
    bytes(one, 0);
    expect(bytes(one, 1.5).equals(late)).toBe(true);
    expect(bytes(prepareStage({ ...scene, camera: 'pan left' }, size, engage), 1.5).equals(late)).toBe(true);
  });

  it('leaves what an edit does not touch byte for byte', () => {
    const before = bytes(prepareStage(scene, size, engage), 1);
    const other: StageFigure = { ...figure, name: 'other', height: 0.3, x: -1.3 };
    const after = bytes(prepareStage({ ...scene, figures: [figure, other] }, size, engage), 1);
    const changed: number[] = [];
    for (let at = 0; at < before.length; at += 4)
      if (before.readInt32LE(at) !== after.readInt32LE(at)) changed.push((at / 4) % size.width);
    expect(changed.length).toBeGreaterThan(0);
    expect(Math.max(...changed)).toBeLessThan(size.width / 2);
  });

  it('cuts what is in the water at its waterline', () => {
    const small = { width: 64, height: 36 };
    const of = (figures: StageFigure[]): Buffer =>
      bytes(prepareStage({ ...scene, place: 'sea', weather: 'clear', figures }, small, engage), 0);
    const bare = of([]);
    const redPixels = (shown: StageFigure): number => {
      const frame = of([shown]);
      let count = 0;
      for (let at = 0; at < bare.length; at += 4) if (frame[at]! - bare[at]! > 60) count++;
      return count;
    };
    const onRaft = { ...figure, carried: { motion: 'stand', height: 1 } } as const;
    expect(redPixels(figure)).toBeGreaterThan(10);
    expect(redPixels(figure)).toBeLessThan(0.95 * redPixels(onRaft));
  });

  it('paints every place wholly: no pixel stays empty', () => {
    for (const place of placeNames) {
      const frame = bytes(prepareStage({ ...scene, place, figures: [], weather: 'clear' }, size, engage), 0);
      for (let at = 3; at < frame.length; at += 4)
        if (frame[at] !== 255) throw new Error(`${place}: pixel ${at >> 2} is not opaque.`);
    }
  });
});
