/** A removal as the engine makes it: masks, child's work, patch. The child's code runs in this process. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { sampleOf } from '../../../actions/testing/sampleRequests.ts';
import { keysOfName } from '../../../disk/cacheFolder.node.ts';
import { decoded, ffmpeg } from '../../generation/testing/films.node.ts';
import { samplesOf } from '../../../ffmpeg/layPatches.ts';
import type { MakerContext, MakerDependencies } from '../../generation/made.ts';
import type { ResolvedMask, ResolvedRequest, SourceFile } from '../../generation/resolved.ts';
import type { VideoRequest } from '../../../actions/actions.ts';
import type { FootageRun } from '../../inference/protocol.ts';
import { plainSource } from '../../media/locateSource.node.ts';
import { probeFile } from '../../media/probe.node.ts';
import { runFootageTask } from '../runFootageTask.node.ts';
import { makeRemoval } from './makeRemoval.node.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'fw-removal-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const frameCount = 10;
const [width, height] = [96, 64];

async function fileOf(name: string): Promise<SourceFile> {
  const path = join(folder, name);
  return { ...plainSource({ path, facts: await probeFile(path), ...keysOfName(path) }), name };
}

/**
 * A square that crosses a still pattern, the pattern alone, and the square as a mask, two pixels wider. (overlay counts
 * frames from 1.)
 */
async function makeFilms(): Promise<void> {
  const ground = ['-f', 'lavfi', '-i', `mandelbrot=s=${width}x${height}:rate=10:start_scale=0.4:end_scale=0.4`];
  const lossless = ['-frames:v', String(frameCount), '-pix_fmt', 'yuv420p', '-c:v', 'ffv1'];
  const laid = (size: number, place: string, colour: string) => [
    ...['-f', 'lavfi', '-i', `color=${colour}:s=${size}x${size}:r=10`],
    ...['-filter_complex', `[0][1]overlay=x=${place}`],
  ];
  ffmpeg(...ground, ...lossless, join(folder, 'truth.mkv'));
  ffmpeg(...ground, ...laid(12, '4+6*n:y=20', 'red'), ...lossless, join(folder, 'film.mkv'));
  const black = ['-f', 'lavfi', '-i', `color=black:s=${width}x${height}:r=10`];
  ffmpeg(...black, ...laid(16, '2+6*n:y=18', 'white'), ...lossless, join(folder, 'mask.mkv'));
}

function requestOf(source: SourceFile, mask: ResolvedMask): ResolvedRequest<VideoRequest> {
  const { durationTicks } = source.facts;
  const request = {
    ...sampleOf('inpaint'),
    edit: 'remove' as const,
    source: { kind: 'media' as const, id: 'm', startTicks: 0, durationTicks },
  };
  return {
    ...{ request, origin: 'footage', source: { file: source, startTicks: 0, durationTicks }, mask },
    ...{ firstFrame: null, lastFrame: null, references: [], renderPicture: null, inputKeys: ['film'] },
    ...{ sourceOffsetTicks: 0, parentTakeId: null },
  };
}

const dependencies = {
  appVersion: '0',
  providers: { threads: 1, runtimeVersion: '0' },
  inference: {
    run: async (run: FootageRun, { scratchFolder, threads }: { scratchFolder: string; threads: number }) => ({
      result: {
        family: 'footage',
        ...(await runFootageTask(run, {
          ...{ scratchFolder, threads, checkCancelled: () => undefined, report: () => undefined },
          readerOf: () => {
            throw new Error('removal reads no pack');
          },
        })),
      },
      times: { stepSeconds: 0, codingSeconds: 0, loadSeconds: 0 },
    }),
  },
} as unknown as MakerDependencies;

function contextOf(notices: string[]): MakerContext {
  return {
    signal: new AbortController().signal,
    notice: ({ text }) => void notices.push(text),
    setDevice: () => undefined,
    report: () => undefined,
  };
}

const method = { id: 'plate', version: 1 } as const;
const options = { size: null, picture: false };

test('behind a square that crosses a still picture the picture comes back, in a patch of the mask alone', async () => {
  await makeFilms();
  const source = await fileOf('film.mkv');
  const notices: string[] = [];
  const mask: ResolvedMask = { kind: 'video', file: await fileOf('mask.mkv'), featherPx: 8 };
  const made = await makeRemoval(requestOf(source, mask), method, dependencies, contextOf(notices), {
    ...options,
    folder,
  });
  expect(made).toMatchObject({ kind: 'video', frameCount, width, height, patch: { picture: { width, height } } });
  expect(notices).toEqual(['Removed with what other frames show behind it.']);
  expect(made.recipe).toMatchObject({ method, packs: [], verdict: { kind: 'clean', spans: [] } });
  const { box } = made.patch!;
  expect(box).toEqual({ x: 8, y: 18, width: 16 + 6 * (frameCount - 1), height: 16 });
  const samples = samplesOf(source.facts.video!);
  const truth = decoded(join(folder, 'truth.mkv'), samples, 0, frameCount, false);
  const patch = decoded(made.path, samples, 0, frameCount, false);
  const frameBytes = (width * height * 3) / 2;
  const patchBytes = (box.width * box.height * 2 * 3) / 2;
  let worst = 0;
  let opaque = 0;
  for (let frame = 0; frame < frameCount; frame++) {
    for (let y = 0; y < box.height; y++) {
      for (let x = 0; x < box.width; x++) {
        const at = frame * patchBytes + y * box.width + x;
        const inside = x >= 6 * frame && x < 6 * frame + 16;
        expect(patch[at + box.width * box.height]).toBe(inside ? 255 : 0);
        if (!inside) continue;
        opaque++;
        const wanted = truth[frame * frameBytes + (box.y + y) * width + box.x + x]!;
        worst = Math.max(worst, Math.abs(patch[at]! - wanted));
      }
    }
  }
  expect(opaque).toBe(frameCount * 16 * 16);
  expect(worst).toBeLessThanOrEqual(2);
});

test('a photograph is filled from its surroundings, and a notice says so', async () => {
  ffmpeg(
    '-f',
    'lavfi',
    '-i',
    'gradients=s=80x60:c0=red:c1=blue:x0=0:y0=0:x1=79:y1=0',
    '-frames:v',
    '1',
    join(folder, 'photo.png'),
  );
  const notices: string[] = [];
  const mask: ResolvedMask = {
    kind: 'drawn',
    mask: { kind: 'box', x: 0.4, y: 0.4, width: 0.2, height: 0.2, featherPx: 8 },
  };
  const source = await fileOf('photo.png');
  const made = await makeRemoval(requestOf(source, mask), method, dependencies, contextOf(notices), {
    ...options,
    folder,
  });
  expect(made).toMatchObject({ kind: 'image', extension: 'png', frameCount: 1, rate: null });
  expect(notices.join()).toMatch(/single picture/);
  expect(made.patch!.box).toEqual({ x: 0, y: 0, width: 80, height: 60 });
});

test('an empty mask is refused with a sentence', async () => {
  const source = await fileOf('film.mkv');
  const mask: ResolvedMask = { kind: 'drawn', mask: { kind: 'box', x: 0, y: 0, width: 0, height: 0, featherPx: 0 } };
  const making = makeRemoval(requestOf(source, mask), method, dependencies, contextOf([]), { ...options, folder });
  await expect(making).rejects.toMatchObject({ failure: { sentence: { key: 'generation.emptyMask' } } });
});
