import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable, Writable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { commandWords } from './command.node.ts';
import { failureFromStderr } from './failures.node.ts';
import { filter, FilterGraph, type FilterName, type FilterOptions, type Stream } from './filterGraph.ts';
import { text } from './filterValue.ts';
import type { FfmpegInput } from './input.ts';
import { search } from './locate.node.ts';
import { runFfmpeg } from './run.node.ts';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'framewright-ffmpeg-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A graph that makes its own picture or sound. */
function made(name: FilterName, options: FilterOptions): { graph: FilterGraph; stream: Stream } {
  const graph = new FilterGraph();
  return { graph, stream: graph.chain([], [filter(name, options)]) };
}

const endless = () => made('testsrc2', { size: { width: 640, height: 360 }, rate: 30 });

it('is killed on abort in the middle of endless work, and says cancelled', async () => {
  const controller = new AbortController();
  let run: Promise<unknown> = Promise.resolve();
  await new Promise<void>((started) => {
    const { graph, stream } = endless();
    run = runFfmpeg({
      graph,
      outputs: [{ to: null, streams: [stream] }],
      signal: controller.signal,
      onProgress: () => started(),
    });
    run.catch(() => undefined);
  });
  controller.abort();
  await expect(run).rejects.toMatchObject({ failure: { code: 'cancelled' } });
});

it('a stream gets every byte before the run counts as done', async () => {
  let bytes = 0;
  const slow = new Writable({
    highWaterMark: 1024,
    write(chunk: Buffer, _encoding, done) {
      bytes += chunk.length;
      setTimeout(done, 2);
    },
  });
  const { graph, stream } = made('sine', { duration: 5, sample_rate: 48000 });
  await runFfmpeg({ graph, outputs: [{ to: slow, streams: [stream], format: 's16le', options: [['ac', 1]] }] });
  expect(bytes).toBe(5 * 48000 * 2);
});

/** Encodes raw grey frames of 16x16 that a stream gives. */
function fromStream(stdin: Readable, to: string) {
  const graph = new FilterGraph();
  const input = graph.open({
    path: 'frames made here',
    fromStdin: true,
    format: 'rawvideo',
    options: [
      ['pixel_format', 'gray'],
      ['video_size', { width: 16, height: 16 }],
      ['framerate', { num: 10, den: 1 }],
    ],
  });
  const outputs = [{ to, streams: [input.stream(0)], format: 'matroska', options: [['c:v', 'ffv1']] }] as const;
  return runFfmpeg({ graph, outputs, stdin });
}

it('frames can be given through stdin, as slowly as they are made', async () => {
  const slowly = Readable.from(
    (async function* () {
      for (let frame = 0; frame < 5; frame++) {
        await new Promise((done) => setTimeout(done, 2));
        yield Buffer.alloc(256, frame);
      }
    })(),
  );
  expect((await fromStream(slowly, join(folder, 'stdin.mkv'))).frameCount).toBe(5);
});

it('a failure of what gives the frames is the failure of the run', async () => {
  const broken = Readable.from(
    (async function* () {
      yield Buffer.alloc(256);
      throw new Error('no more frames can be made');
    })(),
  );
  await expect(fromStream(broken, join(folder, 'broken.mkv'))).rejects.toThrow('no more frames can be made');
});

it('words with spaces stay one word', async () => {
  const to = join(folder, 'title.mkv');
  const sound = made('sine', { duration: 0.1 });
  await runFfmpeg({
    graph: sound.graph,
    outputs: [{ to, streams: [sound.stream], format: 'matroska', options: [['metadata', text('title=two words')]] }],
  });
  const read = new FilterGraph();
  const { log } = await runFfmpeg({
    graph: read,
    outputs: [{ to: null, streams: [read.open({ path: to }).first('audio')] }],
    logLevel: 'info',
  });
  expect(log.join('\n')).toMatch(/title\s+: two words/i);
});

it('what it says last becomes a sentence with a code', async () => {
  const { graph, stream } = endless();
  const to = join(folder, 'no/such/folder/out.mp4');
  await expect(
    runFfmpeg({ graph, outputs: [{ to, streams: [stream], format: 'mp4', options: [['frames:v', 1]] }] }),
  ).rejects.toMatchObject({ failure: { code: 'notWritable', message: expect.stringContaining('out.mp4') } });
  const said = (line: string) => failureFromStderr([line], 'exit 1', '/films/a.mp4', '/out/b.mp4').failure;
  expect(said('av_interleaved_write_frame(): No space left on device')).toMatchObject({
    code: 'diskFull',
    message: expect.stringContaining('/out/b.mp4'),
  });
  expect(said('[mov @ 0x55d] moov atom not found')).toMatchObject({
    code: 'damaged',
    message: expect.stringContaining('a.mp4'),
  });
  expect(said('Unknown encoder xyz')).toMatchObject({
    code: 'ffmpegFailed',
    message: expect.stringContaining('Unknown encoder xyz'),
  });
});

