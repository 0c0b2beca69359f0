import { existsSync } from 'node:fs';
import { link, readdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { FailureError } from '../../contract/errors.ts';
import { sentence } from '../../contract/sentence.ts';
import { ffmpeg } from '../../ffmpeg/testing/ffmpegWords.node.ts';
import { probeFile } from '../media/probe.node.ts';
import { openFakeEngine, type FakeEngine } from '../testing/fakeEngine.node.ts';
import { probeStreams } from '../../ffmpeg/ffprobe.node.ts';
import { secondsFromTicks } from '../../time/ticks.ts';
import type { FileGeneration } from './fileGeneration.ts';
import { runGenerationOnFiles } from './standalone.node.ts';
import { recipeOfPack } from './testing/films.node.ts';

let fake: FakeEngine;
let clip = '';
/** The same with the recipe of a model in it. */
let drawn = '';
const at = (name: string): string => join(fake.folder, name);

beforeAll(async () => {
  fake = await openFakeEngine();
  clip = at('clip.mp4');
  const inputs = ['testsrc2=size=320x180:rate=30:duration=1', 'sine=frequency=300:duration=1'];
  ffmpeg(
    ...inputs.flatMap((source) => ['-f', 'lavfi', '-i', source]),
    ...['-map', '0:v', '-map', '1:a', '-pix_fmt', 'yuv420p', '-colorspace', 'bt709', '-color_range', 'tv', clip],
  );
  drawn = at('drawn.mp4');
  ffmpeg('-i', clip, '-c', 'copy', '-metadata', `comment=${recipeOfPack}`, drawn);
});
afterAll(() => fake.close());

const common = { prompt: 'a red ball', seed: 7, steps: 2, guidance: null, packId: null };
const generate = (more: Partial<Extract<FileGeneration, { action: 'generate' }>> = {}): FileGeneration => ({
  ...common,
  action: 'generate',
  outputPath: at('out.mp4'),
  seconds: 0.5,
  firstFramePath: null,
  lastFramePath: null,
  referencePaths: [],
  size: null,
  ...more,
});
const inpaint = (more: Partial<Extract<FileGeneration, { action: 'inpaint' }>> = {}): FileGeneration => ({
  ...common,
  action: 'inpaint',
  inputPath: drawn,
  outputPath: at('inpainted.mp4'),
  mask: { kind: 'box', x: 80, y: 45, width: 160, height: 90 },
  featherPx: 8,
  edit: 'replace',
  ...more,
});
const refusal = (request: FileGeneration): Promise<string> =>
  runGenerationOnFiles(fake.engine, request).then(
    () => 'made',
    (error: Error) => error.message,
  );

describe('generation on files', () => {
  test('words become a video at the pack’s size and rate, its recipe inside', async () => {
    const steps: number[] = [];
    const result = await runGenerationOnFiles(fake.engine, generate(), {
      onProgress: (progress) => steps.push(progress.fraction),
    });
    expect(result).toMatchObject({
      outputPath: at('out.mp4'),
      files: [at('out.mp4')],
      device: 'CPU',
      seed: 7,
      rewrittenPrompt: 'red: a red ball',
    });
    const facts = await probeFile(at('out.mp4'));
    expect(facts.video).toMatchObject({
      width: 64,
      height: 36,
      rate: { num: 16, den: 1 },
      codec: 'h264',
      matrix: 'bt709',
    });
    expect(secondsFromTicks(facts.durationTicks)).toBeCloseTo(0.5, 3);
    const comment = (await probeStreams(at('out.mp4'))).tags['comment'] ?? '';
    expect(JSON.parse(comment)).toMatchObject({
      framewright: {
        action: 'generate',
        prompt: 'a red ball',
        seed: 7,
        pack: { id: 'fake', version: '1.0.0' },
        versions: { provider: 'cpu' },
      },
    });
    expect(steps).toEqual([...steps].sort((a, b) => a - b));
    expect(
      await readdir(join(fake.folder, 'home/scratch', (await readdir(join(fake.folder, 'home/scratch')))[0] ?? '')),
    ).toEqual([]);
  });

  test('a .png is one picture, at the size asked for', async () => {
    await runGenerationOnFiles(fake.engine, generate({ outputPath: at('one.png'), size: { width: 128, height: 72 } }));
    const picture = await sharp(at('one.png')).metadata();
    expect(picture).toMatchObject({ format: 'png', width: 128, height: 72 });
    expect(picture.exif?.toString('latin1')).toContain('"action":"generate"');
    const { data } = await sharp(at('one.png')).raw().toBuffer({ resolveWithObject: true });
    expect([...data.subarray(0, 3)]).toEqual([220, 30, 40]);
  });

  test('inpainting keeps the source’s size, rate, length and sound; the inside is new', async () => {
    await runGenerationOnFiles(fake.engine, inpaint());
    const facts = await probeFile(at('inpainted.mp4'));
    expect(facts.video).toMatchObject({ width: 320, height: 180, rate: { num: 30, den: 1 } });
    expect(facts.audio).not.toBeNull();
    expect(secondsFromTicks(facts.durationTicks)).toBeCloseTo(1, 1);
    const frame = at('frame.png');
    ffmpeg('-i', at('inpainted.mp4'), '-frames:v', '1', '-update', '1', frame);
    const { data, info } = await sharp(frame).removeAlpha().raw().toBuffer({ resolveWithObject: true });
    const middle = (90 * info.width + 160) * 3;
    expect(Math.abs((data[middle] ?? 0) - 220)).toBeLessThan(8);
    expect(Math.abs((data[middle + 1] ?? 0) - 30)).toBeLessThan(8);
  });

  test('a mask of another size is scaled; one of another shape is refused, with both named', async () => {
    await sharp({ create: { width: 160, height: 90, channels: 3, background: '#fff' } })
      .png()
      .toFile(at('small.png'));
    await runGenerationOnFiles(
      fake.engine,
      inpaint({ mask: { kind: 'file', path: at('small.png') }, outputPath: at('masked.mp4') }),
    );
    expect((await probeFile(at('masked.mp4'))).video).toMatchObject({ width: 320, height: 180 });
    await sharp({ create: { width: 100, height: 100, channels: 3, background: '#fff' } })
      .png()
      .toFile(at('square.png'));
    const square = runGenerationOnFiles(
      fake.engine,
      inpaint({ mask: { kind: 'file', path: at('square.png') }, outputPath: at('not.mp4') }),
    );
    await expect(square).rejects.toMatchObject({
      failure: {
        code: 'badRequest',
        message: 'square.png is 100x100, drawn.mp4 320x180: a mask must have the shape of its picture.',
      },
    });
  });

  test('a mask may be a video', async () => {
    ffmpeg('-f', 'lavfi', '-i', 'color=white:s=160x90:r=10:d=1', '-pix_fmt', 'yuv420p', at('mask.mp4'));
    await runGenerationOnFiles(
      fake.engine,
      inpaint({ mask: { kind: 'file', path: at('mask.mp4') }, outputPath: at('moving.mp4') }),
    );
    expect((await probeFile(at('moving.mp4'))).video).toMatchObject({ width: 320, height: 180 });
  });

  test.each(['forward', 'backward'] as const)(
    'extending %s gives the input and the new part, with sound',
    async (direction) => {
      await runGenerationOnFiles(fake.engine, {
        ...common,
        action: 'extend',
        inputPath: clip,
        outputPath: at(`${direction}.mp4`),
        seconds: 0.5,
        direction,
      });
      const facts = await probeFile(at(`${direction}.mp4`));
      expect(facts.video).toMatchObject({ width: 320, height: 180, rate: { num: 30, den: 1 } });
      expect(secondsFromTicks(facts.durationTicks)).toBeCloseTo(1.5, 1);
      expect(facts.audio).not.toBeNull();
    },
  );

  test('restyling footage keeps size, rate and length, and says which words chose the look', async () => {
    const result = await runGenerationOnFiles(fake.engine, {
      ...common,
      prompt: 'dreamy watercolour',
      action: 'restyle',
      inputPath: clip,
      outputPath: at('styled.mp4'),
      keepShapes: 0.7,
      scope: 'everything',
      mask: null,
      featherPx: 0,
    });
    const facts = await probeFile(at('styled.mp4'));
    expect(facts.video).toMatchObject({ width: 320, height: 180, rate: { num: 30, den: 1 }, frameCount: 30 });
    expect(result).toMatchObject({
      rewrittenPrompt: 'watercolour',
      usedWords: ['watercolour'],
      unknownWords: ['dreamy'],
      recipe: { method: { id: 'look', version: 4 }, looks: ['watercolour'] },
    });
    expect(result.recipe).not.toHaveProperty('pack');
  });

  test('words that name no look of footage are refused with the list', async () => {
    const asked = runGenerationOnFiles(fake.engine, {
      ...common,
      prompt: 'like van Gogh',
      action: 'restyle',
      inputPath: clip,
      outputPath: at('refused.mp4'),
      keepShapes: 0.7,
      scope: 'everything',
      mask: null,
      featherPx: 0,
    });
    await expect(asked).rejects.toThrow(/No look is called “like van Gogh”.*watercolour, oil painting, pencil/);
  });

  test('a soundtrack is mixed under the picture, its stems beside', async () => {
    const result = await runGenerationOnFiles(fake.engine, {
      ...common,
      action: 'soundtrack',
      inputPath: clip,
      outputPath: at('with.mp4'),
      stems: ['ambience', 'music'],
      stemsFolder: at('stems'),
      tempoBpm: null,
      hitSeconds: [0.5],
    });
    expect(result.files).toEqual([at('with.mp4'), at('stems/ambience.wav'), at('stems/music.wav')]);
    const stem = await probeFile(at('stems/music.wav'));
    expect(stem.audio).toMatchObject({ sampleRateHz: 48000, channels: 2 });
    expect(secondsFromTicks(stem.durationTicks)).toBeCloseTo(
      secondsFromTicks((await probeFile(clip)).durationTicks),
      2,
    );
    expect((await probeFile(at('with.mp4'))).video).toMatchObject({ codec: 'h264' });
    await runGenerationOnFiles(fake.engine, {
      ...common,
      action: 'soundtrack',
      inputPath: clip,
      outputPath: at('only.wav'),
      stems: ['foley'],
      stemsFolder: null,
      tempoBpm: null,
      hitSeconds: [],
    });
    expect((await probeFile(at('only.wav'))).kind).toBe('audio');
  });

  test('what cannot be is refused with one sentence, and nothing is written', async () => {
    expect(await refusal(generate({ prompt: 'x'.repeat(10_000) }))).toBe(
      'The prompt has 10,000 characters; at most 2,000 are read. Please shorten it.',
    );
    expect(await refusal(generate({ prompt: ' ' }))).toBe('Describe the shot, or give a picture to start from.');
    expect(await refusal(generate({ upscale: 4 }))).toBe(
      'This model pack has no upscaler: it generates clips at its own size only.',
    );
    expect(await refusal(generate({ outputPath: at('out.gif') }))).toBe(
      'out.gif: this result is written as .mp4, .png.',
    );
    expect(await refusal(generate({ outputPath: '/nowhere/at/all/out.mp4' }))).toBe(
      'The folder /nowhere/at/all does not exist.',
    );
    expect(await refusal(generate({ packId: 'wan' }))).toBe("The model pack 'wan' is not installed. Installed: fake.");
    expect(await refusal(inpaint({ inputPath: at('gone.mp4') }))).toMatch(/gone\.mp4/);
    expect(await refusal(inpaint({ mask: { kind: 'box', x: 400, y: 0, width: 10, height: 10 } }))).toBe(
      'The box 400,0,10,10 lies outside drawn.mp4, which is 320x180.',
    );
    await sharp({ create: { width: 32, height: 18, channels: 3, background: '#000' } })
      .png()
      .toFile(at('black.png'));
    expect(await refusal(inpaint({ mask: { kind: 'file', path: at('black.png') }, outputPath: at('never.mp4') }))).toBe(
      'The mask does not cover any of the picture: paint over what should change.',
    );
    await writeFile(at('words.mp4'), 'not a video');
    expect(await refusal(inpaint({ inputPath: at('words.mp4'), outputPath: at('never.mp4') }))).toMatch(/words\.mp4/);
    expect(existsSync(at('never.mp4'))).toBe(false);
  });

  test('a child that dies is tried once more, then said; cancelling is quick and leaves nothing', async () => {
    const notices: string[] = [];
    await expect(
      runGenerationOnFiles(fake.engine, generate({ prompt: 'crash', outputPath: at('crash.mp4') }), {
        onNotice: (sentence) => notices.push(sentence),
      }),
    ).rejects.toMatchObject({ failure: { code: 'inferenceFailed' } });
    expect(notices).toEqual(['The inference process ended unexpectedly (SIGKILL). Trying once more.']);

    const controller = new AbortController();
    const running = runGenerationOnFiles(fake.engine, generate({ prompt: 'block', outputPath: at('cancelled.mp4') }), {
      signal: controller.signal,
      onProgress: (progress) => progress.stage === 'denoise' && setTimeout(() => controller.abort(), 50),
    });
    await expect(running).rejects.toMatchObject({ failure: { code: 'cancelled' } });
    expect(existsSync(at('cancelled.mp4'))).toBe(false);
    expect(fake.engine.inference.childPids()).toEqual([]);
  });

  test('looks and removals on footage need no pack; what a model makes does', async () => {
    const missing = new FailureError('packMissing', sentence('pack.noVideoPack'));
    const packs = { ...fake.engine.packs, firstWith: () => Promise.reject(missing) };
    const engine = { ...fake.engine, packs };
    const tiny = at('tiny.mkv');
    ffmpeg('-f', 'lavfi', '-i', 'testsrc2=size=64x36:rate=10:duration=0.3', '-c:v', 'ffv1', tiny);
    const mask = { kind: 'box' as const, x: 20, y: 10, width: 12, height: 8 };
    const files = { inputPath: tiny, outputPath: at('removed-tiny.mkv'), mask };
    const removed = await runGenerationOnFiles(engine, inpaint({ ...files, prompt: '', edit: 'remove' }));
    expect(removed.recipe).toMatchObject({ method: { id: 'plate' }, packs: [] });
    await expect(runGenerationOnFiles(engine, inpaint({ outputPath: files.outputPath }))).rejects.toBe(missing);
    await expect(runGenerationOnFiles(engine, inpaint({ ...files, edit: 'replace' }))).rejects.toMatchObject({
      failure: { sentence: { key: 'add.needsPicture' } },
    });
  });

  test('a removal cancelled in the middle ends its child at once and leaves nothing', async () => {
    const before = await readdir(fake.folder);
    const controller = new AbortController();
    const fractions: number[] = [];
    const outputPath = at('removed.mkv');
    const running = runGenerationOnFiles(fake.engine, inpaint({ inputPath: clip, edit: 'remove', outputPath }), {
      signal: controller.signal,
      onProgress: ({ stage, fraction }) => {
        if (stage !== 'fill') return;
        fractions.push(fraction);
        controller.abort();
      },
    });
    await expect(running).rejects.toMatchObject({ failure: { code: 'cancelled' } });
    expect(fractions.length).toBeGreaterThan(0);
    expect(fractions.at(-1)).toBeLessThan(0.9);
    expect(fake.engine.inference.childPids()).toEqual([]);
    expect(await readdir(fake.folder)).toEqual(before);
    const scratch = at('home/scratch');
    for (const session of await readdir(scratch)) expect(await readdir(join(scratch, session))).toEqual([]);
  });

  test('no result replaces what is read, under any name, nor another result', async () => {
    expect(await refusal(inpaint({ inputPath: clip, outputPath: clip }))).toBe(
      `'${clip}' is not written: it is '${clip}', an input of this command. Choose another name.`,
    );
    await symlink(clip, at('link.mp4'));
    await link(clip, at('second.mp4'));
    for (const name of ['link.mp4', 'second.mp4'])
      expect(await refusal(inpaint({ inputPath: clip, outputPath: at(name) }))).toContain('an input of this command');
    expect(await refusal(inpaint({ inputPath: clip, outputPath: at('cache/x.mp4') }))).toContain("Framewright's cache");
    expect(await refusal(generate({ outputPath: at('a.png'), referencePaths: [at('a.png')] }))).toContain('an input');
    expect(
      await refusal(inpaint({ inputPath: clip, outputPath: at('m.mp4'), mask: { kind: 'file', path: at('m.mp4') } })),
    ).toContain('an input');
    const soundtrack = (more: object): FileGeneration => ({
      ...common,
      action: 'soundtrack',
      inputPath: clip,
      outputPath: at('scored.wav'),
      stems: ['foley'],
      stemsFolder: null,
      tempoBpm: null,
      hitSeconds: [],
      ...more,
    });
    expect(await refusal(soundtrack({ outputPath: at('foley.wav'), stemsFolder: at('') }))).toContain('another result');
    expect(await refusal(soundtrack({ inputPath: at('foley.wav'), stemsFolder: at('') }))).toContain('an input');
    const part = { stemPath: at('foley.wav'), fromSeconds: 0, toSeconds: 1 };
    expect(await refusal(soundtrack({ outputPath: at('foley.wav'), part }))).toContain('an input');
    expect(await readdir(fake.folder)).not.toContain('scored.wav');
  });
});
