/** Masked edits of films of many kinds through the whole engine, decoded by ffmpeg and compared with their input. */
import { join } from 'node:path';
import { expect } from 'vitest';
import { samplesOf } from '../../../ffmpeg/layPatches.ts';
import { probeFile } from '../../media/probe.node.ts';
import type { FakeEngine } from '../../testing/fakeEngine.node.ts';
import type { FileGeneration } from '../fileGeneration.ts';
import { drawShape, featherInwards, type Shape } from '../maskShapes.node.ts';
import { pictureSize } from '../pictureSize.ts';
import { runGenerationOnFiles } from '../standalone.node.ts';
import { decoded, differences, ffmpeg, filmSamples, makeFilm } from './films.node.ts';

/** What every request of these tests has. */
export const common = { prompt: 'a red ball', seed: 7, steps: 1, guidance: null, packId: null };
/** The mask, px of the shown picture. */
export const box = { kind: 'box', x: 90, y: 50, width: 101, height: 67 } as const;
/** Replaces what the mask covers. */
export const inpaint = (inputPath: string, outputPath: string, lossless: boolean): FileGeneration => ({
  ...common,
  action: 'inpaint',
  inputPath,
  outputPath,
  mask: box,
  featherPx: 8,
  edit: 'replace',
  lossless,
});

/** The mask as the command line's box covers the shown picture. */
export async function maskOver(width: number, height: number): Promise<Shape> {
  const fractions = { x: box.x / width, y: box.y / height, width: box.width / width, height: box.height / height };
  const shape = await drawShape({ kind: 'box', ...fractions, featherPx: 8 }, width, height, () => undefined);
  return featherInwards(shape, 8);
}

/** A film of filmSamples. */
export const named = (name: string) => filmSamples.find((sample) => sample.name === name)!;
const soundOf = (path: string) => ffmpeg('-i', path, '-map', '0:a', '-c', 'copy', '-f', 'md5', '-').toString();

/** Every frame is there, and not one sample outside the mask differs. */
export async function expectLosslessInpaint(
  fake: FakeEngine,
  name: string,
  ending: string,
  codec: string,
): Promise<void> {
  const input = makeFilm(named(name), fake.folder, 0.4, true);
  const output = join(fake.folder, `${name.replace(/\W+/g, '')}-edited.${ending}`);
  await runGenerationOnFiles(fake.engine, inpaint(input, output, true));
  const [own, written] = [(await probeFile(input)).video!, (await probeFile(output)).video!];
  const { width, height } = pictureSize(own);
  expect(written).toMatchObject({ codec, rate: own.rate, width, height, matrix: own.matrix, range: own.range });
  const format = samplesOf(own);
  const fullRange = own.range === 'pc' && format.model === 'yuv';
  const original = decoded(input, format, 0, 1000, fullRange);
  const edited = decoded(output, format, 0, 1000, fullRange);
  expect(edited.length).toBe(original.length);
  const found = differences(edited, original, format, await maskOver(width, height));
  expect(found.outside).toBe(0);
  expect(found.inside).toBeGreaterThan(found.frameCount * 1000);
  if (ending === 'mkv') expect(soundOf(output)).toBe(soundOf(input));
}

/** Without --lossless: in the film's own depth, chroma and colours. */
export async function expectUsualInpaint(fake: FakeEngine, name: string): Promise<void> {
  const input = makeFilm(named(name), fake.folder, 0.4, true);
  const output = join(fake.folder, `${name.replace(/\W+/g, '')}-usual.mp4`);
  await runGenerationOnFiles(fake.engine, inpaint(input, output, false));
  const [own, written] = [(await probeFile(input)).video!, (await probeFile(output)).video!];
  expect(written).toMatchObject({ pixelFormat: own.pixelFormat, rate: own.rate, matrix: own.matrix });
  expect(written.codec).toBe(own.pixelFormat === 'yuv420p' ? 'h264' : 'hevc');
}