it('the reason is told, not what followed from it', () => {
  const sentence = (...log: string[]) => failureFromStderr(log, 'exit 1', '/a/film.mp4', null).message;
  expect(
    sentence(
      '[mov @ 0x1] stream 0, offset 0x146e0: partial file',
      'Cannot determine format of input stream 0:0 after EOF',
      'Error marking filters as finished',
    ),
  ).toBe('film.mp4 is damaged: it ends too early, as if copying had been interrupted.');
  expect(
    sentence(
      '[h264_nvenc @ 0x2] Cannot load libcuda.so.1',
      'Error initializing output stream 0:0 -- Error while opening encoder for output stream #0:0',
    ),
  ).toContain('Cannot load libcuda.so.1');
  expect(sentence('Error marking filters as finished')).toContain('Error marking filters as finished');
});

describe('ffmpeg is found', () => {
  const program = (name: string, says: string): string => {
    const path = join(folder, name);
    writeFileSync(path, `#!/bin/sh\necho "${says}"\n`);
    chmodSync(path, 0o755);
    return path;
  };
  const none = { ffmpeg: null, ffprobe: null };

  it('by FRAMEWRIGHT_FFMPEG, then on the PATH, then among the packages, with the ffprobe beside it', async () => {
    const ffmpegPath = program('ffmpeg', 'ffmpeg version 6.1.1 Copyright');
    await expect(search(folder, '', none)).rejects.toThrow(/ffprobe was not found/);
    expect(await search(folder, '', { ffmpeg: null, ffprobe: '/packages/ffprobe' })).toMatchObject({
      ffmpegPath,
      ffprobePath: '/packages/ffprobe',
      version: '6.1.1',
    });
    const ffprobePath = program('ffprobe', 'ffprobe version 6.1.1 Copyright');
    expect(await search(folder, '/elsewhere', none)).toMatchObject({
      ffmpegPath,
      ffprobePath,
      source: 'FRAMEWRIGHT_FFMPEG',
    });
    expect(await search(null, `/nowhere:${folder}`, none)).toMatchObject({ ffmpegPath, ffprobePath, source: 'PATH' });
    expect(await search(null, '/nowhere', { ffmpeg: ffmpegPath, ffprobe: ffprobePath })).toMatchObject({
      source: 'ffmpeg-static',
    });
  });

  it('or the message says what to do', async () => {
    await expect(search('/nowhere/ffmpeg', folder, none)).rejects.toMatchObject({
      failure: { code: 'ffmpegMissing', message: expect.stringContaining('/nowhere/ffmpeg') },
    });
    await expect(search(null, '/nowhere', none)).rejects.toThrow(/Install it/);
    program('ffprobe', 'ffprobe version 4.4.2');
    const old = program('old', 'ffmpeg version 4.4.2-0ubuntu Copyright');
    await expect(search(old, '', none)).rejects.toThrow(/4\.4\.2.*too old/);
  });
});

describe('strange paths', () => {
  it.each(['-y.mp4', 'a:b.mp4', 'a%03d.mp4', 'a b|c*?.mp4', "it's [a];,=.mp4", 'line\nbreak.mp4', 'http:x.mp4'])(
    'a file called %j is written and read as itself',
    async (name) => {
      const to = join(folder, name);
      const picture = made('testsrc2', { size: { width: 32, height: 32 }, rate: 5, duration: 1 });
      await runFfmpeg({ graph: picture.graph, outputs: [{ to, streams: [picture.stream], format: 'mp4' }] });
      expect(existsSync(to)).toBe(true);
      const read = new FilterGraph();
      const shown = read.chain([read.open({ path: to }).first('video')], [filter('null')]);
      const still = `${to}.png`;
      await runFfmpeg({
        graph: read,
        outputs: [{ to: still, streams: [shown], format: 'image2', options: [['frames:v', 1]] }],
      });
      expect(existsSync(still)).toBe(true);
    },
  );

  it('numbered pictures go into a folder whose name looks like a pattern', async () => {
    const into = join(folder, 'shots %d 100%');
    mkdirSync(into);
    const { graph, stream } = made('testsrc2', { size: { width: 32, height: 32 }, rate: 3, duration: 1 });
    await runFfmpeg({
      graph,
      outputs: [{ to: { folder: into, name: 'frame_%06d.png' }, streams: [stream], format: 'image2' }],
    });
    expect(readdirSync(into).sort()).toEqual(['frame_000001.png', 'frame_000002.png', 'frame_000003.png']);
  });
});

