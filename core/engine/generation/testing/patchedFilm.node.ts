/** A patch laid over films of many kinds, held against what ffmpeg decodes of the film. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'vitest';
import { keysOfName } from '../../../disk/cacheFolder.node.ts';
import { FilterGraph } from '../../../ffmpeg/filterGraph.ts';
import { openFrames, samplesOf } from '../../../ffmpeg/layPatches.ts';
import { runFfmpeg } from '../../../ffmpeg/run.node.ts';
import { ticksAtFrame } from '../../../time/ticks.ts';
import type { KnownFile } from '../../media/factsStore.node.ts';
import { framesOf, type LocatedSource } from '../../media/locateSource.node.ts';
import { probeFile } from '../../media/probe.node.ts';
import { decoded, differences, makeFilm, type FilmSample } from './films.node.ts';
import { makePatch, opacityOver } from './makePatch.node.ts';

const firstFrame = 5;

/** Frames of a patch. */
export const frameCount = 6;

/** Writes the film into a folder. */
export async function makeSource(sample: FilmSample, folder: string): Promise<KnownFile> {
  const path = makeFilm(sample, folder);
  return { path, facts: await probeFile(path), ...keysOfName(sample.name) };
}

/** The first frames of a source with its patches, raw samples as the exporter gets them. */
export async function composedFrames(source: LocatedSource, count: number, folder: string): Promise<Buffer> {
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
  return readFile(path);
}

/** Not one sample outside the mask differs, at any frame; inside they do. */
export async function expectOnlyMaskChanged(sample: FilmSample, folder: string): Promise<void> {
  const file = await makeSource(sample, folder);
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
  const composed = await composedFrames({ ...base, patches: [patch] }, frameCount, folder);
  const original = decoded(file.path, format, firstFrame, frameCount, sample.pixelFormat.startsWith('yuvj'));
  expect(composed.length).toBe(original.length);
  const found = differences(composed, original, format, opacity);
  expect(found).toMatchObject({ outside: 0, frameCount });
  expect(found.checked).toBeGreaterThan(frameCount * opacity.data.length);
  expect(found.inside).toBeGreaterThan(frameCount * 1000);
}
