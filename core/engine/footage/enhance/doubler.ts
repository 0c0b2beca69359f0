/** Doubles planes by interpolation: each sample becomes the four that lie around it. */
import type { Size } from '../../../render/place.ts';

/** 'cubic': Catmull-Rom, hardly rings. 'lanczos': six samples, keeps more of what is fine. */
export type Kernel = 'cubic' | 'lanczos';

/** Samples to each side of the place. */
const reach = 3;
const taps = 2 * reach;

/** Weights of six samples for a place `part` behind the third. */
function weightsAt(part: number, kernel: Kernel): readonly number[] {
  if (kernel === 'lanczos') {
    const found = Array.from({ length: taps }, (_, tap) => lanczos(tap - reach + 1 - part));
    const sum = found.reduce((all, weight) => all + weight, 0);
    return found.map((weight) => weight / sum);
  }
  const [a, b] = [part, 1 - part];
  return [
    0,
    -0.5 * a * b * b,
    1 - 2.5 * a * a + 1.5 * a * a * a,
    1 - 2.5 * b * b + 1.5 * b * b * b,
    -0.5 * b * a * a,
    0,
  ];
}

function lanczos(x: number): number {
  if (x === 0) return 1;
  const turn = Math.PI * x;
  return (reach * Math.sin(turn) * Math.sin(turn / reach)) / (turn * turn);
}

/** Made samples lie a quarter to each side of those that they are made of. */
const parts = [0.75, 0.25] as const;

/** Doubles planes of one size. */
export class Doubler {
  readonly #size: Size;
  readonly #weights: readonly Float32Array[];
  readonly #rows: Float32Array;
  readonly #line: Float32Array;

  constructor(size: Size, kernel: Kernel = 'cubic') {
    this.#size = size;
    this.#weights = parts.map((part) => Float32Array.from(weightsAt(part, kernel)));
    this.#rows = new Float32Array(2 * size.width * size.height);
    this.#line = new Float32Array(Math.max(size.width, size.height) + taps);
  }

  /** Four times as many samples; beyond the edges the last one goes on. */
  run(plane: ArrayLike<number>, into: Float32Array): void {
    const { width, height } = this.#size;
    const wide = 2 * width;
    for (let y = 0; y < height; y++) this.#double(plane, y * width, 1, width, this.#rows, y * wide, 1);
    for (let x = 0; x < wide; x++) this.#double(this.#rows, x, wide, height, into, x, wide);
  }

  #double(
    from: ArrayLike<number>,
    at: number,
    every: number,
    count: number,
    into: Float32Array,
    to: number,
    apart: number,
  ): void {
    const line = this.#line;
    for (let i = 0; i < count + taps; i++) {
      const place = i - reach;
      line[i] = from[at + every * (place < 0 ? 0 : place < count ? place : count - 1)]!;
    }
    for (let i = 0, target = to; i < 2 * count; i++, target += apart) {
      const weights = this.#weights[i & 1]!;
      // the third of the six is the sample before the place
      const first = (i >> 1) + (i & 1);
      into[target] =
        weights[0]! * line[first]! +
        weights[1]! * line[first + 1]! +
        weights[2]! * line[first + 2]! +
        weights[3]! * line[first + 3]! +
        weights[4]! * line[first + 4]! +
        weights[5]! * line[first + 5]!;
    }
  }
}
