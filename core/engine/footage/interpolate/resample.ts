/** Resamples planes of samples: by area when they get smaller, linearly when they get larger. */
import type { Size } from '../../../render/place.ts';

/** Samples of one plane, row by row without gaps. */
export type Samples = Uint8Array | Uint16Array | Float32Array;

/** For each position along one side of the result: the first of the source's samples it takes, and their shares. */
interface Line {
  readonly first: Int32Array;
  readonly shares: Float32Array;
  /** Shares of one position. */
  readonly taps: number;
}

function lineOf(from: number, to: number): Line {
  const ratio = from / to;
  // a whole ratio begins each share at a sample
  const most = Number.isInteger(ratio) ? ratio : ratio > 1 ? Math.ceil(ratio) + 1 : 2;
  const taps = Math.min(from, Math.max(2, most));
  const first = new Int32Array(to);
  const shares = new Float32Array(to * taps);
  for (let at = 0; at < to; at++) {
    const middle = Math.max(0, Math.min((at + 0.5) * ratio - 0.5, from - 1));
    const start = ratio > 1 ? at * ratio : middle;
    first[at] = Math.max(0, Math.min(Math.floor(start), from - taps));
    let sum = 0;
    for (let tap = 0; tap < taps; tap++) {
      const place = first[at]! + tap;
      const share =
        ratio > 1 ? Math.min(place + 1, (at + 1) * ratio) - Math.max(place, start) : 1 - Math.abs(place - middle);
      shares[at * taps + tap] = Math.max(0, share);
      sum += Math.max(0, share);
    }
    for (let tap = 0; tap < taps; tap++) shares[at * taps + tap]! /= sum;
  }
  return { first, shares, taps };
}

/** Resamples planes of one size to another, again and again: the shares are computed once. */
export class Resampler {
  readonly #from: Size;
  readonly #to: Size;
  readonly #across: Line;
  readonly #down: Line;
  /** The source's rows at the result's width. */
  readonly #rows: Float32Array;

  constructor(from: Size, to: Size) {
    this.#from = from;
    this.#to = to;
    this.#across = lineOf(from.width, to.width);
    this.#down = lineOf(from.height, to.height);
    this.#rows = new Float32Array(from.height * to.width);
  }

  /** Writes samples times `scale` to `into`, whose rows are `stride` apart. */
  run(plane: Samples, into: Float32Array, scale = 1, stride = this.#to.width): void {
    this.#narrow(plane);
    const { width, height } = this.#to;
    const { first, shares, taps } = this.#down;
    for (let y = 0; y < height; y++) {
      const target = y * stride;
      into.fill(0, target, target + width);
      for (let tap = 0; tap < taps; tap++) {
        const share = shares[y * taps + tap]! * scale;
        if (share === 0) continue;
        const source = (first[y]! + tap) * width;
        for (let x = 0; x < width; x++) into[target + x]! += share * this.#rows[source + x]!;
      }
    }
  }

  #narrow(plane: Samples): void {
    const { width: fromWidth, height } = this.#from;
    const { width } = this.#to;
    const { first, shares, taps } = this.#across;
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < width; x++) {
        const at = y * fromWidth + first[x]!;
        let sum = 0;
        for (let tap = 0; tap < taps; tap++) sum += shares[x * taps + tap]! * plane[at + tap]!;
        this.#rows[y * width + x] = sum;
      }
    }
  }
}
