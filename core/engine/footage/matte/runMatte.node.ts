/**
 * Brings followed masks to the footage's own size in the inference child: the edge of each goes to where the frame
 * itself has it. Frames stream through; two are held.
 */
import { fullSizeEdge } from '../../../../models/families/footage/select/fullSizeEdge.ts';
import { format } from '../../../ffmpeg/colour.ts';
import { FilterGraph } from '../../../ffmpeg/filterGraph.ts';
import { losslessOptions } from '../../../ffmpeg/losslessOptions.ts';
import { ticksAtFrame } from '../../../time/ticks.ts';
import { rgbFrames } from '../../media/readFrames.node.ts';
import type { FootageContext } from '../footageContext.ts';
import { maskAt } from '../follow/followFolders.node.ts';
import type { FrameQueue } from '../interpolate/frameQueue.node.ts';
import { makeFilm } from '../makeFilm.node.ts';
import type { MatteResult, MatteRun } from './matteRun.ts';

/** Makes the film. Throws FailureError as ffmpeg's runs do. */
export async function runMatte(run: MatteRun, context: FootageContext): Promise<MatteResult> {
  const { source, first, end, rate, width, height } = run;
  const frameCount = end - first;
  await makeFilm({
    read: { count: frameCount, bytes: width * height * 3 },
    madeCount: frameCount,
    encoding: {
      ...{ pixelFormat: 'gray', size: { width, height }, rate, bytes: width * height },
      picture: (graph, frames) => graph.chain([frames], [format('gray')]),
      output: {
        ...{ path: run.path, format: 'matroska' },
        options: [['r', rate], ['fps_mode', 'passthrough'], ...losslessOptions],
      },
      about: 'the followed masks',
    },
    reading: (queue, rereads) => {
      const graph = new FilterGraph(rereads);
      const request = {
        ...{ startTicks: ticksAtFrame(first, rate), frameCount, fps: rate.num / rate.den },
        ...{ width, height },
      };
      const picture = rgbFrames(graph, request, source, source.facts.video!);
      return {
        graph,
        outputs: [
          {
            to: queue,
            streams: [picture],
            format: 'rawvideo',
            options: [
              ['c:v', 'rawvideo'],
              ['pix_fmt', 'rgb24'],
              ['fps_mode', 'passthrough'],
            ],
          },
        ],
        about: source.path,
      };
    },
    frames: (queue) => masksOf(run, queue, context),
  });
  return { task: 'matte' };
}

async function* masksOf(
  { keys, first, end, width, height }: MatteRun,
  queue: FrameQueue,
  context: FootageContext,
): AsyncGenerator<Uint8Array> {
  const none = new Uint8Array(width * height);
  let next = maskAt({ keys }, first);
  for (let frame = first; frame < end; frame++) {
    context.checkCancelled();
    const data = await queue.next();
    if (!data) return;
    const mask = await next;
    // read while this one is worked on
    if (frame + 1 < end) next = maskAt({ keys }, frame + 1);
    yield mask ? fullSizeEdge(mask, { data, width, height }) : none;
    context.report({ fraction: (frame + 1 - first) / (end - first), stage: 'follow' });
  }
}
