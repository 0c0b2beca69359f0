/** Films of frames that are known: a film is made in pieces, its making ends early, and another attempt goes on. */
import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rm, stat, symlink, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { FilterGraph } from '../../ffmpeg/filterGraph.ts';
import { losslessOptions } from '../../ffmpeg/losslessOptions.ts';
import type { FrameQueue } from './interpolate/frameQueue.node.ts';
import { makeFilm, type FilmMade } from './makeFilm.node.ts';

const size = { width: 16, height: 8 };
const bytes = size.width * size.height;
const frameCount = 10;
const rate = { num: 24, den: 1 };

let folder = '';
let pieces = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'framewright-film-'));
  pieces = await mkdtemp(join(tmpdir(), 'framewright-pieces-'));
  const raw = Buffer.from(Array.from({ length: frameCount * bytes }, (_, i) => (i * 7 + Math.floor(i / bytes)) % 256));
  await writeFile(join(folder, 'source.gray'), raw);
});
afterEach(async () => {
  for (const each of [folder, pieces]) await rm(each, { recursive: true, force: true });
});

interface Asked {
  readonly name: string;
  readonly framesEach: number | null;
  /** The making fails at this frame. */
  readonly failsAt?: number;
}

/** Each frame is the source's, inverted. Says which frames were made. */
function inverted({ name, framesEach, failsAt = Infinity }: Asked, made: number[]): FilmMade {
  async function* frames(queue: FrameQueue, from: number): AsyncGenerator<Uint8Array> {
    let index = 0;
    for (let frame = await queue.next(); frame; frame = await queue.next(), index++) {
      if (index < from) continue;
      if (index === failsAt) throw new Error('the lights went out');
      made.push(index);
      yield frame.map((value) => 255 - value);
    }
  }
  return {
    read: { count: frameCount, bytes },
    madeCount: frameCount,
    pieces: framesEach === null ? null : { folder: pieces, framesEach },
    encoding: {
      ...{ pixelFormat: 'gray', size, rate, bytes },
      picture: (_graph, raw) => raw,
      output: { path: join(folder, name), format: 'matroska', options: [['r', rate], ...losslessOptions] },
    },
    reading: (queue) => {
      const graph = new FilterGraph();
      const source = graph.open({
        path: join(folder, 'source.gray'),
        format: 'rawvideo',
        options: [
          ['pixel_format', 'gray'],
          ['video_size', size],
          ['framerate', rate],
        ],
      });
      return {
        graph,
        outputs: [{ to: queue, streams: [source.stream(0)], format: 'rawvideo', options: [['pix_fmt', 'gray']] }],
      };
    },
    frames,
  };
}

/** Frames, and the number of the frame that is due when each is shown: Matroska rounds times to milliseconds. */
function read(name: string): { frames: Buffer; due: number[] } {
  const path = join(folder, name);
  const frames = execFileSync('ffmpeg', ['-v', 'error', '-i', path, '-f', 'rawvideo', '-pix_fmt', 'gray', '-']);
  const entries = ['-show_entries', 'frame=pts_time', '-of', 'csv=p=0', path];
  const times = execFileSync('ffprobe', ['-v', 'error', ...entries], { encoding: 'utf8' })
    .trim()
    .split('\n');
  return { frames, due: times.map((time) => Number((Number.parseFloat(time) * rate.num).toFixed(1))) };
}

test('a film in pieces shows the same frames at the same times as one that is encoded in one run', async () => {
  await makeFilm(inverted({ name: 'whole.mkv', framesEach: null }, []));
  const kept = await makeFilm(inverted({ name: 'pieces.mkv', framesEach: 4 }, []));
  expect(kept).toBe(0);
  expect(read('pieces.mkv')).toEqual(read('whole.mkv'));
  expect(read('pieces.mkv').due).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
});

test('what an attempt that failed has finished is not made again, and the film is the same', async () => {
  await makeFilm(inverted({ name: 'whole.mkv', framesEach: 4 }, []));
  await expect(makeFilm(inverted({ name: 'made.mkv', framesEach: 4, failsAt: 9 }, []))).rejects.toThrow();
  const made: number[] = [];
  expect(await makeFilm(inverted({ name: 'made.mkv', framesEach: 4 }, made))).toBe(8);
  expect(made).toEqual([8, 9]);
  expect(await readFile(join(folder, 'made.mkv'))).toHaveLength((await readFile(join(folder, 'whole.mkv'))).length);
  expect(read('made.mkv')).toEqual(read('whole.mkv'));
});

test('pieces that are cut off, empty, links or folders are made again', async () => {
  await makeFilm(inverted({ name: 'whole.mkv', framesEach: null }, []));
  const spoilt: readonly ((path: string) => Promise<unknown>)[] = [
    async (path) => truncate(path, Math.floor((await stat(path)).size * 0.6)),
    (path) => truncate(path, 0),
    (path) => rm(path).then(() => symlink(join(folder, 'whole.mkv'), path)),
    (path) => rm(path).then(() => mkdir(path)),
  ];
  for (const spoil of spoilt) {
    await expect(makeFilm(inverted({ name: 'made.mkv', framesEach: 2, failsAt: 5 }, []))).rejects.toThrow();
    await spoil(join(pieces, (await readdir(pieces)).toSorted()[0]!));
    expect(await makeFilm(inverted({ name: 'made.mkv', framesEach: 2 }, []))).toBe(0);
    expect(read('made.mkv')).toEqual(read('whole.mkv'));
    await rm(pieces, { recursive: true });
    await mkdir(pieces);
  }
});

test('a piece that is missing among those kept, or half-written, is made again', async () => {
  await expect(makeFilm(inverted({ name: 'made.mkv', framesEach: 2, failsAt: 7 }, []))).rejects.toThrow();
  const [first] = (await readdir(pieces)).toSorted();
  await rm(join(pieces, first!));
  await writeFile(join(pieces, '.part-1-abcdef-01234567-piece-0000000-2.mkv'), 'half');
  const made: number[] = [];
  expect(await makeFilm(inverted({ name: 'made.mkv', framesEach: 2 }, made))).toBe(0);
  expect(made).toHaveLength(frameCount);
});
