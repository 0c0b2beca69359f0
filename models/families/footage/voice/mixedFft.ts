/** Fourier transforms of lengths that are products of 2, 3 and 5 (Stockham's self-sorting form). */

interface Stage {
  readonly radix: number;
  /** Length of the transforms left after this stage. */
  readonly rest: number;
  /** Transforms that lie interleaved. */
  readonly stride: number;
  /** cos and sin of the turns between parts, `radix` for each of `rest`. */
  readonly turnCos: Float64Array;
  readonly turnSin: Float64Array;
}

/** Complex transform of one length. Tables are built once. */
class MixedFft {
  readonly #size: number;
  readonly #stages: readonly Stage[];
  readonly #re: Float64Array;
  readonly #im: Float64Array;

  constructor(size: number) {
    this.#size = size;
    this.#re = new Float64Array(size);
    this.#im = new Float64Array(size);
    const stages: Stage[] = [];
    for (let left = size, stride = 1; left > 1;) {
      const radix = [5, 3, 4, 2].find((factor) => left % factor === 0);
      if (radix === undefined) throw new RangeError(`${size} is not a product of 2, 3 and 5`);
      const rest = left / radix;
      const [turnCos, turnSin] = [new Float64Array(rest * radix), new Float64Array(rest * radix)];
      for (let p = 0; p < rest; p++)
        for (let k = 0; k < radix; k++) {
          turnCos[p * radix + k] = Math.cos((2 * Math.PI * p * k) / left);
          turnSin[p * radix + k] = -Math.sin((2 * Math.PI * p * k) / left);
        }
      stages.push({ radix, rest, stride, turnCos, turnSin });
      left = rest;
      stride *= radix;
    }
    this.#stages = stages;
  }

  /** The transform of re + i im, in place and unscaled. */
  forward(re: Float64Array, im: Float64Array): void {
    let from = { re, im };
    let to = { re: this.#re, im: this.#im };
    for (const stage of this.#stages) {
      runStage(stage, from, to);
      [from, to] = [to, from];
    }
    if (from.re === re) return;
    re.set(from.re.subarray(0, this.#size));
    im.set(from.im.subarray(0, this.#size));
  }
}

interface Complex {
  readonly re: Float64Array;
  readonly im: Float64Array;
}

const unitRoots = new Map<number, Complex>(
  [2, 3, 4, 5].map((radix) => {
    const turns = Float64Array.from({ length: radix }, (_, k) => (2 * Math.PI * k) / radix);
    return [radix, { re: turns.map(Math.cos), im: turns.map((turn) => -Math.sin(turn)) }];
  }),
);

function runStage({ radix, rest, stride, turnCos, turnSin }: Stage, from: Complex, to: Complex): void {
  const roots = unitRoots.get(radix)!;
  for (let p = 0; p < rest; p++)
    for (let k = 0; k < radix; k++) {
      const c = turnCos[p * radix + k]!;
      const s = turnSin[p * radix + k]!;
      const target = stride * (radix * p + k);
      for (let q = 0; q < stride; q++) {
        let sumRe = 0;
        let sumIm = 0;
        for (let j = 0, root = 0; j < radix; j++, root = (root + k) % radix) {
          const at = q + stride * (p + rest * j);
          const [rootRe, rootIm] = [roots.re[root]!, roots.im[root]!];
          sumRe += from.re[at]! * rootRe - from.im[at]! * rootIm;
          sumIm += from.re[at]! * rootIm + from.im[at]! * rootRe;
        }
        to.re[target + q] = sumRe * c - sumIm * s;
        to.im[target + q] = sumRe * s + sumIm * c;
      }
    }
}

/** Transform of real samples of one even length, by a complex one of half the length. */
export class RealFft {
  readonly size: number;
  /** `size / 2 + 1` */
  readonly binCount: number;
  readonly #half: MixedFft;
  readonly #cos: Float64Array;
  readonly #sin: Float64Array;
  readonly #re: Float64Array;
  readonly #im: Float64Array;

  /** `size`: even, a product of 2, 3 and 5. */
  constructor(size: number) {
    const half = size / 2;
    this.size = size;
    this.binCount = half + 1;
    this.#half = new MixedFft(half);
    this.#cos = Float64Array.from({ length: half + 1 }, (_, k) => Math.cos((2 * Math.PI * k) / size));
    this.#sin = Float64Array.from({ length: half + 1 }, (_, k) => Math.sin((2 * Math.PI * k) / size));
    this.#re = new Float64Array(half);
    this.#im = new Float64Array(half);
  }

  /** Unscaled; `re` and `im` take `binCount` values. */
  forward(samples: Float32Array, re: Float32Array, im: Float32Array): void {
    const half = this.size / 2;
    const [zRe, zIm] = [this.#re, this.#im];
    for (let i = 0; i < half; i++) {
      zRe[i] = samples[2 * i]!;
      zIm[i] = samples[2 * i + 1]!;
    }
    this.#half.forward(zRe, zIm);
    for (let k = 0; k <= half; k++) {
      const [at, mirror] = [k % half, (half - k) % half];
      const evenRe = (zRe[at]! + zRe[mirror]!) / 2;
      const evenIm = (zIm[at]! - zIm[mirror]!) / 2;
      const oddRe = (zIm[at]! + zIm[mirror]!) / 2;
      const oddIm = (zRe[mirror]! - zRe[at]!) / 2;
      const [c, s] = [this.#cos[k]!, this.#sin[k]!];
      re[k] = evenRe + c * oddRe + s * oddIm;
      im[k] = evenIm + c * oddIm - s * oddRe;
    }
  }

  /** The inverse, unscaled: `size` times the samples that `forward` was given. */
  inverse(re: Float32Array, im: Float32Array, samples: Float32Array): void {
    const half = this.size / 2;
    const [zRe, zIm] = [this.#re, this.#im];
    for (let k = 0; k < half; k++) {
      const mirror = half - k;
      const evenRe = re[k]! + re[mirror]!;
      const evenIm = im[k]! - im[mirror]!;
      const differenceRe = re[k]! - re[mirror]!;
      const differenceIm = im[k]! + im[mirror]!;
      const [c, s] = [this.#cos[k]!, this.#sin[k]!];
      const oddRe = c * differenceRe - s * differenceIm;
      const oddIm = c * differenceIm + s * differenceRe;
      // with the parts swapped, the forward transform is the inverse
      zIm[k] = evenRe - oddIm;
      zRe[k] = evenIm + oddRe;
    }
    this.#half.forward(zRe, zIm);
    for (let i = 0; i < half; i++) {
      samples[2 * i] = zIm[i]!;
      samples[2 * i + 1] = zRe[i]!;
    }
  }
}
