/** Previews as the engine draws them; the child's code runs in this process, and no pack is installed. */
import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { sampleOf } from '../../../actions/testing/sampleRequests.ts';
import { openSourceFile } from '../../generation/fileRequests.node.ts';
import type { ResolvedRequest, SourceFile } from '../../generation/resolved.ts';
import type { FootageRun } from '../../inference/protocol.ts';
import { runFootageTask } from '../runFootageTask.node.ts';
import { ticksPerSecond } from '../../../time/ticks.ts';
import { drawPreviews, type JoinRequest, type PreviewRooms } from './joinPreviews.node.ts';
import { matchCut } from './matchCut.node.ts';

let folder = '';
let file: SourceFile;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'framewright-previews-'));
  const path = join(folder, 'film.mp4');
  execFileSync('ffmpeg', ['-v', 'error', '-f', 'lavfi', '-i', 'testsrc=s=64x36:r=25:d=1', '-pix_fmt', 'yuv420p', path]);
  file = await openSourceFile(path);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const silent = (): void => undefined;
const rooms = {
  packs: { firstWith: () => Promise.reject(new Error('none')) },
  providers: { threads: 1 },
  scratch: {
    take: async () => {
      const path = join(folder, 'scratch');
      await mkdir(path, { recursive: true });
      return path;
    },
  },
  inference: {
    run: async (run: FootageRun, { scratchFolder, threads }: { scratchFolder: string; threads: number }) => ({
      result: {
        family: 'footage',
        ...(await runFootageTask(run, {
          ...{ scratchFolder, threads, checkCancelled: silent, report: silent },
          readerOf: () => {
            throw new Error('no pack is read');
          },
        })),
      },
    }),
  },
} as unknown as PreviewRooms;

function resolvedOf<R extends JoinRequest>(
  request: R,
  parts: Partial<Omit<ResolvedRequest, 'request'>>,
): ResolvedRequest<R> {
  return {
    ...{ request, origin: 'footage', source: null, mask: null, firstFrame: null, lastFrame: null, references: [] },
    ...{ renderPicture: null, inputKeys: [], sourceOffsetTicks: 0, parentTakeId: null, ...parts },
  };
}
const signal = new AbortController().signal;

test('each way is a small moving picture with the frames around it, or says why it is not', async () => {
  const source = { file, startTicks: 0, durationTicks: ticksPerSecond };
  const request = sampleOf('extend', { durationTicks: ticksPerSecond });
  const previews = await drawPreviews(resolvedOf(request, { source }), 48, rooms, signal);
  expect(previews.map(({ way }) => way)).toEqual(['slow', 'carryOn', 'hold', 'pingPong']);
  const held = previews.find(({ way }) => way === 'hold')!;
  const webp = Buffer.from(held.film!.split(',')[1]!, 'base64');
  const film = await sharp(webp, { pages: -1 }).metadata();
  expect(film).toMatchObject({ format: 'webp', width: 48, pageHeight: 28 });
  // a second of new frames and 0.6 s before them, at 12.5 a second; frames that are alike are stored once
  expect(film.delay!.reduce((sum, each) => sum + each, 0)).toBe((13 + 8) * 80);
  expect(previews.filter(({ film }) => film === null).map(({ refusal }) => refusal!.key)).toEqual([
    'join.noPack',
    'join.noPack',
    'join.noPack',
  ]);
});

test('over a cut the nearest frames that are alike are found; without a pack there is no morph', async () => {
  const picture = (seconds: number) => ({ file, ticks: seconds * ticksPerSecond });
  const resolved = resolvedOf(sampleOf('fillGap', { way: 'morph' }), {
    firstFrame: picture(0.4),
    lastFrame: picture(0.44),
  });
  const rate = { num: 25, den: 1 };
  const asked = { resolved, rate, mostBefore: 6, mostAfter: 6, least: 5, most: 12 };
  const { framesBefore, framesAfter, refusal } = await matchCut(asked, rooms);
  expect(framesBefore + framesAfter).toBe(5);
  expect(refusal?.key).toBe('join.noPack');
  expect((await matchCut({ ...asked, mostBefore: 1, mostAfter: 1 }, rooms)).refusal?.key).toBe('join.cutTooShort');
});
