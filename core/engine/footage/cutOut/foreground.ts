/**
 * The colours of a thing along its soft edge, without the ground that shows through there: laid over another ground,
 * the thing then has no halo of the old one. Foreground and background are estimated together from coarse to fine
 * (Germer, Uelwer, Conrad and Harmeling, 'Fast Multi-Level Foreground Estimation', ICPR 2020), each plane of samples by
 * itself. Where the thing is opaque, no sample changes.
 */
import type { Size } from '../../../render/place.ts';
import type { Plane } from '../interpolate/rawFrame.ts';

/** As in the paper: what keeps the equations solvable, and how much a step of the opacity lets colours differ. */
const regularization = 1e-5;
const gradientWeight = 1;
/** Rounds at a level; small levels are cheap, and everything rests on them. */
const smallSidePx = 32;
const smallRounds = 10;
const usualRounds = 2;
const smallestSidePx = 2;
/** Colours go on beyond the edge for one or two cells of this level, 8 px each, since scaling reads them there. */
const reachLevel = 3;

interface Level extends Size {
  readonly picture: Float32Array;
  readonly alpha: Float32Array;
  readonly front: Float32Array;
  readonly back: Float32Array;
  /** Cells that the thing covers in part, or that lie beside it. */
  readonly partial: Uint32Array;
}

/** Estimates planes of one size; its memory is used again for every frame. */
export class Foreground {
  readonly #levels: readonly Level[];

  constructor({ width, height }: Size) {
    const levels: Level[] = [];
    for (let [w, h] = [width, height]; ; [w, h] = [Math.ceil(w / 2), Math.ceil(h / 2)]) {
      const cells = (): Float32Array => new Float32Array(w * h);
      const arrays = { picture: cells(), alpha: cells(), front: cells(), back: cells() };
      levels.push({ width: w, height: h, ...arrays, partial: new Uint32Array(w * h) });
      if (Math.max(w, h) <= smallestSidePx) break;
    }
    this.#levels = levels;
  }

  /**
   * Writes the thing's colours into `plane`. `alpha`: of the same size, 0..`peak`. `blank`: what stands where nothing
   * of the thing is near.
   */
  estimate({ data }: Plane, { data: alpha }: Plane, peak: number, blank: number): void {
    const [finest, ...coarser] = this.#levels as [Level, ...Level[]];
    for (let i = 0; i < data.length; i++) {
      finest.picture[i] = data[i]! / peak;
      finest.alpha[i] = alpha[i]! / peak;
    }
    coarser.reduce((below, level) => halve(below, level), finest);
    let above: Level | null = null;
    for (const level of this.#levels.toReversed()) {
      begin(level, above);
      solve(level, Math.max(level.width, level.height) <= smallSidePx ? smallRounds : usualRounds);
      above = level;
    }
    this.#write(data, alpha, peak, blank);
  }

  #write(data: Plane['data'], alpha: Plane['data'], peak: number, blank: number): void {
    const { width, height, front } = this.#levels[0]!;
    const shift = Math.min(reachLevel, this.#levels.length - 1);
    const coarse = this.#levels[shift]!;
    const near = touched(coarse);
    for (let y = 0; y < height; y++) {
      const row = (y >> shift) * coarse.width;
      for (let x = 0; x < width; x++) {
        const i = y * width + x;
        if (alpha[i] === peak) continue;
        data[i] = alpha[i]! > 0 || near[row + (x >> shift)] ? Math.round(limited(front[i]!) * peak) : blank;
      }
    }
  }
}

function limited(value: number): number {
  return value < 0 ? 0 : value > 1 ? 1 : value;
}

/** Means of two by two cells. */
function halve(from: Level, to: Level): Level {
  for (let y = 0; y < to.height; y++) {
    const top = 2 * y * from.width;
    const bottom = Math.min(2 * y + 1, from.height - 1) * from.width;
    for (let x = 0; x < to.width; x++) {
      const left = 2 * x;
      const right = Math.min(left + 1, from.width - 1);
      const i = y * to.width + x;
      const { picture: p, alpha: a } = from;
      to.picture[i] = (p[top + left]! + p[top + right]! + p[bottom + left]! + p[bottom + right]!) / 4;
      to.alpha[i] = (a[top + left]! + a[top + right]! + a[bottom + left]! + a[bottom + right]!) / 4;
    }
  }
  return to;
}

/** What the coarser level found, and the picture itself where there is only thing or only ground. */
function begin({ width, height, picture, alpha, front, back }: Level, above: Level | null): void {
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const i = y * width + x;
      const j = above ? (y >> 1) * above.width + (x >> 1) : 0;
      front[i] = alpha[i] === 1 ? picture[i]! : above ? above.front[j]! : picture[i]!;
      back[i] = alpha[i] === 0 ? picture[i]! : above ? above.back[j]! : picture[i]!;
    }
  }
}

/** Gauss and Seidel's rounds over the cells that are covered in part, and those beside the thing. */
function solve({ width, height, picture, alpha, front, back, partial }: Level, rounds: number): void {
  let count = 0;
  for (let i = 0; i < alpha.length; i++) if (alpha[i]! < 1 && (alpha[i]! > 0 || isBeside(i))) partial[count++] = i;
  for (let round = 0; round < rounds; round++) {
    for (let k = 0; k < count; k++) {
      const i = partial[k]!;
      const x = i % width;
      const a = alpha[i]!;
      let [weights, fronts, backs] = [0, 0, 0];
      for (let side = 0; side < 4; side++) {
        const j = side === 0 ? (x > 0 ? i - 1 : i) : side === 1 ? (x < width - 1 ? i + 1 : i) : i + offsetY(side, i);
        const weight = regularization + gradientWeight * Math.abs(alpha[j]! - a);
        weights += weight;
        fronts += weight * front[j]!;
        backs += weight * back[j]!;
      }
      // a * front + (1 - a) * back = picture, in the least squares with the neighbours
      const b = 1 - a;
      const [ff, fb, bb] = [a * a + weights, a * b, b * b + weights];
      const toFront = a * picture[i]! + fronts;
      const toBack = b * picture[i]! + backs;
      const determinant = ff * bb - fb * fb;
      front[i] = limited((bb * toFront - fb * toBack) / determinant);
      back[i] = limited((ff * toBack - fb * toFront) / determinant);
    }
  }

  /** Nothing of the thing, but some of it in the next cell. */
  function isBeside(i: number): boolean {
    const x = i % width;
    if ((x > 0 && alpha[i - 1]! > 0) || (x < width - 1 && alpha[i + 1]! > 0)) return true;
    return (alpha[i - width] ?? 0) > 0 || (alpha[i + width] ?? 0) > 0;
  }

  function offsetY(side: number, i: number): number {
    if (side === 2) return i >= width ? -width : 0;
    return i < width * (height - 1) ? width : 0;
  }
}

/** Cells with anything of the thing in them or beside them. */
function touched({ width, height, alpha }: Level): Uint8Array {
  const near = new Uint8Array(width * height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      if (alpha[y * width + x] === 0) continue;
      for (let row = Math.max(0, y - 1); row <= Math.min(height - 1, y + 1); row++)
        near.fill(1, row * width + Math.max(0, x - 1), row * width + Math.min(width, x + 2));
    }
  }
  return near;
}
