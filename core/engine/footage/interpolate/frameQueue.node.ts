/** Takes raw frames from a run of ffmpeg, and gives them one by one: the run waits while enough lie ready. */
import { Writable } from 'node:stream';

/** Frames that may lie ready. */
const mostReady = 2;

/** A stream of frames of one size. Each frame has a buffer of its own. */
export class FrameQueue extends Writable {
  readonly #bytes: number;
  readonly #ready: Uint8Array[] = [];
  #filling: Uint8Array;
  #filled = 0;
  #waitingForRoom: (() => void) | null = null;
  #waitingForFrame: ((frame: Uint8Array | null) => void) | null = null;
  #ended = false;

  /** `bytes` of a frame. */
  constructor(bytes: number) {
    super();
    this.#bytes = bytes;
    this.#filling = new Uint8Array(bytes);
  }

  /** The next frame; null behind the last, and once the stream is destroyed. One at a time. */
  next(): Promise<Uint8Array | null> {
    const frame = this.#ready.shift();
    if (frame) {
      this.#waitingForRoom?.();
      return Promise.resolve(frame);
    }
    if (this.#ended) return Promise.resolve(null);
    return new Promise((resolve) => (this.#waitingForFrame = resolve));
  }

  override _write(chunk: Buffer, _encoding: string, done: () => void): void {
    let at = 0;
    while (at < chunk.length) {
      const part = chunk.subarray(at, at + this.#bytes - this.#filled);
      this.#filling.set(part, this.#filled);
      this.#filled += part.length;
      at += part.length;
      if (this.#filled < this.#bytes) continue;
      this.#give(this.#filling);
      this.#filling = new Uint8Array(this.#bytes);
      this.#filled = 0;
    }
    if (this.#ready.length < mostReady) return done();
    this.#waitingForRoom = () => {
      this.#waitingForRoom = null;
      done();
    };
  }

  override _final(done: () => void): void {
    this.#end();
    done();
  }

  override _destroy(error: Error | null, done: (error: Error | null) => void): void {
    this.#end();
    done(error);
  }

  #give(frame: Uint8Array): void {
    const waiting = this.#waitingForFrame;
    this.#waitingForFrame = null;
    if (waiting) waiting(frame);
    else this.#ready.push(frame);
  }

  #end(): void {
    this.#ended = true;
    this.#waitingForFrame?.(null);
    this.#waitingForFrame = null;
  }
}
