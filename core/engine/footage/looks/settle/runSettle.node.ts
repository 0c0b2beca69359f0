/**
 * Looks whose strokes hold, in the inference child: one run of ffmpeg draws, the frames are settled here, another run
 * encodes. Two frames are held at a time.
 */
import { markedBt709 } from '../../../../ffmpeg/colour.ts';
import { filter } from '../../../../ffmpeg/filterGraph.ts';
import type { Rereads } from '../../../../ffmpeg/framePromise.ts';
import { format } from '../../../../ffmpeg/colour.ts';
import type { Size } from '../../../../render/place.ts';
import type { FootageContext } from '../../footageContext.ts';
import type { FrameQueue } from '../../interpolate/frameQueue.node.ts';
import { makeFilm, type FrameEncoding } from '../../makeFilm.node.ts';
import { asVideo, drawLooks } from '../drawLooks.ts';
import { patchOfLook } from '../patchOfLook.node.ts';
import { openStage } from '../lookGraph.node.ts';
import { Settler, type PlaneLayout } from './settler.ts';
import { isOfLines } from './settledLooks.ts';
import type { SettleResult, SettleRun } from './settleRun.ts';

/** Longer side of the frames by which change is found, px. */
const longestPx = 320;

/** Runs the task. Throws FailureError as `runFfmpeg`, and what `checkCancelled` throws. */
export async function runSettle(run: SettleRun, context: FootageContext): Promise<SettleResult> {
  const layout = layoutOf(run);
  const { frameCount } = run.wanted;
  await makeFilm({
    read: { count: frameCount, bytes: layout.bytesIn },
    madeCount: frameCount,
    encoding: encodingOf(run, layout),
    reading: (queue, rereads) => drawing(run, queue, rereads),
    frames: (queue) => {
      const settler = new Settler(layout.planes, layout.small.width, layout.small.height, isOfLines(run.wanted.looks));
      return settledFrames(queue, settler, layout, context, frameCount);
    },
  });
  return { task: 'settle' };
}

/** Raw frames that come in: the drawn picture, and the source below it. */
interface Layout {
  readonly size: Size;
  /** Of the frames by which change is found. */
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
  let bytesOut = 0;
  for (const divisor of patch ? [1, 1, 1] : [1, 2, 2]) {
    const [width, height] = [size.width / divisor, size.height / divisor];
    // stacked pictures of planes: each plane of the upper one is followed by the lower one's
    planes.push({ width, height, drawn: 2 * bytesOut, source: 2 * bytesOut + width * height, to: bytesOut });
    bytesOut += width * height;
  }
  return { size, small, pixelFormat, planes, bytesIn: 2 * bytesOut, bytesOut };
}

function drawing(run: SettleRun, to: FrameQueue, rereads: Rereads) {
  const { wanted, coded, patch } = run;
  const { pixelFormat } = layoutOf(run);
  const { graph, stage, source } = openStage(wanted, coded, rereads);
  const [used, watched] = stage.copies(source, 2);
  const drawn = drawLooks(stage, used!, wanted);
  const parts = (patch ? [drawn, stage.rgb(watched!)] : [asVideo(stage, drawn), watched!]).map((part) =>
    stage.chain(part, format(pixelFormat), filter('setsar', { sar: 1 })),
  );
  return {
    graph,
    outputs: [
      {
        to,
        streams: [stage.chain(graph.chain(parts, [filter('vstack')]), format(pixelFormat))],
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

function encodingOf({ wanted, patch, output }: SettleRun, { pixelFormat, size, bytesOut }: Layout): FrameEncoding {
  return {
    ...{ pixelFormat, size, rate: wanted.rate, bytes: bytesOut, output },
    picture: (graph, raw) => {
      const frames = graph.chain([raw], [filter('setsar', { sar: 1 })]);
      return patch ? patchOfLook(graph, frames, patch.shape, patch.target) : graph.chain([frames], [markedBt709]);
    },
  };
}

async function* settledFrames(
  queue: FrameQueue,
  settler: Settler,
  { bytesOut }: Layout,
  context: FootageContext,
  frameCount: number,
): AsyncGenerator<Uint8Array> {
  let count = 0;
  for (let frame = await queue.next(); frame; frame = await queue.next()) {
    context.checkCancelled();
    const out = new Uint8Array(bytesOut);
    settler.settle(frame, out);
    yield out;
    count += 1;
    context.report({ fraction: count / frameCount, stage: 'compose' });
  }
}
