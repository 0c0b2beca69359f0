/** Reads a stretch of a film as frames on its own grid: small and grey to look at, or as they are. */
import type { Writable } from 'node:stream';
import { exactScaling, format } from '../../../ffmpeg/colour.ts';
import { filter, FilterGraph, type Filter } from '../../../ffmpeg/filterGraph.ts';
import { inSamples, openFrames } from '../../../ffmpeg/layPatches.ts';
import type { FfmpegCommand } from '../../../ffmpeg/command.node.ts';
import type { Rereads } from '../../../ffmpeg/framePromise.ts';
import type { RunOptions } from '../../../ffmpeg/run.node.ts';
import type { Rate } from '../../../time/ticks.ts';
import type { Size } from '../../../render/place.ts';
import { framesOf } from '../../media/locateSource.node.ts';
import type { InterpolateRun } from './interpolateRun.ts';

/** Which frames are read. */
export interface Stretch extends Pick<InterpolateRun, 'source' | 'startTicks' | 'frameCount' | 'samples'> {
  /** null for a photograph. */
  readonly sourceRate: Rate | null;
}

/** As they are, in the samples of the stretch. */
export function readRaw(stretch: Stretch, to: Writable, rereads: Rereads): FfmpegCommand & RunOptions {
  const { source, samples } = stretch;
  const own = framesOf(source, source.facts.video!);
  // what is see-through is left out
  return readAs(stretch, [...inSamples({ ...own, samples })], samples.name, to, rereads);
}

/** Reduced to `size`, one byte a pixel. */
export function readGrey(stretch: Stretch, size: Size, to: Writable, rereads: Rereads): FfmpegCommand & RunOptions {
  const scaled = filter('scale', { w: size.width, h: size.height, flags: exactScaling });
  return readAs(stretch, [format('gray'), scaled, format('gray')], 'gray', to, rereads);
}

function readAs(
  { source, startTicks, frameCount, sourceRate }: Stretch,
  then: readonly Filter[],
  pixelFormat: string,
  to: Writable,
  rereads: Rereads,
): FfmpegCommand & RunOptions {
  const graph = new FilterGraph(rereads);
  const frames = openFrames(graph, framesOf(source, source.facts.video!), {
    sourceRate,
    sourceDurationTicks: source.facts.durationTicks,
    startTicks,
    speed: { num: 1, den: 1 },
    reversed: false,
    outputRate: sourceRate ?? { num: 1, den: 1 },
    frameCount,
  });
  return {
    graph,
    outputs: [
      {
        to,
        streams: [graph.chain([frames.stream], [...then, ...frames.finish])],
        format: 'rawvideo',
        options: [
          ['c:v', 'rawvideo'],
          ['pix_fmt', pixelFormat],
          ['fps_mode', 'passthrough'],
        ],
      },
    ],
    about: source.path,
  };
}
