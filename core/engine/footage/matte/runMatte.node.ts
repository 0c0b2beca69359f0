/**
 * Brings followed masks to the footage's own size in the inference child: the edge of each goes to where the frame
 * itself has it. Frames stream through; two are held.
 */
import { Readable } from 'node:stream';
import { fullSizeEdge } from '../../../../models/families/footage/select/fullSizeEdge.ts';
import { format } from '../../../ffmpeg/colour.ts';
import { FilterGraph } from '../../../ffmpeg/filterGraph.ts';
import { losslessOptions } from '../../../ffmpeg/losslessOptions.ts';
import { requireFrames } from '../../../ffmpeg/requireFrames.node.ts';
import { runFfmpeg, runFrames, type FfmpegResult } from '../../../ffmpeg/run.node.ts';
import { ticksAtFrame } from '../../../time/ticks.ts';
import { rgbFrames } from '../../media/readFrames.node.ts';
import type { FootageContext } from '../footageContext.ts';
import { maskAt } from '../follow/followFolders.node.ts';
import { FrameQueue } from '../interpolate/frameQueue.node.ts';
import type { MatteResult, MatteRun } from './matteRun.ts';

/** Makes the film. Throws FailureError as ffmpeg's runs do. */
export async function runMatte(run: MatteRun, context: FootageContext): Promise<MatteResult> {
  const { source, first, end, rate, width, height } = run;
  const frameCount = end - first;
  let making: Making | null = null;
  try {
    const read = await runFrames((rereads) => {
      // the file has to be read in another way: all frames come once more
      making?.stop();
      making = startMaking(run, context);
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
            to: making.queue,
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
    });
    requireFrames(read, frameCount);
    const made: FfmpegResult = await making!.finished;
    requireFrames(made, frameCount);
  } finally {
    making!.stop();
  }
  return { task: 'matte' };
}

interface Making {
  readonly queue: FrameQueue;
  readonly finished: Promise<FfmpegResult>;
  stop(): void;
}

/** Starts the encoder; its frames are the masks of those that come into the queue. */
function startMaking(run: MatteRun, context: FootageContext): Making {
  const { path, width, height, rate } = run;
  const queue = new FrameQueue(width * height * 3);
  const stopped = new AbortController();
  const graph = new FilterGraph();
  const frames = graph.open({
    ...{ path, fromStdin: true, format: 'rawvideo' },
    options: [
      ['pixel_format', 'gray'],
      ['video_size', { width, height }],
      ['framerate', rate],
    ],
  });
  const finished = runFfmpeg({
    graph,
    outputs: [
      {
        ...{ to: path, streams: [graph.chain([frames.stream(0)], [format('gray')])], format: 'matroska' },
        options: [['r', rate], ['fps_mode', 'passthrough'], ...losslessOptions],
      },
    ],
    stdin: Readable.from(masksOf(run, queue, context), { objectMode: false, highWaterMark: width * height }),
    signal: stopped.signal,
    about: 'the followed masks',
  });
  // the reader must not wait for an encoder that is gone
  finished.catch((error: unknown) => queue.destroy(error as Error));
  return {
    queue,
    finished,
    stop: () => {
      stopped.abort();
      queue.destroy();
    },
  };
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