describe('limits and guards', () => {
  it('a run that takes too long is killed, and the message says so', async () => {
    const { graph, stream } = endless();
    await expect(
      runFfmpeg({ graph, outputs: [{ to: null, streams: [stream] }], limits: { seconds: 0.5 }, about: '/a/film.mp4' }),
    ).rejects.toThrow('film.mp4 could not be read within 0.5 seconds.');
  });

  it.runIf(process.platform === 'linux')('a run that takes too much memory fails, and nothing else does', async () => {
    const huge = made('testsrc2', { size: { width: 16000, height: 16000 }, rate: 1, duration: 1 });
    await expect(
      runFfmpeg({
        graph: huge.graph,
        outputs: [{ to: null, streams: [huge.stream] }],
        limits: { memoryBytes: 512 * 1024 ** 2 },
      }),
    ).rejects.toMatchObject({ failure: { code: 'outOfMemory' } });
  });

  it('a playlist opens nothing, whatever it is called and whatever the environment says', async () => {
    const secret = join(folder, 'secret.wav');
    const sound = made('sine', { duration: 0.1 });
    await runFfmpeg({ graph: sound.graph, outputs: [{ to: secret, streams: [sound.stream], format: 'wav' }] });
    const playlist = join(folder, 'innocent.mp4');
    writeFileSync(playlist, `#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\nfile://${secret}\n#EXT-X-ENDLIST\n`);
    const read = new FilterGraph();
    await expect(
      runFfmpeg({ graph: read, outputs: [{ to: null, streams: [read.open({ path: playlist }).first('audio')] }] }),
    ).rejects.toThrow(/has a format \(hls\) that only points at other files/);
  });
});

it('a stream that is read alone is shifted to its place, as each version of ffmpeg needs it', () => {
  const shiftOf = (
    ffmpegMajor: number,
    options: FfmpegInput['options'],
    aloneAtSeconds?: number,
    originSeconds = 0,
  ) => {
    const graph = new FilterGraph();
    const clock = aloneAtSeconds === undefined ? undefined : { originSeconds, aloneAtSeconds };
    const streams = [graph.open({ path: 'x.ts', options, clock }).first('audio')];
    const words = commandWords({ graph, outputs: [{ to: null, streams }] }, ffmpegMajor);
    return words.find((_, at) => words[at - 1] === '-itsoffset') ?? null;
  };
  expect(shiftOf(5, [], 0.71)).toBe('0.000001');
  expect(shiftOf(6, [], 0.71)).toBe('0.710000');
  expect(shiftOf(9, [['ss', 0.5]], 0.71)).toBe('0.210000');
  expect(shiftOf(9, [['ss', 3]], 0.71)).toBeNull();
  expect(shiftOf(9, [])).toBeNull();
  // a file whose time 0 is later than its first packet
  expect(shiftOf(5, [], 0.71, 0.02)).toBe('-0.020000');
  expect(shiftOf(9, [], 0.71, 0.02)).toBe('0.690000');
  expect(shiftOf(9, [['ss', 3]], 0.71, 0.02)).toBe('-0.020000');
});

it('the words of a command: guards before every input, the graph once, values never as options', () => {
  const graph = new FilterGraph();
  const film = graph.open({ path: '-i', options: [['ss', 1.5]] });
  const list = graph.open({ path: 'list', format: 'concat' });
  const shown = graph.chain([film.stream(0)], [filter('null')]);
  const words = commandWords({
    graph,
    outputs: [
      {
        to: '/out.mp4',
        streams: [shown, list.stream(1)],
        format: 'mp4',
        options: [['metadata', text('-y=-i http://x')], ['vn' as 'g']],
      },
    ],
  });
  expect(words.filter((word) => word === '-protocol_whitelist')).toHaveLength(2);
  expect(words.filter((_, at) => words[at - 1] === '-protocol_whitelist')).toEqual(['file', 'file']);
  expect(words.filter((_, at) => words[at - 1] === '-i')).toEqual(['file:-i', 'file:list']);
  expect(words.filter((_, at) => words[at - 1] === '-metadata')).toEqual(['-y=-i http://x']);
  expect(words.filter((_, at) => words[at - 1] === '-map')).toEqual(['[s0]', '1:1']);
  const allowed = words.filter((_, at) => words[at - 1] === '-format_whitelist');
  expect(allowed[1]).toBe('concat,mov,matroska');
  for (const format of ['hls', 'dash', 'concat', 'sdp', 'rtsp', 'imf', 'image2', 'vobsub', 'lavfi', 'webvtt', 'tty'])
    expect(allowed[0]!.split(',')).not.toContain(format);
  const options = [['crf', '1 -i http://x']] as const;
  expect(() => commandWords({ graph, outputs: [{ to: '/o', streams: [shown], format: 'mp4', options }] })).toThrow();
});

it('every stream that a graph makes goes to exactly one output', () => {
  const { graph, stream } = endless();
  const other = endless();
  const to = (...streams: Stream[]) => commandWords({ graph, outputs: [{ to: null, streams }] });
  expect(() => to()).toThrow(TypeError);
  expect(() => to(stream, stream)).toThrow(TypeError);
  expect(() => to(other.stream)).toThrow(TypeError);
  const [left, right] = graph.split(stream, 2);
  expect(() => to(left!)).toThrow(TypeError);
  expect(() => to(stream, left!, right!)).toThrow(TypeError);
  expect(to(left!, right!)).toContain('[s1]');
});
