/** A stretch of a file as raw RGB frames, for inference. */
import { Writable } from 'node:stream';
import { FailureError } from '../../contract/errors.ts';
import { toBt709 } from '../../ffmpeg/colour.ts';
import { frameFilters } from '../../ffmpeg/frameFilters.ts';
import type { Ticks } from '../../time/ticks.ts';
import { runFfmpeg } from '../../ffmpeg/ffmpeg.node.ts';
import { colourOf, seeksExactly, type MediaFacts } from '../../disk/facts.ts';
import { localOnly } from './rawProbe.node.ts';

export interface FramesRequest {
  readonly path: string;
  readonly startTicks: Ticks;
  readonly frameCount: number;
  readonly fps: number;
  readonly width: number;
  readonly height: number;
  readonly signal?: AbortSignal;
  /** What is see-through becomes white (cut-out pictures); else it shows whatever colour the file has there. */
  readonly onWhite?: boolean;
}

export interface Frames {
  /** RGB24, frame after frame, rows from the top, full range. */
  readonly data: Uint8Array;
  readonly frameCount: number;
  readonly width: number;
  readonly height: number;
}

// Not by overlay: followed by loop, it brings ffmpeg 5.1 down.
const overWhite = `format=gbrap,geq=${['r', 'g', 'b'].map((c) => `${c}='255+(${c}(X,Y)-255)*alpha(X,Y)/255'`).join(':')}:a='255',`;

/**
 * Frame i is what the source shows at startTicks + i / fps; the last frame is held beyond its end. `path` is read as
 * `facts` describe it.
 */
export async function readFrames(request: FramesRequest, facts: MediaFacts): Promise<Frames> {
  const { width, height, frameCount, path } = request;
  if (!facts.video) throw new FailureError('badRequest', `${path} has no picture to read frames from.`, path);
  const bytes = width * height * 3 * frameCount;
  const data = new Uint8Array(bytes);
  let filled = 0;
  const stdout = new Writable({
    write(chunk: Buffer, _encoding, done) {
      data.set(chunk.subarray(0, Math.min(chunk.length, bytes - filled)), filled);
      filled = Math.min(bytes, filled + chunk.length);
      done();
    },
  });
  const frames = frameFilters({
    sourceRate: facts.kind === 'image' ? null : facts.video.rate,
    sourceDurationTicks: facts.durationTicks,
    startTicks: request.startTicks,
    speed: { num: 1, den: 1 },
    reversed: false,
    outputRate: { num: Math.round(request.fps * 1000), den: 1000 },
    frameCount,
    seeksExactly: seeksExactly(facts),
  });
  // colour first at the source's own size where it must be, then one scaling straight to RGB
  const toRgb = [
    'setsar=1',
    `scale=${width}:${height}:flags=bicubic+accurate_rnd+full_chroma_int:in_color_matrix=bt709:in_range=tv:out_range=pc`,
    'format=rgb24',
  ];
  // ffmpeg's colour conversion takes no odd sizes: the last row or column is left out
  const even =
    facts.video.codedWidth % 2 === 0 && facts.video.codedHeight % 2 === 0
      ? []
      : ['crop=trunc(iw/2)*2:trunc(ih/2)*2:0:0:exact=1'];
  const filters = [...frames.filters, ...even, ...toBt709(colourOf(facts.video), false), ...toRgb, ...frames.finish];
  const flattened = request.onWhite && facts.video.hasAlpha ? overWhite : '';
  await runFfmpeg({
    inputs: [{ path, options: [...localOnly, ...frames.inputOptions] }],
    filterGraph: `[0:${facts.video.streamIndex}]${flattened}${filters.join(',')}[v]`,
    outputs: [
      {
        to: stdout,
        options: [
          '-map',
          '[v]',
          '-an',
          '-c:v',
          'rawvideo',
          '-pix_fmt',
          'rgb24',
          '-fps_mode',
          'passthrough',
          '-f',
          'rawvideo',
        ],
      },
    ],
    about: path,
    signal: request.signal,
  });
  const read = Math.floor(filled / (width * height * 3));
  if (read === 0) throw new FailureError('damaged', `${path} gave no frame at the time asked for.`, path);
  return {
    data: read === frameCount ? data : data.subarray(0, read * width * height * 3),
    frameCount: read,
    width,
    height,
  };
}
