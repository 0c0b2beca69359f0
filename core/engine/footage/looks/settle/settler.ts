/**
 * Lets strokes change only where the film does: each frame that a look has drawn replaces the one that is shown as far
 * as the source there differs from what it was when the shown one was drawn. What moves is redrawn at once, so that
 * nothing is seen twice; noise, and water that runs elsewhere in the picture, redraw nothing. Slow changes add up until
 * they count.
 */

/** One plane of a raw frame. */
export interface PlaneLayout {
  readonly width: number;
  readonly height: number;
  /** Bytes before it where frames come in and where they go out. */
  readonly from: number;
  readonly to: number;
}

/** Shares of a new frame where the source rests and where it moves. */
const shares = { resting: 0.05, moving: 1 };
/** Levels of difference up to which the source rests, and from which on it moves. */
const levels = { resting: 1.6, moving: 8 };
/** Mean difference of the source's levels that is a cut. */
const cutLevels = 26;

/** Takes frames in order. */
export class Settler {
  private readonly planes: readonly PlaneLayout[];
  private readonly width: number;
  private readonly height: number;
  private readonly columns: readonly Columns[];
  /** What is shown, in 256ths of a level: 8 bits would stop short of the goal. */
  private readonly shown: readonly Uint16Array[];
  /** The source of what is shown. */
  private held: Float32Array | null = null;

  /** `width`, `height`: of the small frames of the source. */
  constructor(planes: readonly PlaneLayout[], width: number, height: number) {
    this.planes = planes;
    this.width = width;
    this.height = height;
    this.shown = planes.map((plane) => new Uint16Array(plane.width * plane.height));
    this.columns = planes.map((plane) => columnsOf(plane.width, width));
  }

  /** `small`: the source, plane after plane, all of one size. Writes what is shown into `out`. */
  settle(frame: Uint8Array, small: Uint8Array, out: Uint8Array): void {
    const share = this.shareOf(small);
    for (const [index, plane] of this.planes.entries()) {
      const shown = this.shown[index]!;
      if (share) this.mix(frame, plane, this.columns[index]!, share, shown);
      else for (let i = 0; i < shown.length; i++) shown[i] = frame[plane.from + i]! * 256;
      for (let i = 0; i < shown.length; i++) out[plane.to + i] = (shown[i]! + 128) >> 8;
    }
  }

  /** How much of the new frame counts, 0..1; null = all of it, after a cut. */
  private shareOf(now: Uint8Array): Float32Array | null {
    const { held, width, height } = this;
    const count = width * height;
    const differing = new Float32Array(count);
    // colours count as much as light: an orange sleeve may be as light as the wall
    for (let i = 0; held && i < now.length; i++)
      differing[i % count] = Math.max(differing[i % count]!, Math.abs(now[i]! - held[i]!));
    if (!held || differing.reduce((sum, value) => sum + value, 0) / count > cutLevels) {
      this.held = Float32Array.from(now);
      return null;
    }
    const share = meanAround(differing, width, height);
    for (let i = 0; i < count; i++) {
      const t = Math.min(1, Math.max(0, (share[i]! - levels.resting) / (levels.moving - levels.resting)));
      share[i] = shares.resting + (shares.moving - shares.resting) * t * t * (3 - 2 * t);
    }
    for (let i = 0; i < now.length; i++) held[i]! += (now[i]! - held[i]!) * share[i % count]!;
    return share;
  }

  private mix(
    frame: Uint8Array,
    { width, height, from }: PlaneLayout,
    { left, part }: Columns,
    share: Float32Array,
    shown: Uint16Array,
  ): void {
    const row = new Float32Array(this.width + 1);
    for (let y = 0; y < height; y++) {
      const at = Math.min(this.height - 1, Math.max(0, ((y + 0.5) * this.height) / height - 0.5));
      const above = Math.floor(at);
      const below = Math.min(this.height - 1, above + 1);
      for (let x = 0; x < this.width; x++) {
        const [upper, lower] = [share[above * this.width + x]!, share[below * this.width + x]!];
        row[x] = upper + (lower - upper) * (at - above);
      }
      row[this.width] = row[this.width - 1]!;
      for (let x = 0, i = y * width; x < width; x++, i++) {
        const l = left[x]!;
        const old = shown[i]!;
        shown[i] = old + (frame[from + i]! * 256 - old) * (row[l]! + (row[l + 1]! - row[l]!) * part[x]!);
      }
    }
  }
}

/** Between which values of a row of the small frame each pixel lies. */
interface Columns {
  readonly left: Uint16Array;
  readonly part: Float32Array;
}

function columnsOf(width: number, small: number): Columns {
  const [left, part] = [new Uint16Array(width), new Float32Array(width)];
  for (let x = 0; x < width; x++) {
    const at = Math.min(small - 1, Math.max(0, ((x + 0.5) * small) / width - 0.5));
    left[x] = Math.floor(at);
    part[x] = at - left[x]!;
  }
  return { left, part };
}

/** Means over 3 x 3, of what lies inside. */
function meanAround(of: Float32Array, width: number, height: number): Float32Array {
  const mean = new Float32Array(of.length);
  for (let y = 0; y < height; y++) {
    const [above, here, below] = [Math.max(0, y - 1) * width, y * width, Math.min(height - 1, y + 1) * width];
    for (let x = 0; x < width; x++) {
      const [left, right] = [Math.max(0, x - 1), Math.min(width - 1, x + 1)];
      const upper = of[above + left]! + of[above + x]! + of[above + right]!;
      const middle = of[here + left]! + of[here + x]! + of[here + right]!;
      mean[here + x] = (upper + middle + of[below + left]! + of[below + x]! + of[below + right]!) / 9;
    }
  }
  return mean;
}
