/** Small frames of a source in a pass's order: the next ones are decoded while the last are worked on. */
import type { Picture } from '../../../../models/families/footage/select/raster.ts';
import { ticksAtFrame } from '../../../time/ticks.ts';
import { readFrames } from '../../media/readFrames.node.ts';
import type { FollowRun } from './followRun.ts';

/** Frames of the first chunk: the first mask is to be there soon. Every chunk is twice as long as the one before. */
const firstCount = 12;
/** Seeking costs up to a group of pictures for each chunk. */
const mostCount = 96;

interface Chunk {
  readonly first: number;
  readonly count: number;
  readonly data: Promise<Uint8Array>;
}

/** Frames from a key frame on, each asked for once, in order. */
export class FramesAhead {
  readonly #run: FollowRun;
  readonly #stop = new AbortController();
  #chunk: Chunk;
  #next: Chunk | null;

  constructor(run: FollowRun) {
    this.#run = run;
    this.#chunk = this.#read(run.frame, firstCount)!;
    this.#next = this.#after(this.#chunk);
  }

  /** The picture of a frame. Throws FailureError as `readFrames`. */
  async at(frame: number): Promise<Picture> {
    const { width, height } = this.#run;
    if (!holds(this.#chunk, frame) && this.#next) {
      this.#chunk = this.#next;
      // not before the chunk is there: two decoders at once would hold up the one that is waited for
      await this.#chunk.data;
      this.#next = this.#after(this.#chunk);
    }
    if (!holds(this.#chunk, frame)) throw new Error(`frame ${frame} is out of turn`);
    const data = await this.#chunk.data;
    const bytes = width * height * 3;
    const at = (frame - this.#chunk.first) * bytes;
    return { data: data.subarray(at, at + bytes), width, height };
  }

  /** Ends what is still being decoded. */
  close(): void {
    this.#stop.abort();
  }

  #after({ first, count }: Chunk): Chunk | null {
    return this.#read(this.#run.step > 0 ? first + count : first - 1, Math.min(mostCount, count * 2));
  }

  /** From a frame on in the pass's direction; null beyond its end. */
  #read(from: number, count: number): Chunk | null {
    const { source, rate, width, height, step, to } = this.#run;
    const left = (to - from) * step;
    if (left <= 0) return null;
    const frameCount = Math.min(count, left);
    const first = step > 0 ? from : from - frameCount + 1;
    const startTicks = ticksAtFrame(first, rate);
    const fps = rate.num / rate.den;
    const data = readFrames({ startTicks, frameCount, fps, width, height, signal: this.#stop.signal }, source).then(
      (frames) => frames.data,
    );
    // whoever waits for it gets the failure; nobody may, when the pass ends before
    data.catch(() => undefined);
    return { first, count: frameCount, data };
  }
}

function holds({ first, count }: Chunk, frame: number): boolean {
  return frame >= first && frame < first + count;
}
