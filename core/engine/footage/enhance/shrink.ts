/**
 * Takes noise out of one picture: 8 x 8 DCTs at every second place, in each of which coefficients that noise may have
 * made are dropped; each pixel is the weighted mean of the 16 blocks that cover it. After Yu and Sapiro, 'DCT image
 * denoising: a simple and effective image denoising algorithm' (IPOL 2011). The transform along rows is shared by the
 * blocks above one another.
 */
import type { FloatPlane } from '../interpolate/sampleAt.ts';

/** Side of a block, px. */
const side = 8;
/** Distance between blocks, px. */
const step = 2;
/** The picture goes on, mirrored, by this far on each side: every pixel is covered as often. */
const margin = 8;

/** Standard deviation of the noise, in levels of the plane: the same everywhere, or for each pixel. */
export type Deviation = number | Float32Array;

/** Drops what lies below `times` the deviation of the noise. Works on planes of one size. */
export class Shrinker {
  readonly #width: number;
  readonly #height: number;
  /** With its margins, rounded up to whole steps. */
  readonly #rows: number;
  readonly #columns: number;
  /** Blocks in a row of blocks. */
  readonly #across: number;
  readonly #spectra: Float32Array;
  readonly #made: Float32Array;
  /** Weight of every 2 x 2 px. */
  readonly #weights: Float32Array;
  readonly #line: Float32Array;

  constructor({ width, height }: { readonly width: number; readonly height: number }) {
    this.#width = width;
    this.#height = height;
    this.#rows = (height + 2 * margin + 1) & ~1;
    this.#columns = (width + 2 * margin + 1) & ~1;
    this.#across = (this.#columns - side) / step + 1;
    this.#spectra = new Float32Array(this.#rows * this.#across * side);
    this.#made = new Float32Array(this.#spectra.length);
    this.#weights = new Float32Array((this.#rows / step) * (this.#columns / step));
    this.#line = new Float32Array(this.#columns);
  }

