/**
 * Films made frame by frame in this process: one run of ffmpeg reads, and what is made of its frames goes straight into
 * another that encodes. Nothing whole is held.
 */
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { FilterGraph, type Stream } from '../../ffmpeg/filterGraph.ts';
import type { FfmpegCommand } from '../../ffmpeg/command.node.ts';
import type { Rereads } from '../../ffmpeg/framePromise.ts';
import type { OutputFormat, OutputOption } from '../../ffmpeg/option.ts';
import { requireFrames } from '../../ffmpeg/requireFrames.node.ts';
import { runFfmpeg, runFrames, type FfmpegResult, type RunOptions } from '../../ffmpeg/run.node.ts';
import type { Size } from '../../render/place.ts';
import type { Rate } from '../../time/ticks.ts';
import { makeWholeFile } from '../../disk/wholeFile.node.ts';
import type { JoinedFile } from '../../ffmpeg/concatList.ts';
import { forgetPieces, joinPieces, keptPieces, pieceName, type FilmPieces } from './filmPieces.node.ts';
import { FrameQueue } from './interpolate/frameQueue.node.ts';

/** Raw frames, and the file they are encoded into. */
export interface FrameEncoding {
  readonly pixelFormat: string;
  readonly size: Size;
  readonly rate: Rate;
  /** Of one frame. */
  readonly bytes: number;
  /** The frames as they are encoded: filters between the raw frames and the encoder. */
  picture(graph: FilterGraph, frames: Stream): Stream;
  readonly output: {
    readonly path: string;
    readonly format: OutputFormat;
    readonly options: readonly OutputOption[];
  };
  /** Named where it fails; the output by default. */
  readonly about?: string;
}

/** Encodes the frames that come. Throws FailureError as `runFfmpeg`. */
export function encodeFrames(
  frames: AsyncIterable<Uint8Array>,
  { pixelFormat, size, rate, bytes, picture, output, about = output.path }: FrameEncoding,
  signal?: AbortSignal,
): Promise<FfmpegResult> {
  const graph = new FilterGraph();
  const raw = graph.open({
    path: output.path,
    fromStdin: true,
    format: 'rawvideo',
    options: [
      ['pixel_format', pixelFormat],
      ['video_size', size],
      ['framerate', rate],
    ],
  });
  const streams = [picture(graph, raw.stream(0))];
  return runFfmpeg({
    graph,
    outputs: [{ to: output.path, streams, format: output.format, options: output.options }],
    stdin: Readable.from(frames, { objectMode: false, highWaterMark: bytes }),
    about,
    ...(signal ? { signal } : {}),
  });
}

/** A film whose frames are made of those that are read. */
export interface FilmMade {
  /** Frames read, and the bytes of one. */
  readonly read: { readonly count: number; readonly bytes: number };
  /** Frames made. */
  readonly madeCount: number;
  readonly encoding: FrameEncoding;
  /** Where pieces are kept so that the film can be continued; without it, the film is made in one. */
  readonly pieces?: FilmPieces | null;
  /** The run of ffmpeg that reads into the queue. */
  reading(queue: FrameQueue, rereads: Rereads): FfmpegCommand & RunOptions;
  /**
   * The frames of the film from number `from` on, made from those of the queue, which has all of them; asked for again
   * when the file has to be read in another way.
   */
  frames(queue: FrameQueue, from: number): AsyncIterable<Uint8Array>;
}

/**
 * Makes the film. Answers how many of its frames were there from an earlier attempt. Throws FailureError as
 * `runFfmpeg` and where frames are missing, and what `frames` throws.
 */
export async function makeFilm(film: FilmMade): Promise<number> {
  const { pieces = null, encoding } = film;
  const { rate, output } = encoding;
  const whole = { frameCount: film.madeCount, rate, format: output.format };
  let kept: readonly JoinedFile[] = pieces ? await keptPieces(pieces, whole) : [];
  let making: Making | null = null;
  try {
    const read = await runFrames((rereads) => {
      // told to read otherwise: what was made so far is of no use
      const before = making;
      before?.stop();
      if (before) kept = [];
      making = startMaking(film, kept, before?.ended ?? null);
      return film.reading(making.queue, rereads);
    });
    requireFrames(read, film.read.count);
    await making!.finished;
  } finally {
    making!.stop();
  }
  return kept.reduce((sum, { frameCount }) => sum + frameCount, 0);
}

interface Making {
  readonly queue: FrameQueue;
  readonly finished: Promise<void>;
  /** Resolves when nothing is written any more, whatever became of it. */
  readonly ended: Promise<void>;
  stop(): void;
}

/** `before`: the end of an attempt whose pieces do not count. */
function startMaking(film: FilmMade, kept: readonly JoinedFile[], before: Promise<void> | null): Making {
  const queue = new FrameQueue(film.read.bytes);
  const stopped = new AbortController();
  const finished = film.pieces
    ? makePieces(film, film.pieces, kept, queue, before, stopped.signal)
    : makeWhole(film, queue, stopped.signal);
  // the reader must not wait for an encoder that is gone
  const ended = finished.catch((error: unknown) => void queue.destroy(error as Error));
  return {
    queue,
    finished,
    ended,
    stop: () => {
      stopped.abort();
      queue.destroy();
    },
  };
}

async function makeWhole(film: FilmMade, queue: FrameQueue, signal: AbortSignal): Promise<void> {
  requireFrames(await encodeFrames(film.frames(queue, 0), film.encoding, signal), film.madeCount);
}

async function makePieces(
  film: FilmMade,
  pieces: FilmPieces,
  kept: readonly JoinedFile[],
  queue: FrameQueue,
  before: Promise<void> | null,
  signal: AbortSignal,
): Promise<void> {
  if (before) {
    await before;
    await forgetPieces(pieces);
  }
  const { encoding, madeCount } = film;
  const { output } = encoding;
  const files = [...kept];
  const from = kept.reduce((sum, { frameCount }) => sum + frameCount, 0);
  const frames = film.frames(queue, from)[Symbol.asyncIterator]();
  for (let first = from; first < madeCount; first += pieces.framesEach) {
    const frameCount = Math.min(pieces.framesEach, madeCount - first);
    const name = pieceName(first, frameCount, output.format);
    await makeWholeFile(join(pieces.folder, name), async (path) => {
      const piece = { ...encoding, output: { ...output, path }, about: encoding.about ?? output.path };
      requireFrames(await encodeFrames(nextOf(frames, frameCount), piece, signal), frameCount);
    });
    files.push({ name, frameCount });
  }
  // what comes after the last frame: the queue is read to its end
  await frames.next();
  await joinPieces(pieces, files, encoding.rate, output);
}

/** The next frames; leaves the iterator open for those after them. */
async function* nextOf(frames: AsyncIterator<Uint8Array>, count: number): AsyncGenerator<Uint8Array> {
  for (let i = 0; i < count; i++) {
    const { done, value } = await frames.next();
    if (done) return;
    yield value;
  }
}
