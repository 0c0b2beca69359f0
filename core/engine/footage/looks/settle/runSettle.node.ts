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
    frames: (queue) => settledFrames(queue, layout, context, frameCount),
  });
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
