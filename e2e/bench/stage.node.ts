/** Frames of the stage measured in this process: sharpness against a larger drawing, and stillness of what is still. */
import { join } from 'node:path';
import sharp from 'sharp';
import { openFigures } from '../../core/engine/stage/openFigures.node.ts';
import { engageFrom } from '../../models/families/stage/figures/engage.node.ts';
import { placeOf, type PlaceName } from '../../models/families/stage/places/places.ts';
import type { StageScene } from '../../models/families/stage/scene.ts';
import { prepareStage, type Stage } from '../../models/families/stage/stage.node.ts';

const scenes: readonly (readonly [place: PlaceName, time: StageScene['time'], name: string])[] = [
  ['meadow', 'day', 'panda'],
  ['snow', 'sunset', 'fox'],
  ['city', 'night', 'doctor'],
  ['room', 'day', 'cat'],
  ['beach', 'day', 'elephant'],
  ['underwater', 'day', 'tropical fish'],
];

const sceneOf = (place: PlaceName, time: StageScene['time'], name: string | null): StageScene => ({
  ...{ version: 1, seed: 11, place, time, weather: 'clear', camera: 'still', duration: 5 },
  figures: name
    ? [
        {
          ...{ name, colour: '', wears: '', tone: 0, height: 1, motion: 'walk', way: 1, x: 0, z: 3.1, y: 0 },
          ...{ phase: 0.2, reach: 2, lag: 0 },
        },
      ]
    : [],
});

async function stageOf(scene: StageScene, height: number, figuresFolder: string): Promise<Stage> {
  const props = (placeOf(scene.place).props?.(scene.seed) ?? []).map(({ name }) => ({ name, tone: 0, wears: '' }));
  const figures = await openFigures(figuresFolder, [...scene.figures, ...props]);
  const size = { width: (height * 16) / 9, height };
  return prepareStage(
    scene,
    size,
    engageFrom(figures.entries, (drawing) => figures.svgOf(drawing)),
  );
}

/** Variance of the Laplacian of brightness. */
async function sharpness(rgba: Buffer, width: number, height: number, to: number): Promise<number> {
  const picture = sharp(rgba, { raw: { width, height, channels: 4 } }).removeAlpha();
  const sized = height === to ? picture : picture.resize({ height: to, kernel: 'lanczos3' });
  const { data, info } = await sized.greyscale().raw().toBuffer({ resolveWithObject: true });
  let sum = 0;
  let squares = 0;
  let count = 0;
  for (let y = 1; y < info.height - 1; y++)
    for (let x = 1; x < info.width - 1; x++) {
      const at = y * info.width + x;
      const value = data[at - 1]! + data[at + 1]! + data[at - info.width]! + data[at + info.width]! - 4 * data[at]!;
      sum += value;
      squares += value * value;
      count += 1;
    }
  return squares / count - (sum / count) ** 2;
}

/** Ratio of sharpness for each scene, 720 rows over 1440 rows reduced. */
export async function sharpnessRatios(projectRoot: string): Promise<{ place: string; ratio: number }[]> {
  const ratios = [];
  for (const [place, time, name] of scenes) {
    const scene = sceneOf(place, time, name);
    const own = (await stageOf(scene, 720, join(projectRoot, 'assets/stage'))).draw(1.3);
    const large = (await stageOf(scene, 1440, join(projectRoot, 'assets/stage'))).draw(1.3);
    const bytes = (surface: typeof own): Buffer => Buffer.from(surface.canvas.data());
    const small = await sharpness(bytes(own), own.width, own.height, 720);
    ratios.push({ place, ratio: small / (await sharpness(bytes(large), large.width, large.height, 720)) });
  }
  return ratios;
}

/** Largest change of a sample between frames of a place where nothing moves: indoors, without figures. */
export async function stillness(projectRoot: string): Promise<number> {
  const stage = await stageOf(sceneOf('room', 'day', null), 360, join(projectRoot, 'assets/stage'));
  const first = Buffer.from(stage.draw(0).canvas.data());
  let most = 0;
  for (let frame = 1; frame < 24; frame++) {
    const next = stage.draw(frame / 24).canvas.data();
    for (let at = 0; at < first.length; at++) most = Math.max(most, Math.abs(first[at]! - next[at]!));
  }
  return most;
}
