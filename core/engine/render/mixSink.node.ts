/** Takes the bytes of a mix: writes them in their place, counts them, measures their peak, finds what is no number. */
import type { FileHandle } from 'node:fs/promises';
import { Writable } from 'node:stream';
import { writeFailure } from '../../disk/projectFs.node.ts';

/** Samples that a source failed to give, counted from the part's first. */
export interface Hole {
  readonly from: number;
  readonly to: number;
}

/** What came of one part of a mix. */
export interface MixPart {
  readonly wanted: number;
  /** As many as came; what is beyond `wanted` is not written. */
  readonly samples: number;
  /** Largest absolute sample. */
  readonly peak: number;
  /** In order; they are silent in the file. */
  readonly holes: readonly Hole[];
}

/** Float, little endian, two channels. */
const frameBytes = 8;
/** Holes closer together than this are one: a resampler mixes what is missing with its neighbours. */
const sameHoleSamples = 4800;

/** Bytes of float stereo come in portions of any size. */
export class MixSink extends Writable {
  readonly #wanted: number;
  readonly #place: { readonly file: FileHandle; readonly position: number; readonly path: string } | null;
  readonly #holes: { from: number; to: number }[] = [];
  readonly #onSurplus: () => void;
  #samples = 0;
  #peak = 0;
  #rest: Buffer = Buffer.alloc(0);

  /** `place` null: nothing is written. `onSurplus`: more samples come than are wanted, perhaps without end. */
  constructor(
    wanted: number,
    place: { readonly file: FileHandle; readonly position: number; readonly path: string } | null,
    onSurplus: () => void = () => undefined,
  ) {
    super();
    this.#onSurplus = onSurplus;
    this.#wanted = wanted;
    this.#place = place;
  }

  get part(): MixPart {
    return { wanted: this.#wanted, samples: this.#samples, peak: this.#peak, holes: this.#holes };
  }

  override _write(chunk: Buffer, _encoding: string, done: (error?: Error | null) => void): void {
    const all = this.#rest.length > 0 ? Buffer.concat([this.#rest, chunk]) : chunk;
    const frames = Math.floor(all.length / frameBytes);
    this.#rest = Buffer.from(all.subarray(frames * frameBytes));
    const at = this.#samples;
    this.#samples += frames;
    if (this.#samples > this.#wanted) this.#onSurplus();
    const kept = Math.max(0, Math.min(frames, this.#wanted - at));
    if (kept === 0) return done();
    // a copy begins where floats may begin
    const floats = new Float32Array(kept * 2);
    const bytes = new Uint8Array(floats.buffer);
    bytes.set(all.subarray(0, kept * frameBytes));
    this.#measure(floats, at);
    void this.#keep(bytes, at, done);
  }

  #measure(floats: Float32Array, at: number): void {
    for (let index = 0; index < floats.length; index++) {
      const value = Math.abs(floats[index]!);
      if (value > this.#peak) this.#peak = value;
      else if (Number.isNaN(value)) {
        floats[index] = 0;
        this.#missing(at + (index >> 1));
      }
    }
  }

  #missing(sample: number): void {
    const last = this.#holes.at(-1);
    if (last && sample - last.to < sameHoleSamples) last.to = sample + 1;
    else this.#holes.push({ from: sample, to: sample + 1 });
  }

  async #keep(bytes: Uint8Array, at: number, done: (error?: Error | null) => void): Promise<void> {
    if (!this.#place) return done();
    const { file, position, path } = this.#place;
    try {
      for (let written = 0; written < bytes.length;)
        written += (await file.write(bytes, written, bytes.length - written, position + at * frameBytes + written))
          .bytesWritten;
    } catch (error) {
      const failure = writeFailure(error, path);
      return done(failure instanceof Error ? failure : new Error(String(failure)));
    }
    done();
  }
}
