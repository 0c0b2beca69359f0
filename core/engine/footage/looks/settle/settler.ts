/**
 * Lets strokes change only where the film does: each frame that a look has drawn replaces the one that is shown as far
 * as the source there differs from what it was when the shown one was drawn. What moves is redrawn at once, so that
 * nothing is seen twice; noise, and water that runs elsewhere in the picture, redraw nothing. Slow changes add up until
 * they count. Where asked, pixels that stay as they are amid what moves follow within a few frames: thin lines then do
 * not flicker, while broad strokes would leave traces.
 */

/** One plane of a raw frame: what was drawn, and the source's own plane of the same size. */
export interface PlaneLayout {
  readonly width: number;
  readonly height: number;
  /** Bytes before each in the frames that come in, and before the plane where frames go out. */
  readonly drawn: number;
  readonly source: number;
  readonly to: number;
}

/** Shares of a new frame where the source rests and where it moves. */
const shares = { resting: 0.05, moving: 1 };
/** Levels of difference up to which the source rests, and from which on it moves. */
const levels = { resting: 1.6, moving: 8 };
/** Share of its surroundings' share that a pixel takes which rests by itself, where it is asked for. */
const calmPixelShare = 0.15;
const pixelLevels = { resting: 2, moving: 10 };
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
  /** The source of what is shown: small, all planes, and the first plane in full in 256ths. */
  private held: Float32Array | null = null;
  private readonly heldPixels: Uint16Array;
  /** By levels of a pixel's change. */
  private readonly pixelShares: Float32Array;

  /**
   * `width`, `height`: of the small frames of the source by which change is found; `calmsPixels`: whether pixels that
   * rest amid what moves follow slowly.
   */
  constructor(planes: readonly PlaneLayout[], width: number, height: number, calmsPixels: boolean) {
    const share = { resting: calmsPixels ? calmPixelShare : 1, moving: 1 };
    this.pixelShares = Float32Array.from({ length: 256 }, (_, change) => eased(change, pixelLevels, share));
    this.planes = planes;
    this.width = width;
    this.height = height;
    this.shown = planes.map((plane) => new Uint16Array(plane.width * plane.height));
    this.columns = planes.map((plane) => columnsOf(plane.width, width));
    this.heldPixels = new Uint16Array(planes[0]!.width * planes[0]!.height);
  }

  /** Writes what is shown into `out`. */
  settle(frame: Uint8Array, out: Uint8Array): void {
    const share = this.shareOf(smallOf(frame, this.planes, this.width, this.height));
    for (const [index, plane] of this.planes.entries()) {
      const shown = this.shown[index]!;
      if (!share) restart(frame, plane.drawn, shown, out, plane.to);
      else this.mix(frame, index, share, out);
    }
    const [{ source }] = this.planes as [PlaneLayout];
    if (!share) for (let i = 0; i < this.heldPixels.length; i++) this.heldPixels[i] = frame[source + i]! << 8;
  }

  /** How much of the new frame counts, 0..1; null = all of it, after a cut. */
  private shareOf(now: Float32Array): Float32Array | null {
    const { held, width, height } = this;
    const count = width * height;
    const differing = new Float32Array(count);
    // colours count as much as light: an orange sleeve may be as light as the wall
    for (let from = 0; held && from < now.length; from += count)
      for (let i = 0; i < count; i++)
        differing[i] = Math.max(differing[i]!, Math.abs(now[from + i]! - held[from + i]!));
    if (!held || differing.reduce((sum, value) => sum + value, 0) / count > cutLevels) {
      this.held = now;
      return null;
    }
    const share = meanAround(differing, width, height);
    for (let i = 0; i < count; i++) share[i] = eased(share[i]!, levels, shares);
    for (let from = 0; from < now.length; from += count)
      for (let i = 0; i < count; i++) held[from + i]! += (now[from + i]! - held[from + i]!) * share[i]!;
    return share;
  }

  private mix(frame: Uint8Array, index: number, share: Float32Array, out: Uint8Array): void {
    const { width, height, drawn, to } = this.planes[index]!;
    const { left, part } = this.columns[index]!;
    const { heldPixels: held, pixelShares } = this;
    const shown = this.shown[index]!;
    // planes of the first one's size follow their own pixels; smaller ones, the surroundings alone
    const isFine = shown.length === held.length;
    const isLastFine = isFine && this.shown[index + 1]?.length !== held.length;
    const { source } = this.planes[0]!;
    const row = new Float32Array(this.width + 1);
    for (let y = 0; y < height; y++) {
      rowOfShares(share, this.width, this.height, (y + 0.5) / height, row);
      for (let x = 0, i = y * width; x < width; x++, i++) {
        const l = left[x]!;
        let amount = row[l]! + (row[l + 1]! - row[l]!) * part[x]!;
        if (isFine) {
          const before = held[i]!;
          const change = (frame[source + i]! << 8) - before;
          const own = amount * pixelShares[(change < 0 ? -change : change) >> 8]!;
          amount = own > shares.resting ? own : shares.resting;
          if (isLastFine) held[i] = before + change * amount;
        }
        const old = shown[i]!;
        const value = old + ((frame[drawn + i]! << 8) - old) * amount;
        shown[i] = value;
        out[to + i] = (value + 128) >> 8;
      }
    }
  }
}

interface Span {
  readonly resting: number;
  readonly moving: number;
}

/** Rises smoothly from one share to the other between two levels. */
function eased(level: number, between: Span, share: Span): number {
  const t = Math.min(1, Math.max(0, (level - between.resting) / (between.moving - between.resting)));
  return share.resting + (share.moving - share.resting) * t * t * (3 - 2 * t);
}

/** All of a new frame is shown. */
function restart(frame: Uint8Array, from: number, shown: Uint16Array, out: Uint8Array, to: number): void {
  for (let i = 0; i < shown.length; i++) {
    const value = frame[from + i]!;
    shown[i] = value << 8;
    out[to + i] = value;
  }
}

/** The source in means, plane after plane, all of one size. */
function smallOf(frame: Uint8Array, planes: readonly PlaneLayout[], width: number, height: number): Float32Array {
  const small = new Float32Array(planes.length * width * height);
  let at = 0;
  for (const plane of planes) {
    for (let y = 0; y < height; y++) {
      const [top, bottom] = cellOf(y, height, plane.height);
      for (let x = 0; x < width; x++, at++) {
        const [first, end] = cellOf(x, width, plane.width);
        let sum = 0;
        for (let row = top; row < bottom; row++)
          for (let i = plane.source + row * plane.width + first; i < plane.source + row * plane.width + end; i++)
            sum += frame[i]!;
        small[at] = sum / ((bottom - top) * (end - first));
      }
    }
  }
  return small;
}

/** First and end of the samples that a small one stands for. */
function cellOf(at: number, count: number, samples: number): readonly [number, number] {
  const first = Math.floor((at * samples) / count);
  return [first, Math.max(first + 1, Math.floor(((at + 1) * samples) / count))];
}

/** The shares along a row at a height, 0..1, one more than there are so that the last has a neighbour. */
function rowOfShares(share: Float32Array, width: number, height: number, down: number, row: Float32Array): void {
  const at = Math.min(height - 1, Math.max(0, down * height - 0.5));
  const above = Math.floor(at);
  const below = Math.min(height - 1, above + 1);
  for (let x = 0; x < width; x++) {
    const upper = share[above * width + x]!;
    row[x] = upper + (share[below * width + x]! - upper) * (at - above);
  }
  row[width] = row[width - 1]!;
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
