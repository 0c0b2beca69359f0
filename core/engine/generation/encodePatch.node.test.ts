import { execFileSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { FilterGraph } from '../../ffmpeg/filterGraph.ts';
import { openFrames, samplesOf } from '../../ffmpeg/layPatches.ts';
import { runFfmpeg } from '../../ffmpeg/run.node.ts';
import { contentKeyOfName } from '../../document/names.ts';
import { ticksAtFrame } from '../../time/ticks.ts';
import type { KnownFile } from '../media/factsStore.node.ts';
import { framesOf, type LocatedSource } from '../media/locateSource.node.ts';
import { probeFile } from '../media/probe.node.ts';
import { makePatch, opacityOver } from './testing/makePatch.node.ts';
import { decoded, differences, filmSamples, makeFilm, type FilmSample } from './testing/films.node.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'fw-patch-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const frameCount = 6;
const firstFrame = 5;

async function makeSource(sample: FilmSample): Promise<KnownFile> {
  const path = makeFilm(sample, folder);
  return { path, facts: await probeFile(path), contentKey: contentKeyOfName(sample.name) };
}

async function frames(source: LocatedSource, count: number): Promise<Buffer> {
  const video = source.facts.video!;
  const graph = new FilterGraph();
  const opened = openFrames(graph, framesOf(source, video), {
    sourceRate: video.rate,
    sourceDurationTicks: source.facts.durationTicks,
    startTicks: 0,
    speed: { num: 1, den: 1 },
    reversed: false,
    outputRate: video.rate,
    frameCount: count,
  });
  const path = join(folder, 'composed.raw');
  await runFfmpeg({
    graph,
    outputs: [
      {
        to: path,
        streams: [graph.chain([opened.stream], opened.finish)],
        format: 'rawvideo',
        options: [['fps_mode', 'passthrough']],
      },
    ],
  });
  return execFileSync('cat', [path], { maxBuffer: 1024 ** 3 });
}

describe('a patch over its source, against what ffmpeg decodes of the source', () => {
  test.each(filmSamples)(
    '$name ($pixelFormat): not one sample outside the mask differs, at any frame; inside they do',
    async (sample) => {
      const file = await makeSource(sample);
      const video = file.facts.video!;
      if (sample.rotated) expect(Math.abs(video.rotationDegrees)).toBe(90);
      const startTicks = ticksAtFrame(firstFrame, video.rate);
      const base: LocatedSource = {
        ...file,
        startTicks,
        patches: [],
        facts: { ...file.facts, durationTicks: ticksAtFrame(frameCount, video.rate) },
      };
      const opacity = await opacityOver(file, 0.303, 0.207);
      const patch = await makePatch(base, opacity, [250, 20, 120], frameCount, folder, 'made');
      const format = samplesOf(video);
      const composed = await frames({ ...base, patches: [patch] }, frameCount);
      const original = decoded(file.path, format, firstFrame, frameCount, sample.pixelFormat.startsWith('yuvj'));
      expect(composed.length).toBe(original.length);
      const found = differences(composed, original, format, opacity);
      expect(found).toMatchObject({ outside: 0, frameCount });
      expect(found.checked).toBeGreaterThan(frameCount * opacity.data.length);
      expect(found.inside).toBeGreaterThan(frameCount * 1000);
    },
  );

  test('an edit of an edit: outside both masks the film, under the first alone exactly the first', async () => {
    const file = await makeSource(filmSamples[5]!);
    const video = file.facts.video!;
    const base: LocatedSource = {
      ...file,
      startTicks: 0,
      patches: [],
      facts: { ...file.facts, durationTicks: ticksAtFrame(frameCount, video.rate) },
    };
    const lower = await opacityOver(file, 0.1, 0.1);
    const upper = await opacityOver(file, 0.3, 0.3);
    const first = await makePatch(base, lower, [250, 20, 120], frameCount, folder, 'first');
    const second = await makePatch(base, upper, [10, 200, 30], frameCount, folder, 'second');
    const format = samplesOf(video);
    const once = await frames({ ...base, patches: [first] }, frameCount);
    const twice = await frames({ ...base, patches: [first, second] }, frameCount);
    expect(differences(twice, once, format, upper)).toMatchObject({ outside: 0, frameCount });
    const both = { ...lower, data: lower.data.map((value, i) => Math.max(value, upper.data[i]!)) };
    const original = decoded(file.path, format, 0, frameCount, false);
    expect(differences(twice, original, format, both)).toMatchObject({ outside: 0, frameCount });
  });
});
