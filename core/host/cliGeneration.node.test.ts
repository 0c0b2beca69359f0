/**
 * The AI actions from the command line, with the starter pack's real graphs: few steps, since it is the way that is
 * tested. One command is the built program's; the others share this process and its loaded models.
 */
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import sharp from 'sharp';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { answerOf, buildHost, execute, framewright as runBuilt } from './testing/builtCli.node.ts';
import { openCommandLine, type CommandLine } from './testing/commandLine.node.ts';
import { isLong } from '../time/testing/longTests.node.ts';

let folder: string;
let commandLine: CommandLine;
const framewright = (args: readonly string[]) => commandLine.run(args);
const built = (args: readonly string[], options?: Parameters<typeof runBuilt>[2]) => runBuilt(folder, args, options);

interface Streams {
  readonly streams: {
    codec_type: string;
    width?: number;
    height?: number;
    nb_read_frames?: string;
    sample_rate?: string;
    channels?: number;
    duration?: string;
  }[];
  readonly format: { duration: string; tags?: Record<string, string> };
}

async function probe(name: string): Promise<Streams> {
  const { stdout } = await execute('ffprobe', [
    '-v',
    'error',
    '-count_frames',
    '-show_streams',
    '-show_format',
    '-of',
    'json',
    join(folder, name),
  ]);
  return JSON.parse(stdout) as Streams;
}

beforeAll(async () => {
  await buildHost();
  folder = await mkdtemp(join(tmpdir(), 'framewright-cli-ai-'));
  await execute('ffmpeg', [
    '-v',
    'error',
    '-f',
    'lavfi',
    '-i',
    'testsrc2=s=320x180:r=25:d=1',
    '-f',
    'lavfi',
    '-i',
    'sine=d=1',
    '-pix_fmt',
    'yuv420p',
    '-shortest',
    join(folder, 'walk.mp4'),
  ]);
  await execute('ffmpeg', [
    '-v',
    'error',
    '-f',
    'lavfi',
    '-i',
    'color=red:s=320x180',
    '-frames:v',
    '1',
    join(folder, 'first.png'),
  ]);
  commandLine = await openCommandLine(folder);
});
afterAll(async () => {
  await commandLine.close();
  await rm(folder, { recursive: true, force: true });
});

/** Of the decoded frames. */
const hash = async (name: string): Promise<string> =>
  (await execute('ffmpeg', ['-v', 'error', '-i', join(folder, name), '-f', 'md5', '-'])).stdout;

describe('generate', () => {
  it('draws a clip at full size from words, the same for the same seed, with its scene in the recipe', async () => {
    const args = ['generate', 'a panda dances on the beach at sunset', '--seconds', '0.25', '--seed', '7', '--json'];
    const ended = await built([...args, '-o', 'panda.mp4']);
    expect(ended.code, ended.stderr).toBe(0);
    expect(answerOf(ended)).toMatchObject({
      ok: true,
      unknownWords: [],
      recipe: {
        method: { id: 'stage' },
        scene: { place: 'beach', time: 'sunset', figures: [{ name: 'panda', motion: 'dance' }] },
      },
    });
    expect((await probe('panda.mp4')).streams[0]).toMatchObject({ width: 1280, height: 720, nb_frames: '6' });
    await framewright([...args, '-o', 'again.mp4']);
    expect(await hash('again.mp4')).toBe(await hash('panda.mp4'));
  });

  it('paints a clip of the asked length, the same for the same seed, with its recipe inside', async () => {
    const args = [
      'generate',
      'a red ball bounces on the grass',
      '--painted',
      '--seconds',
      '0.5',
      '--steps',
      '2',
      '--seed',
      '7',
      '--json',
    ];
    const ended = await built([...args, '-o', 'ball.mp4']);
    expect(ended.code, ended.stderr).toBe(0);
    expect(answerOf(ended)).toMatchObject({
      ok: true,
      outputPath: join(folder, 'ball.mp4'),
      seed: 7,
      recipe: { action: 'generate', pack: { id: 'starter' } },
    });
    const { streams, format } = await probe('ball.mp4');
    expect(streams[0]?.codec_type).toBe('video');
    expect(Number(format.duration)).toBeGreaterThanOrEqual(0.45);
    expect(Number(format.duration)).toBeLessThan(0.7);
    expect(JSON.stringify(format.tags)).toContain('a red ball bounces on the grass');
    expect(ended.stderr).toMatch(/% {2}denoise \d\/2/);

    await framewright([...args, '-o', 'again.mp4']);
    expect(await hash('again.mp4')).toBe(await hash('ball.mp4'));
  });

  it('makes a picture where the output is one, starting from a picture', async () => {
    const ended = await framewright([
      'generate',
      'a red ball',
      '-o',
      'ball.png',
      '--steps',
      '1',
      '--image',
      'first.png',
    ]);
    expect(ended.code, ended.stderr).toBe(0);
    expect(ended.stdout.trim()).toBe(join(folder, 'ball.png'));
    expect((await probe('ball.png')).streams).toHaveLength(1);
  });
});

