/** Frames as ffmpeg decodes them, one at a time: the run waits while a frame is worked on. Nothing whole is held. */
import { Writable } from 'node:stream';
import { callbackify } from 'node:util';
import type { FfmpegCommand } from '../../ffmpeg/command.node.ts';
import type { Reread, Rereads } from '../../ffmpeg/framePromise.ts';
import { requireFrames } from '../../ffmpeg/requireFrames.node.ts';
import { runFrames, type RunOptions } from '../../ffmpeg/run.node.ts';

/** Takes raw frames in order. */
export interface FrameTaker {
  /** Before the first frame; again when the file has to be read in another way: all frames come once more. */
  begin(): void;
  /** Where the next frame is written, `byteCount` long. */
  nextBuffer(): Uint8Array;
  /** The buffer is full. */
  take(index: number): void | Promise<void>;
}

class FrameSink extends Writable {
  private buffer: Uint8Array | null = null;
  private filled = 0;
  private index = 0;
  private readonly byteCount: number;
  private readonly taker: FrameTaker;

  constructor(byteCount: number, taker: FrameTaker) {
    super();
    this.byteCount = byteCount;
    this.taker = taker;
  }

  override _write(chunk: Buffer, _encoding: string, done: (error?: Error | null) => void): void {
    callbackify(() => this.spread(chunk))(done);
  }

  private async spread(chunk: Buffer): Promise<void> {
    for (let at = 0; at < chunk.length;) {
      this.buffer ??= this.taker.nextBuffer();
      const part = chunk.subarray(at, at + this.byteCount - this.filled);
      this.buffer.set(part, this.filled);
      this.filled += part.length;
      at += part.length;
      if (this.filled < this.byteCount) return;
      this.buffer = null;
      this.filled = 0;
      await this.taker.take(this.index++);
    }
  }
}

/** What a pass reads: the command without its outputs, and the picture in it. */
export type FrameSourceBuild = (rereads: Rereads) => Pick<FfmpegCommand, 'graph'> &
  Pick<RunOptions, 'about' | 'signal'> & {
    readonly picture: FfmpegCommand['outputs'][number]['streams'][number];
    readonly pixelFormat: string;
  };

/**
 * Hands `frameCount` frames of `byteCount` bytes to the taker. Answers how the files had to be read: a second pass is
 * given that, and does not start over. Throws FailureError as `runFrames` and where frames are missing.
 */
export async function streamFrames(
  build: FrameSourceBuild,
  byteCount: number,
  frameCount: number,
  taker: FrameTaker,
  known: Rereads = new Map(),
): Promise<Rereads> {
  let used: ReadonlyMap<string, Reread> = known;
  const result = await runFrames((rereads) => {
    used = new Map([...known, ...rereads]);
    taker.begin();
    const { picture, pixelFormat, ...command } = build(used);
    return {
      ...command,
      outputs: [
        {
          to: new FrameSink(byteCount, taker),
          streams: [picture],
          format: 'rawvideo',
          options: [
            ['c:v', 'rawvideo'],
            ['pix_fmt', pixelFormat],
            ['fps_mode', 'passthrough'],
          ],
        },
      ],
    };
  });
  requireFrames(result, frameCount);
  return used;
}
