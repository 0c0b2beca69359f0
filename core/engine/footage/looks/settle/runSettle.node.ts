/**
 * Looks whose strokes hold, in the inference child: one run of ffmpeg draws, the frames are settled here, another run
 * encodes. Two frames are held at a time.
 */
import { Readable } from 'node:stream';
import { markedBt709 } from '../../../../ffmpeg/colour.ts';
import { filter, FilterGraph, type Stream } from '../../../../ffmpeg/filterGraph.ts';
import type { Rereads } from '../../../../ffmpeg/framePromise.ts';
import { format } from '../../../../ffmpeg/colour.ts';
import { requireFrames } from '../../../../ffmpeg/requireFrames.node.ts';
import { runFfmpeg, runFrames, type FfmpegResult } from '../../../../ffmpeg/run.node.ts';
import type { Size } from '../../../../render/place.ts';
import type { FootageContext } from '../../footageContext.ts';
import { FrameQueue } from '../../interpolate/frameQueue.node.ts';
import { asVideo, drawLooks } from '../drawLooks.ts';
import { patchOfLook } from '../patchOfLook.node.ts';
import { openStage } from '../lookGraph.node.ts';
import { Settler, type PlaneLayout } from './settler.ts';
import type { SettleResult, SettleRun } from './settleRun.ts';

/** Longer side of the frames by which change is found, px. */
const longestPx = 320;

/** Runs the task. Throws FailureError as `runFfmpeg`, and what `checkCancelled` throws. */
export async function runSettle(run: SettleRun, context: FootageContext): Promise<SettleResult> {
  let making: Making | null = null;
  try {
    const read = await runFrames((rereads) => {
      // told to read otherwise: what was made so far is of no use
      making?.stop();
      making = startMaking(run, layoutOf(run), context);
      return drawing(run, making.queue, rereads);
    });
    requireFrames(read, run.wanted.frameCount);
    requireFrames(await making!.finished, run.wanted.frameCount);
  } finally {
    making!.stop();
  }
  return { task: 'settle' };
}

/** Raw frames that come in: the drawn picture, and the source below it, small. */
interface Layout {
  readonly size: Size;
  readonly small: Size;
  readonly pixelFormat: 'yuv420p' | 'gbrp';
  readonly planes: readonly PlaneLayout[];
  readonly bytesIn: number;
  readonly bytesOut: number;
}

function layoutOf({ wanted, coded, patch }: SettleRun): Layout {
  const { size } = openStage(wanted, coded).stage.frames;
  const scale = Math.min(1, longestPx / Math.max(size.width, size.height));
  const side = (px: number): number => Math.max(2, 2 * Math.floor((px * scale) / 2));
  const small = { width: side(size.width), height: side(size.height) };
  const pixelFormat = patch ? 'gbrp' : 'yuv420p';
  const planes: PlaneLayout[] = [];
  let [bytesIn, bytesOut] = [0, 0];
  for (const divisor of patch ? [1, 1, 1] : [1, 2, 2]) {
    const [width, height] = [size.width / divisor, size.height / divisor];
    planes.push({ width, height, from: bytesIn, to: bytesOut });
    bytesIn += width * (height + small.height / divisor);
    bytesOut += width * height;
  }
  return { size, small, pixelFormat, planes, bytesIn, bytesOut };
}

function drawing(run: SettleRun, to: FrameQueue, rereads: Rereads) {
  const { wanted, coded, patch } = run;
  const { size, small, pixelFormat } = layoutOf(run);
  const { graph, stage, source } = openStage(wanted, coded, rereads);
  const [used, watched] = stage.copies(source, 2);
  const drawn = drawLooks(stage, used!, wanted);
  const below = stage.chain(
    watched!,
    filter('scale', { w: small.width, h: small.height, flags: 'area' }),
    filter('setsar', { sar: 1 }),
  );
  const parts = patch ? [drawn, stage.rgb(below)] : [asVideo(stage, drawn), below];
  const padded = stage.chain(
    parts[1]!,
    format(pixelFormat),
    filter('pad', { w: size.width, h: small.height, x: 0, y: 0 }),
  );
  return {
    graph,
    outputs: [
      {
        to,
        streams: [
          stage.chain(
            graph.chain([stage.chain(parts[0]!, filter('setsar', { sar: 1 })), padded], [filter('vstack')]),
            format(pixelFormat),
          ),
        ],
        format: 'rawvideo' as const,
        options: [
          ['c:v', 'rawvideo'] as const,
          ['pix_fmt', pixelFormat] as const,
          ['fps_mode', 'passthrough'] as const,
        ],
      },
    ],
    about: wanted.range.file.path,
  };
}

interface Making {
  readonly queue: FrameQueue;
  readonly finished: Promise<FfmpegResult>;
  stop(): void;
}

/** Starts the encoder; its frames are those of the queue, settled. */
function startMaking({ wanted, patch, output }: SettleRun, layout: Layout, context: FootageContext): Making {
  const queue = new FrameQueue(layout.bytesIn);
  const stopped = new AbortController();
  const graph = new FilterGraph();
  const input = graph.open({
    path: output.path,
    fromStdin: true,
    format: 'rawvideo',
    options: [
      ['pixel_format', layout.pixelFormat],
      ['video_size', layout.size],
      ['framerate', wanted.rate],
    ],
  });
  const frames = graph.chain([input.stream(0)], [filter('setsar', { sar: 1 })]);
  const picture: Stream = patch
    ? patchOfLook(graph, frames, patch.shape, patch.target)
    : graph.chain([frames], [markedBt709]);
  const settled = settledFrames(queue, layout, context, wanted.frameCount);
  const finished = runFfmpeg({
    graph,
    outputs: [{ to: output.path, streams: [picture], format: output.format, options: output.options }],
    stdin: Readable.from(settled, { objectMode: false, highWaterMark: layout.bytesOut }),
    signal: stopped.signal,
    about: output.path,
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

async function* settledFrames(
  queue: FrameQueue,
  layout: Layout,
  context: FootageContext,
  frameCount: number,
): AsyncGenerator<Uint8Array> {
  const { small, planes, bytesOut } = layout;
  const settler = new Settler(planes, small.width, small.height);
  const source = new Uint8Array(planes.length * small.width * small.height);
  let count = 0;
  for (let frame = await queue.next(); frame; frame = await queue.next()) {
    context.checkCancelled();
    readSmall(frame, layout, source);
    const out = new Uint8Array(bytesOut);
    settler.settle(frame, source, out);
    yield out;
    count += 1;
    context.report({ fraction: count / frameCount, stage: 'compose' });
  }
}

/** The source from below the picture: planes that have fewer samples are spread to the size of the first. */
function readSmall(frame: Uint8Array, { size, small, planes }: Layout, source: Uint8Array): void {
  for (const [index, { width, height, from }] of planes.entries()) {
    const below = from + width * height;
    const divisor = size.width / width;
    for (let y = 0; y < small.height; y++) {
      const row = below + Math.floor(y / divisor) * width;
      const to = (index * small.height + y) * small.width;
      for (let x = 0; x < small.width; x++) source[to + x] = frame[row + Math.floor(x / divisor)]!;
    }
  }
}
