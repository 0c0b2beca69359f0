/**
 * Films made frame by frame in this process: one run of ffmpeg reads, and what is made of its frames goes straight into
 * another that encodes. Nothing whole is held.
 */
import { Readable } from 'node:stream';
import { FilterGraph, type Stream } from '../../ffmpeg/filterGraph.ts';
import type { FfmpegCommand } from '../../ffmpeg/command.node.ts';
import type { Rereads } from '../../ffmpeg/framePromise.ts';
import type { OutputFormat, OutputOption } from '../../ffmpeg/option.ts';
import { requireFrames } from '../../ffmpeg/requireFrames.node.ts';
import { runFfmpeg, runFrames, type FfmpegResult, type RunOptions } from '../../ffmpeg/run.node.ts';
import type { Size } from '../../render/place.ts';
import type { Rate } from '../../time/ticks.ts';
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
  /** The run of ffmpeg that reads into the queue. */
  reading(queue: FrameQueue, rereads: Rereads): FfmpegCommand & RunOptions;
  /** The frames of the film, from those of the queue; asked for again when the file has to be read in another way. */
  frames(queue: FrameQueue): AsyncIterable<Uint8Array>;
}

/** Makes the film. Throws FailureError as `runFfmpeg` and where frames are missing, and what `frames` throws. */
export async function makeFilm(film: FilmMade): Promise<void> {
  let making: Making | null = null;
  try {
    const read = await runFrames((rereads) => {
      // told to read otherwise: what was made so far is of no use
      making?.stop();
      making = startMaking(film);
      return film.reading(making.queue, rereads);
    });
    requireFrames(read, film.read.count);
    requireFrames(await making!.finished, film.madeCount);
  } finally {
    making!.stop();
  }
}

interface Making {
  readonly queue: FrameQueue;
  readonly finished: Promise<FfmpegResult>;
  stop(): void;
}

function startMaking(film: FilmMade): Making {
  const queue = new FrameQueue(film.read.bytes);
  const stopped = new AbortController();
  const finished = encodeFrames(film.frames(queue), film.encoding, stopped.signal);
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
