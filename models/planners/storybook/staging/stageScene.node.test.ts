import { readFile } from 'node:fs/promises';
import { beforeAll, describe, expect, it } from 'vitest';
import { project, homeView } from '../../../families/stage/camera.ts';
import { figureEntrySchema } from '../../../families/stage/figures/entry.ts';
import { placeNames, placeOf } from '../../../families/stage/places/places.ts';
import type { StageScene } from '../../../families/stage/scene.ts';
import { readCast, type Cast } from '../cast.ts';
import { readScene } from '../reading/readScene.ts';
import { stageSceneOf } from './stageScene.ts';

let cast: Cast;
beforeAll(async () => {
  cast = readCast(await readFile('models/packs/starter/video/cast.json', 'utf8'));
});

const sceneOf = (words: string, seed = 1): StageScene =>
  stageSceneOf(readScene(words, cast, { isFresh: true }), cast, { seed, aspect: 16 / 9, duration: 5 });

describe('a sentence as a scene of the stage', () => {
  it('names who, where, when, the weather and the camera', () => {
    expect(
      sceneOf('a fox runs to the left through the forest at night in the rain, the camera pans left'),
    ).toMatchObject({
      place: 'forest',
      time: 'night',
      weather: 'rain',
      camera: 'pan left',
      figures: [{ name: 'fox', motion: 'run', way: -1 }],
    });
  });

  it('takes a meadow by day where nothing is said', () => {
    expect(sceneOf('a panda')).toMatchObject({ place: 'meadow', time: 'day', weather: 'clear', camera: 'still' });
  });

  it('keeps figures within the frame, on the ground', () => {
    for (const words of ['an elephant and a mouse', 'a cat, a dog and a rabbit in a room', 'a fox on a horse'])
      for (let seed = 0; seed < 20; seed++)
        for (const { height, x, y, z } of sceneOf(words, seed).figures) {
          const foot = project(homeView, x, y, z);
          expect(Math.abs(foot.x)).toBeLessThan(16 / 18);
          expect(foot.y).toBeLessThan(0.5);
          expect(foot.y - height * foot.scale).toBeGreaterThan(-0.6);
        }
  });

  it('seats a figure on another: at its depth, between its feet and its top, going where it goes', () => {
    for (let seed = 0; seed < 20; seed++) {
      const { figures } = sceneOf('a fox on a horse that runs', seed);
      const [horse, fox] = ['horse', 'fox'].map((name) => figures.find((figure) => figure.name === name)!);
      expect(fox!.z).toBeCloseTo(horse!.z, 1);
      expect(fox!.y).toBeGreaterThan(0.3 * horse!.height);
      expect(fox!.y).toBeLessThan(horse!.height);
      expect(fox!.x).toBe(horse!.x);
      expect(fox!.carried).toEqual({ motion: horse!.motion, height: horse!.height });
    }
  });

  it('puts who swims at a shore into the water', () => {
    const [duck] = sceneOf('a duck swims on a lake').figures;
    expect(duck).toMatchObject({ motion: 'swim', y: 0 });
    expect(duck!.z).toBeGreaterThan(placeOf('lake').water!.near);
  });

  it('has a place of its own for every place of the pack, and a drawing for all but three of its names', async () => {
    expect(cast.places.map(({ name }) => name).filter((name) => !placeNames.some((known) => known === name))).toEqual(
      [],
    );
    const figures = figureEntrySchema.array().parse(JSON.parse(await readFile('assets/stage/figures.json', 'utf8')));
    const drawn = new Set(figures.map(({ name }) => name));
    expect(cast.entries.map(({ name }) => name).filter((name) => !drawn.has(name))).toEqual([
      'programmer',
      'game pad',
      'joystick',
    ]);
  });
});
