/** A stretch of a file as raw RGB frames, for inference. */
import { Writable } from 'node:stream';
import { FailureError } from '../../contract/errors.ts';
import { sentence } from '../../contract/sentence.ts';
import { exactScaling, format, toBt709 } from '../../ffmpeg/colour.ts';
import { add, call, divide, multiply, subtract, variable, type Expression } from '../../ffmpeg/expression.ts';
import { filter, FilterGraph, type Filter, type Stream } from '../../ffmpeg/filterGraph.ts';
import { openFrames } from '../../ffmpeg/layPatches.ts';
import type { Ticks } from '../../time/ticks.ts';
import { requireFrames } from '../../ffmpeg/requireFrames.node.ts';
import { runFrames } from '../../ffmpeg/run.node.ts';
import { colourOf, type VideoFacts } from '../../disk/facts.ts';
import { framesOf, type LocatedSource } from './locateSource.node.ts';
import { openStill } from './still.node.ts';

/** Which frames to read, and at which size (px). */
export interface FramesRequest {
  readonly startTicks: Ticks;
  readonly frameCount: number;
  readonly fps: number;
  readonly width: number;
  readonly height: number;
  readonly signal?: AbortSignal;
  /** What is see-through becomes white (cut-out pictures); else it shows whatever colour the file has there. */
  readonly onWhite?: boolean;
}

/** Frames as they were read. */
export interface Frames {
  /** RGB24, frame after frame, rows from the top, full range. */
  readonly data: Uint8Array;
  readonly frameCount: number;
  readonly width: number;
  readonly height: number;
}

/** Lays what is see-through on white. Not by overlay: followed by loop, it crashes ffmpeg 5.1. */
function overWhite(): Filter[] {
  const at = [variable('X'), variable('Y')] as const;
  const blended = (channel: 'r' | 'g' | 'b'): Expression =>
    add(255, divide(multiply(subtract(call(channel, ...at), 255), call('alpha', ...at)), 255));
  return [format('gbrap'), filter('geq', { r: blended('r'), g: blended('g'), b: blended('b'), a: 255 })];
}

/**
 * Frame i is what the source shows at startTicks + i / fps, patches and all; the last frame is held beyond its end.
 */
export async function readFrames(request: FramesRequest, source: LocatedSource): Promise<Frames> {
  const { width, height, frameCount } = request;
  const { path, facts } = source;
  if (!facts.video) throw new FailureError('badRequest', sentence('media.noPicture', { name: path }), path);
  if (facts.kind === 'image' && facts.proxyReason !== null) return stillFrames(request, path);
  const video = facts.video;
  let sink = new FrameSink(0);
  const result = await runFrames((rereads) => {
    sink = new FrameSink(width * height * 3 * frameCount);
    const graph = new FilterGraph(rereads);
    return {
      graph,
      outputs: [
        {
          to: sink,
          streams: [rgbFrames(graph, request, source, video)],
          format: 'rawvideo',
          options: [
            ['c:v', 'rawvideo'],
            ['pix_fmt', 'rgb24'],
            ['fps_mode', 'passthrough'],
          ],
        },
      ],
      about: path,
      signal: request.signal,
    };
  });
  if (result.frameCount === 0) throw new FailureError('damaged', sentence('media.noFrameThere', { name: path }), path);
  requireFrames(result, frameCount);
  return { data: sink.data, frameCount, width, height };
}

/** The picture stream of `readFrames`, for a run of its own. */
export function rgbFrames(
  graph: FilterGraph,
  request: FramesRequest,
  source: LocatedSource,
  video: VideoFacts,
): Stream {
  const { facts } = source;
  const frames = openFrames(graph, framesOf(source, video), {
    sourceRate: facts.kind === 'image' ? null : video.rate,
    sourceDurationTicks: facts.durationTicks,
    startTicks: request.startTicks,
    speed: { num: 1, den: 1 },
    reversed: false,
    outputRate: { num: Math.round(request.fps * 1000), den: 1000 },
    frameCount: request.frameCount,
  });
  return graph.chain(
    [frames.stream],
    [
      ...(request.onWhite && video.hasAlpha ? overWhite() : []),
      ...evenSides(video),
      // colour first, at the source's own size
      ...toBt709(colourOf(video), false),
      ...scaledToRgb(request.width, request.height),
      ...frames.finish,
    ],
  );
}

/** Stills that ffmpeg would not read, or not as they are meant: of another kind, turned, with a colour profile. */
async function stillFrames(request: FramesRequest, path: string): Promise<Frames> {
  const { width, height, frameCount, onWhite } = request;
  const picture = (await openStill(path)).autoOrient().toColourspace('srgb');
  const frame = await (onWhite ? picture.flatten({ background: '#ffffff' }) : picture.removeAlpha())
    .resize(width, height, { fit: 'fill', kernel: 'cubic' })
    .raw()
    .toBuffer();
  const data = new Uint8Array(frame.length * frameCount);
  for (let index = 0; index < frameCount; index++) data.set(frame, index * frame.length);
  return { data, frameCount, width, height };
}

/** Keeps the first bytes that come, as many as were asked for. */
class FrameSink extends Writable {
  readonly data: Uint8Array;
  filled = 0;

  constructor(bytes: number) {
    super();
    this.data = new Uint8Array(bytes);
  }

  override _write(chunk: Buffer, _encoding: string, done: () => void): void {
    const taken = chunk.subarray(0, this.data.length - this.filled);
    this.data.set(taken, this.filled);
    this.filled += taken.length;
    done();
  }
}

/** One scaling straight from bt709 to full-range RGB. */
function scaledToRgb(width: number, height: number): Filter[] {
  return [
    filter('setsar', { sar: 1 }),
    filter('scale', {
      w: width,
      h: height,
      flags: exactScaling,
      in_color_matrix: 'bt709',
      in_range: 'tv',
      out_range: 'pc',
    }),
    format('rgb24'),
  ];
}

/** ffmpeg's colour conversion takes no odd sizes: the last row or column is left out, and a single one is doubled. */
function evenSides({ codedWidth, codedHeight }: VideoFacts): Filter[] {
  if (codedWidth % 2 === 0 && codedHeight % 2 === 0) return [];
  if (codedWidth === 1 || codedHeight === 1)
    return [filter('scale', { w: call('max', 2, even('iw')), h: call('max', 2, even('ih')), flags: 'neighbor' })];
  return [filter('crop', { w: even('iw'), h: even('ih'), x: 0, y: 0, exact: 1 })];
}

function even(side: 'iw' | 'ih'): Expression {
  return multiply(call('trunc', divide(variable(side), 2)), 2);
}