/** Each takes seconds; its action is tried by itself in core/engine/generation. */
const itLong = isLong ? it : () => undefined;

describe('on a film of one’s own', () => {
  it('inpaint puts a picture in, and keeps length, size and sound', async () => {
    const cup = { width: 40, height: 60, channels: 4, background: { r: 20, g: 40, b: 200, alpha: 1 } } as const;
    await sharp({ create: cup }).png().toFile(join(folder, 'cup.png'));
    const place = ['--place', '80,70', '--width', '40', '--anchor', 'frame', '--no-cut-out'];
    const ended = await framewright(['inpaint', 'walk.mp4', '--picture', 'cup.png', ...place, '-o', 'inpainted.mp4']);
    expect(ended.code, ended.stderr).toBe(0);
    const { streams } = await probe('inpainted.mp4');
    expect(streams.find(({ codec_type }) => codec_type === 'video')).toMatchObject({
      width: 320,
      height: 180,
      nb_read_frames: '25',
    });
    expect(streams.some(({ codec_type }) => codec_type === 'audio')).toBe(true);
  });

  itLong('restyle keeps length and size', async () => {
    const ended = await framewright(['restyle', 'walk.mp4', 'watercolour', '--steps', '1', '-o', 'restyled.mp4']);
    expect(ended.code, ended.stderr).toBe(0);
    const picture = (await probe('restyled.mp4')).streams.find(({ codec_type }) => codec_type === 'video');
    // every pixel is new: the frame rate is the pack's
    expect(picture).toMatchObject({ width: 320, height: 180 });
    expect(Number(picture?.duration)).toBeCloseTo(1, 1);
  });

  itLong('extend makes it longer', async () => {
    const ended = await framewright(['extend', 'walk.mp4', '--seconds', '0.5', '--steps', '1', '-o', 'longer.mp4']);
    expect(ended.code, ended.stderr).toBe(0);
    expect(Number((await probe('longer.mp4')).format.duration)).toBeGreaterThan(1.4);
  });

  it('soundtrack regenerates a part of a stem and keeps the rest and the recipe of the whole', async () => {
    const first = await framewright([
      'soundtrack',
      'walk.mp4',
      'rain on leaves',
      '--steps',
      '2',
      '--seed',
      '3',
      '--only',
      'ambience',
      '-o',
      'rain-1.wav',
    ]);
    expect(first.code, first.stderr).toBe(0);
    const ended = await framewright([
      'soundtrack',
      'walk.mp4',
      '--from',
      'rain-1.wav',
      '--range',
      '0.3-0.7',
      '--steps',
      '2',
      '--seed',
      '4',
      '-o',
      'rain-2.wav',
      '--json',
    ]);
    expect(ended.code, ended.stderr).toBe(0);
    expect(answerOf(ended)).toMatchObject({
      seed: 4,
      recipe: { seed: 4, parameters: { stem: 'ambience' }, part: { rootPrompt: 'rain on leaves', rootSeed: 3 } },
    });
    const samples = async (name: string, from: number, to: number) =>
      (
        await execute('ffmpeg', [
          '-v',
          'error',
          '-i',
          join(folder, name),
          '-af',
          `atrim=start_sample=${from}:end_sample=${to}`,
          '-f',
          'md5',
          '-',
        ])
      ).stdout;
    const same = async (from: number, to: number) =>
      (await samples('rain-1.wav', from, to)) === (await samples('rain-2.wav', from, to));
    expect(await Promise.all([same(0, 14_400), same(14_400, 33_600), same(33_600, 48_000)])).toEqual([
      true,
      false,
      true,
    ]);

    const alone = await framewright(['soundtrack', 'walk.mp4', '--range', '0.3-0.7', '-o', 'no.wav', '--json']);
    expect(alone.code).toBe(3);
    expect(alone.stdout).toContain('--range needs --from');
    expect(
      (await framewright(['soundtrack', 'walk.mp4', '--from', 'rain-1.wav', '--range', '3', '-o', 'no.wav'])).code,
    ).toBe(2);
  });

  itLong('soundtrack adds sound as long as the picture, and writes the stems', async () => {
    const ended = await framewright([
      'soundtrack',
      'walk.mp4',
      'rain on leaves',
      '--steps',
      '2',
      '-o',
      'scored.mp4',
      '--stems',
      'stems',
      '--json',
    ]);
    expect(ended.code, ended.stderr).toBe(0);
    expect((await readdir(join(folder, 'stems'))).toSorted()).toEqual(['ambience.wav', 'foley.wav', 'music.wav']);
    for (const stem of ['ambience', 'foley', 'music'])
      expect(Number((await probe(`stems/${stem}.wav`)).format.duration), stem).toBeCloseTo(1, 2);
    const sound = (await probe('scored.mp4')).streams.find(({ codec_type }) => codec_type === 'audio');
    expect(sound).toMatchObject({ sample_rate: '48000', channels: 2 });
    expect(Math.abs(Number(sound?.duration) - 1)).toBeLessThan(0.05);
    const one = await framewright(['soundtrack', 'walk.mp4', '--only', 'ambience', '--steps', '1', '-o', 'rain.wav']);
    expect(one.code, one.stderr).toBe(0);
    expect(one.stderr).toMatch(/No words were given, .+: neutral sounds, “quiet room, \S.+”\./);
    expect((await probe('rain.wav')).streams).toHaveLength(1);
  });

  it('soundtrack makes sound from words alone, as long as asked; without words there is nothing to go by', async () => {
    const ended = await framewright([
      'soundtrack',
      'rain, calm piano',
      '--seconds',
      '1.5',
      '--steps',
      '1',
      '-o',
      'words.wav',
      '--stems',
      'word-stems',
      '--json',
    ]);
    expect(ended.code, ended.stderr).toBe(0);
    expect(answerOf(ended)).toMatchObject({ rewrittenPrompt: expect.stringMatching(/^rain/) });
    expect(Number((await probe('words.wav')).format.duration)).toBeCloseTo(1.5, 2);
    expect(await readdir(join(folder, 'word-stems'))).toHaveLength(3);
    for (const [args, sentence] of [
      [['--seconds', '2', '-o', 'no.wav'], 'nothing else to go by'],
      [['rain', '--seconds', '2', '-o', 'no.mp4'], 'written as .wav'],
      [['walk.mp4', 'rain', '--seconds', '2', '-o', 'no.wav'], 'as long as its input'],
      [['-o', 'no.wav'], 'Give a film or a sound'],
    ] as const) {
      const refused = await framewright(['soundtrack', ...args, '--json']);
      expect(refused.code, refused.stdout).toBe(3);
      expect(refused.stdout).toContain(sentence);
    }
  });
});

describe('Ctrl+C', () => {
  it('ends a running generation in its middle, with 130, no output and no process left', async () => {
    // the first command of all makes its home there
    const files = async () => (await readdir(folder)).filter((name) => name !== 'home');
    const before = await files();
    // steps enough for a minute: the interrupt comes in their middle on any machine
    const ended = await built(
      ['generate', 'a red ball', '--painted', '--seconds', '5', '--steps', '200', '-o', 'never.mp4', '--json'],
      {
        interruptWhen: /denoise/,
      },
    );
    expect([ended.code, answerOf(ended).failure?.code]).toEqual([130, 'cancelled']);
    // it does not finish its steps first (how fast: e2e/bench)
    expect(ended.stderr).not.toMatch(/decode|denoise 200\/200/);
    expect(await files()).toEqual(before);
    const running = await execute('ps', ['-eo', 'args']).then(({ stdout }) =>
      stdout.split('\n').filter((line) => line.includes('never.mp4')),
    );
    expect(running).toEqual([]);
  });
});