  /** `into` may be the plane's own data. */
  run(plane: FloatPlane, deviation: Deviation, times: number, into: Float32Array): void {
    this.#transformRows(plane.data);
    this.#made.fill(0);
    this.#weights.fill(0);
    for (let y = 0; y + side <= this.#rows; y += step) this.#shrinkBlocks(y, deviation, times);
    this.#putTogether(into);
  }

  #transformRows(data: Float32Array): void {
    const line = this.#line;
    for (let row = 0; row < this.#rows; row++) {
      const from = mirrored(row - margin, this.#height) * this.#width;
      for (let column = 0; column < this.#columns; column++)
        line[column] = data[from + mirrored(column - margin, this.#width)]!;
      let to = row * this.#across * side;
      for (let x = 0; x + side <= this.#columns; x += step, to += side) transform(line, x, 1, this.#spectra, to, 1);
    }
  }

  #shrinkBlocks(y: number, deviation: Deviation, times: number): void {
    const pitch = this.#across * side;
    for (let index = 0; index < this.#across; index++) {
      const at = y * pitch + index * side;
      const limit = times * this.#deviationAt(deviation, index * step - margin, y - margin);
      let kept = 0;
      for (let u = 0; u < side; u++) {
        transform(this.#spectra, at + u, pitch, block, u, side);
        for (let v = 0, i = u; v < side; v++, i += side) {
          const value = block[i]!;
          if (value <= limit && value >= -limit && i !== 0) block[i] = 0;
          else kept++;
        }
      }
      const weight = 1 / kept;
      for (let u = 0; u < side; u++) addInverse(u, weight, this.#made, at + u, pitch);
      const wide = this.#columns / step;
      let to = (y / step) * wide + index;
      for (let row = 0; row < side / step; row++, to += wide)
        for (let column = 0; column < side / step; column++) this.#weights[to + column]! += weight;
    }
  }

  #deviationAt(deviation: Deviation, x: number, y: number): number {
    if (typeof deviation === 'number') return deviation;
    const at = (dx: number, dy: number): number => {
      const [px, py] = [x + dx, y + dy];
      const column = px < 0 ? 0 : px < this.#width ? px : this.#width - 1;
      const row = py < 0 ? 0 : py < this.#height ? py : this.#height - 1;
      return deviation[row * this.#width + column]!;
    };
    return (at(1, 1) + at(6, 1) + at(3, 4) + at(1, 6) + at(6, 6)) / 5;
  }

  #putTogether(into: Float32Array): void {
    const [pitch, wide] = [this.#across * side, this.#columns / step];
    const line = this.#line;
    for (let y = 0; y < this.#height; y++) {
      const row = y + margin;
      line.fill(0);
      for (let index = 0, from = row * pitch; index < this.#across; index++, from += side)
        addBack(this.#made, from, line, index * step);
      const weights = (row >> 1) * wide;
      for (let x = 0, to = y * this.#width; x < this.#width; x++, to++)
        into[to] = line[x + margin]! / this.#weights[weights + ((x + margin) >> 1)]!;
    }
  }
}

function mirrored(place: number, count: number): number {
  let at = place < 0 ? -1 - place : place;
  // a plane narrower than the margin is mirrored more than once
  while (at >= count) at = at < 2 * count ? 2 * count - 1 - at : at - 2 * count;
  return at;
}

/** The block being worked on, rows of coefficients. */
const block = new Float32Array(side * side);
const [c1, c2, c3, c5, c6, c7] = [1, 2, 3, 5, 6, 7].map((k) => Math.cos((k * Math.PI) / 16) / 2) as [
  number,
  number,
  number,
  number,
  number,
  number,
];
const flat = Math.SQRT1_2 / 2;

/** The orthonormal DCT of eight samples, `every` apart. */
function transform(from: Float32Array, at: number, every: number, into: Float32Array, to: number, apart: number): void {
  const a = from[at]!;
  const b = from[at + every]!;
  const c = from[at + 2 * every]!;
  const d = from[at + 3 * every]!;
  const e = from[at + 4 * every]!;
  const f = from[at + 5 * every]!;
  const g = from[at + 6 * every]!;
  const h = from[at + 7 * every]!;
  const s0 = a + h;
  const s1 = b + g;
  const s2 = c + f;
  const s3 = d + e;
  const d0 = a - h;
  const d1 = b - g;
  const d2 = c - f;
  const d3 = d - e;
  const t0 = s0 + s3;
  const t1 = s1 + s2;
  const t2 = s0 - s3;
  const t3 = s1 - s2;
  into[to] = flat * (t0 + t1);
  into[to + apart] = c1 * d0 + c3 * d1 + c5 * d2 + c7 * d3;
  into[to + 2 * apart] = c2 * t2 + c6 * t3;
  into[to + 3 * apart] = c3 * d0 - c7 * d1 - c1 * d2 - c5 * d3;
  into[to + 4 * apart] = flat * (t0 - t1);
  into[to + 5 * apart] = c5 * d0 - c1 * d1 + c7 * d2 + c3 * d3;
  into[to + 6 * apart] = c6 * t2 - c2 * t3;
  into[to + 7 * apart] = c7 * d0 - c5 * d1 + c3 * d2 - c1 * d3;
}

/** Adds the inverse of one column of the block, weighted. */
function addInverse(u: number, weight: number, into: Float32Array, at: number, every: number): void {
  const x0 = weight * block[u]!;
  const x1 = weight * block[u + 8]!;
  const x2 = weight * block[u + 16]!;
  const x3 = weight * block[u + 24]!;
  const x4 = weight * block[u + 32]!;
  const x5 = weight * block[u + 40]!;
  const x6 = weight * block[u + 48]!;
  const x7 = weight * block[u + 56]!;
  if (x0 === 0 && x1 === 0 && x2 === 0 && x3 === 0 && x4 === 0 && x5 === 0 && x6 === 0 && x7 === 0) return;
  const p = flat * (x0 + x4);
  const q = flat * (x0 - x4);
  const r = c2 * x2 + c6 * x6;
  const s = c6 * x2 - c2 * x6;
  const e0 = p + r;
  const e1 = q + s;
  const e2 = q - s;
  const e3 = p - r;
  const o0 = c1 * x1 + c3 * x3 + c5 * x5 + c7 * x7;
  const o1 = c3 * x1 - c7 * x3 - c1 * x5 - c5 * x7;
  const o2 = c5 * x1 - c1 * x3 + c7 * x5 + c3 * x7;
  const o3 = c7 * x1 - c5 * x3 + c3 * x5 - c1 * x7;
  into[at]! += e0 + o0;
  into[at + every]! += e1 + o1;
  into[at + 2 * every]! += e2 + o2;
  into[at + 3 * every]! += e3 + o3;
  into[at + 4 * every]! += e3 - o3;
  into[at + 5 * every]! += e2 - o2;
  into[at + 6 * every]! += e1 - o1;
  into[at + 7 * every]! += e0 - o0;
}

/** Adds the inverse of a row of eight coefficients. */
function addBack(from: Float32Array, at: number, into: Float32Array, to: number): void {
  const x0 = from[at]!;
  const x1 = from[at + 1]!;
  const x2 = from[at + 2]!;
  const x3 = from[at + 3]!;
  const x4 = from[at + 4]!;
  const x5 = from[at + 5]!;
  const x6 = from[at + 6]!;
  const x7 = from[at + 7]!;
  const p = flat * (x0 + x4);
  const q = flat * (x0 - x4);
  const r = c2 * x2 + c6 * x6;
  const s = c6 * x2 - c2 * x6;
  const e0 = p + r;
  const e1 = q + s;
  const e2 = q - s;
  const e3 = p - r;
  const o0 = c1 * x1 + c3 * x3 + c5 * x5 + c7 * x7;
  const o1 = c3 * x1 - c7 * x3 - c1 * x5 - c5 * x7;
  const o2 = c5 * x1 - c1 * x3 + c7 * x5 + c3 * x7;
  const o3 = c7 * x1 - c5 * x3 + c3 * x5 - c1 * x7;
  into[to]! += e0 + o0;
  into[to + 1]! += e1 + o1;
  into[to + 2]! += e2 + o2;
  into[to + 3]! += e3 + o3;
  into[to + 4]! += e3 - o3;
  into[to + 5]! += e2 - o2;
  into[to + 6]! += e1 - o1;
  into[to + 7]! += e0 - o0;
}
