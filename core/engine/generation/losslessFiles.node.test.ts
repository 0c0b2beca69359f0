/** Compares the files of `inpaint`, `restyle` and `extend`, decoded by ffmpeg, with their input, sample by sample. */
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { samplesOf } from '../../ffmpeg/layPatches.ts';
import { probeFile } from '../media/probe.node.ts';
import { openFakeEngine, type FakeEngine } from '../testing/fakeEngine.node.ts';
import { drawShape, featherInwards, invert } from './maskShapes.node.ts';
import type { FileGeneration } from './fileGeneration.ts';
import { runGenerationOnFiles } from './standalone.node.ts';
import { decoded, differences, makeFilm, recipeOfPack } from './testing/films.node.ts';
import {
  box,
  common,
  expectLosslessInpaint,
  expectUsualInpaint,
  inpaint,
  maskOver,
  named,
} from './testing/losslessInpaint.node.ts';

let fake: FakeEngine;
beforeAll(async () => {
  fake = await openFakeEngine();
});
afterAll(() => fake.close());

describe('inpaint --lossless', () => {
  test.each([
    ['rotated', 'mkv', 'ffv1'],
    ['10 bit', 'mp4', 'hevc'],
  ])('%s into .%s: every frame is there, and not one sample outside the mask differs', (name, ending, codec) =>
    expectLosslessInpaint(fake, name, ending, codec),
  );

  test('what MP4 cannot hold without loss is refused before anything is made, with the ending that can', async () => {
    const input = makeFilm(named('ProRes with alpha'), fake.folder, 0.4, true);
    const output = join(fake.folder, 'no.mp4');
    await expect(runGenerationOnFiles(fake.engine, inpaint(input, output, true))).rejects.toMatchObject({
      failure: { code: 'badRequest', message: expect.stringContaining('.mkv') as string },
    });
  });
});

test('without --lossless 10 bit is encoded in its own depth, chroma and colours', () =>
  expectUsualInpaint(fake, '10 bit'));

test('a photograph keeps every pixel outside the mask, in 8 and 16 bits', async () => {
  for (const depth of ['uchar', 'ushort'] as const) {
    const input = join(fake.folder, `photo-${depth}.png`);
    const values = Float32Array.from(
      { length: 320 * 180 * 3 },
      (_, i) => ((i * 7919 + 13) % 65536) / (depth === 'uchar' ? 257 : 1),
    );
    const pixels = depth === 'uchar' ? Uint8Array.from(values) : Uint16Array.from(values);
    const drawn = sharp(pixels, { raw: { width: 320, height: 180, channels: 3 } });
    await (depth === 'uchar' ? drawn : drawn.toColourspace('rgb16'))
      .withExif({ IFD0: { ImageDescription: recipeOfPack } })
      .png()
      .toFile(input);
    const output = join(fake.folder, `photo-${depth}-edited.png`);
    await runGenerationOnFiles(fake.engine, inpaint(input, output, false));
    const read = async (path: string) => {
      const raw = await sharp(path)
        .toColourspace(depth === 'uchar' ? 'srgb' : 'rgb16')
        .raw({ depth })
        .toBuffer();
      return depth === 'uchar' ? raw : new Uint16Array(raw.buffer, raw.byteOffset, raw.length / 2);
    };
    const [original, edited] = [await read(input), await read(output)];
    const mask = await maskOver(320, 180);
    let [outside, inside] = [0, 0];
    for (let i = 0; i < original.length; i++) {
      if (original[i] === edited[i]) continue;
      if (mask.data[Math.floor(i / 3)] === 0) outside++;
      else inside++;
    }
    expect({ depth, outside }).toEqual({ depth, outside: 0 });
    expect(inside).toBeGreaterThan(5000);
  }
});

test('restyling the background keeps what the mask holds; extending keeps every frame of the input', async () => {
  const input = makeFilm(named('10 bit'), fake.folder, 0.4);
  const video = (await probeFile(input)).video!;
  const format = samplesOf(video);
  const original = decoded(input, format, 0, 1000);
  const restyled = join(fake.folder, 'background.mkv');
  const { edit: _, ...rest } = inpaint(input, restyled, true) as Extract<FileGeneration, { action: 'inpaint' }>;
  await runGenerationOnFiles(fake.engine, {
    ...rest,
    prompt: 'watercolour',
    action: 'restyle',
    scope: 'background',
    keepShapes: 0.5,
  });
  const shape = await drawShape(
    { kind: 'box', x: box.x / 320, y: box.y / 180, width: box.width / 320, height: box.height / 180, featherPx: 8 },
    320,
    180,
    () => undefined,
  );
  const changed = await featherInwards(invert(shape), 8);
  expect(differences(decoded(restyled, format, 0, 1000), original, format, changed)).toMatchObject({ outside: 0 });
  const longer = join(fake.folder, 'longer.mkv');
  await runGenerationOnFiles(fake.engine, {
    ...common,
    action: 'extend',
    inputPath: input,
    outputPath: longer,
    seconds: 0.5,
    direction: 'forward',
    lossless: true,
  });
  const all = decoded(longer, format, 0, 1000);
  expect(all.length).toBeGreaterThan(original.length);
  expect(all.subarray(0, original.length).equals(original)).toBe(true);
});
