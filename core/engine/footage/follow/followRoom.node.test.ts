/** Following as the engine does it: keys, passes in the cache, the film. The child's code runs in this process. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { paramSchemas } from '../../../contract/validate.ts';
import { CacheFolder, keysOfName } from '../../../disk/cacheFolder.node.ts';
import type { FollowedMask, SourceRef } from '../../../document/refs.ts';
import { ticksAtFrame } from '../../../time/ticks.ts';
import { decoded, ffmpeg } from '../../generation/testing/films.node.ts';
import { plainSource } from '../../media/locateSource.node.ts';
import { probeFile } from '../../media/probe.node.ts';
import { sampleFormatOf } from '../../../ffmpeg/sampleFormat.ts';
import type { JobContext } from '../../services.node.ts';
import { runFootageTask } from '../runFootageTask.node.ts';
import type { FootageTask } from '../tasks.ts';
import { createFollowRoom, type FollowDependencies, type FollowRoom } from './followRoom.node.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'fw-follow-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const rate = { num: 10, den: 1 };
const [width, height, frameCount] = [96, 64, 10];
/** A mottled square of 24 px that walks 5 px a frame over a still ground. */
const leftAt = (frame: number): number => 8 + 5 * frame;
const ticks = (frame: number): number => ticksAtFrame(frame, rate);

async function makeFilm(): Promise<string> {
  const path = join(folder, 'film.mkv');
  const ground = ['-f', 'lavfi', '-i', `mandelbrot=s=${width}x${height}:rate=10:start_scale=0.4:end_scale=0.4`];
  const square = ['-f', 'lavfi', '-i', 'testsrc2=s=24x24:r=10,loop=-1:1'];
  // overlay counts frames from 1
  const laid = ['-filter_complex', '[0][1]overlay=x=3+5*n:y=20', '-frames:v', String(frameCount)];
  ffmpeg(...ground, ...square, ...laid, '-pix_fmt', 'yuv420p', '-c:v', 'ffv1', path);
  return path;
}

async function squareAt(frame: number): Promise<string> {
  const white = { create: { width: 24, height: 24, channels: 3 as const, background: '#fff' } };
  const png = await sharp({ create: { width, height, channels: 3, background: '#000' } })
    .composite([{ input: await sharp(white).png().toBuffer(), left: leftAt(frame), top: 20 }])
    .png()
    .toBuffer();
  return `data:image/png;base64,${png.toString('base64')}`;
}

/** The room over one film, and what its child was asked for. */
async function openRoom(): Promise<{ room: FollowRoom; passes: string[]; source: SourceRef }> {
  const path = await makeFilm();
  const film = plainSource({ path, facts: await probeFile(path), ...keysOfName(path) });
  const passes: string[] = [];
  let made = 0;
  const dependencies = {
    projects: { document: () => ({ media: { m: { id: 'm', kind: 'video', durationTicks: ticks(frameCount) } } }) },
    media: { mediaFacts: async () => film },
    cache: new CacheFolder(join(folder, 'cache')),
    scratch: {
      take: async (name: string) => mkdtemp(join(folder, `${name}-${made++}-`)),
      close: async () => undefined,
    },
    providers: { threads: 1 },
    inference: {
      run: async (run: FootageTask, { scratchFolder }: { scratchFolder: string }) => {
        if (run.task === 'follow') passes.push(`${run.frame} to ${run.to}`);
        const context = { scratchFolder, threads: 1, checkCancelled: () => undefined, report: () => undefined };
        const result = await runFootageTask(run, { ...context, readerOf: () => expect.fail('no pack is read') });
        return { result: { family: 'footage', ...result }, times: {} };
      },
    },
  } as unknown as FollowDependencies;
  const source = { kind: 'media', id: 'm', startTicks: 0, durationTicks: ticks(frameCount) } as const;
  return { room: createFollowRoom(dependencies), passes, source };
}

const context = {
  ...{ signal: new AbortController().signal, setDevice: () => undefined, report: () => undefined },
} as unknown as JobContext;

async function shareInSquare(dataUrl: string, frame: number): Promise<number> {
  const png = Buffer.from(dataUrl.slice(dataUrl.indexOf(',') + 1), 'base64');
  const { data } = await sharp(png).toColourspace('b-w').raw().toBuffer({ resolveWithObject: true });
  return likeness(data, frame);
}

function likeness(grey: Uint8Array, frame: number): number {
  let [both, either] = [0, 0];
  for (let at = 0; at < width * height; at++) {
    const [x, y] = [at % width, Math.floor(at / width)];
    const isThere = x >= leftAt(frame) && x < leftAt(frame) + 24 && y >= 20 && y < 44;
    const isMask = grey[at]! >= 128;
    if (isThere && isMask) both++;
    if (isThere || isMask) either++;
  }
  return both / either;
}

test('a correction carries on to its neighbours alone, and undone it costs nothing', async () => {
  const { room, passes, source } = await openRoom();
  const key = async (frame: number) => ({ sourceTicks: ticks(frame), png: await squareAt(frame) });
  const mask: FollowedMask = { kind: 'followed', keys: [await key(3)], featherPx: 0 };
  const follow = (followed: FollowedMask) =>
    room.runFollow({ kind: 'follow', projectId: 'p', clipId: 'c', source, mask: followed }, context);

  expect((await room.state('p', source, mask)).isWhole).toBe(false);
  await follow(mask);
  expect(passes.splice(0).toSorted()).toEqual(['3 to -1', '3 to 10']);
  const state = await room.state('p', source, mask);
  expect(state).toMatchObject({ isWhole: true, lost: [] });
  // as the window is to send it back
  expect(paramSchemas['masks.frame'].safeParse({ id: state.id, sourceTicks: 0 }).success).toBe(true);
  for (const frame of [0, 3, 6, 9])
    expect(await shareInSquare((await room.frame(state.id, ticks(frame)))!, frame), `${frame}`).toBeGreaterThan(0.85);

  const corrected: FollowedMask = { ...mask, keys: [...mask.keys, await key(7)] };
  expect((await room.state('p', source, corrected)).isWhole).toBe(false);
  await follow(corrected);
  expect(passes.splice(0).toSorted()).toEqual(['7 to 10', '7 to 3']);
  await follow(mask);
  expect(passes).toEqual([]);

  const { path: filmPath } = await room.film(
    { file: { ...(await filmOf()), name: 'film' }, startTicks: 0, durationTicks: ticks(frameCount) },
    corrected,
    context,
  );
  const grey = decoded(filmPath, sampleFormatOf('gray'), 0, frameCount);
  const frames = Array.from({ length: frameCount }, (_, frame) =>
    likeness(grey.subarray(frame * width * height, (frame + 1) * width * height), frame),
  );
  expect(Math.min(...frames)).toBeGreaterThan(0.85);
});

async function filmOf() {
  const path = join(folder, 'film.mkv');
  return plainSource({ path, facts: await probeFile(path), ...keysOfName(path) });
}
