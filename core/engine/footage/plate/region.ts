/** The part of one plane that is worked on, and what other frames say about its hidden samples. Pure. */
import type { Hole } from './hole.ts';
import type { PlateFrame } from './plateFrame.ts';
import { isIdentity, type Homography } from './homography.ts';
import { sampleCubic, type FrameLayout, type PlaneShape, type Samples } from './planes.ts';

/** Other frames that are asked about each sample, at most. */
export const mostCandidates = 6;

const bandWidth = 4;

/** Bounds in pixels of the picture, whole chroma samples. */
export interface Bounds {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** A plane's part of the bounds. */
export class PlaneRegion {
  readonly shape: PlaneShape;
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
  /** Positions of the samples that other frames are asked about: the hidden ones, then a band around the hole. */
  readonly asked: Int32Array;
  /** How many of those are hidden. */
  readonly hiddenCount: number;
  /** 1 = hidden. */
  readonly isHidden: Uint8Array;
  /**
   * For the i-th of those, from i * mostCandidates: what other frames show there, and how much that counts. Empty until
   * a frame is asked.
   */
  values = new Float32Array(0);
  weights = new Float32Array(0);
  readonly counts: Uint8Array;
  /** The samples as they will be: those of the frame, the hidden ones filled in step by step. */
  readonly result: Float32Array;

  constructor(frame: PlateFrame, plane: number, layout: FrameLayout, bounds: Bounds) {
    this.shape = layout.planes[plane]!;
    const { x, y } = this.shape.shift;
    this.left = bounds.left >> x;
    this.top = bounds.top >> y;
    this.width = Math.min(this.shape.width, (bounds.right + (1 << x) - 1) >> x) - this.left;
    this.height = Math.min(this.shape.height, (bounds.bottom + (1 << y) - 1) >> y) - this.top;
    const mask = hiddenOf(frame.hole, plane);
    const size = this.width * this.height;
    this.isHidden = new Uint8Array(size);
    this.result = new Float32Array(size);
    const samples = frame.planes[plane]!;
    const hidden: number[] = [];
    for (let i = 0, row = 0; row < this.height; row++) {
      const from = (this.top + row) * this.shape.width + this.left;
      for (let column = 0; column < this.width; column++, i++) {
        this.result[i] = samples[from + column]!;
        if (mask[from + column] === 0) continue;
        this.isHidden[i] = 1;
        hidden.push(i);
      }
    }
    this.hiddenCount = hidden.length;
    const band = this.band();
    this.asked = new Int32Array(hidden.length + band.length);
    this.asked.set(hidden);
    this.asked.set(band, hidden.length);
    this.counts = new Uint8Array(this.asked.length);
  }

  /** Samples beside the hole, by which the fill is fitted to its surroundings. */
  private band(): number[] {
    const { width, height, isHidden } = this;
    const near = new Uint8Array(width * height);
    for (let i = 0; i < near.length; i++) {
      if (isHidden[i] === 0) continue;
      const [x, y] = [i % width, Math.floor(i / width)];
      const inside = x > 0 && x < width - 1 && y > 0 && y < height - 1;
      if (inside && isHidden[i - 1]! && isHidden[i + 1]! && isHidden[i - width]! && isHidden[i + width]!) continue;
      for (let v = Math.max(0, y - bandWidth); v <= Math.min(height - 1, y + bandWidth); v++)
        near.fill(1, v * width + Math.max(0, x - bandWidth), v * width + Math.min(width, x + bandWidth + 1));
    }
    const band: number[] = [];
    for (let i = 0; i < near.length; i++) if (near[i] === 1 && isHidden[i] === 0) band.push(i);
    return band;
  }

  /** Asks another frame about the samples that want more candidates. `offset` is added to what it shows. */
  ask(other: PlateFrame, plane: number, motion: Homography, offset: number, weight: number): void {
    if (this.values.length === 0) {
      this.values = new Float32Array(this.asked.length * mostCandidates);
      this.weights = new Float32Array(this.asked.length * mostCandidates);
    }
    const mask = hiddenOf(other.hole, plane);
    if (isIdentity(motion)) this.askInPlace(other.planes[plane]!, mask, offset, weight);
    else this.askAlong(motion, other.planes[plane]!, mask, offset, weight);
  }

  /** As `askAlong` for a motion that moves nothing: samples are whole ones. */
  private askInPlace(samples: Samples, mask: Uint8Array, offset: number, weight: number): void {
    const { asked, counts, values, weights, left, top, width: ownWidth } = this;
    const { width } = this.shape;
    for (let i = 0; i < asked.length; i++) {
      const count = counts[i]!;
      if (count >= mostCandidates) continue;
      const at = asked[i]!;
      const row = (at / ownWidth) | 0;
      const to = (top + row) * width + left + at - row * ownWidth;
      if (mask[to] !== 0 || mask[to + 1] || mask[to + width] || mask[to + width + 1]) continue;
      values[i * mostCandidates + count] = samples[to]! + offset;
      weights[i * mostCandidates + count] = weight;
      counts[i] = count + 1;
    }
  }

  private askAlong(motion: Homography, samples: Samples, mask: Uint8Array, offset: number, weight: number): void {
    const { asked, counts, values, weights, left, top, width: ownWidth } = this;
    const { width, height, shift } = this.shape;
    const [sx, sy] = [1 << shift.x, 1 << shift.y];
    const sited = shift.y === 0 ? 0 : 0.5;
    const [m0, m1, m2, m3, m4, m5, m6, m7, m8] = motion as unknown as Nine;
    for (let i = 0; i < asked.length; i++) {
      const count = counts[i]!;
      if (count >= mostCandidates) continue;
      const at = asked[i]!;
      const row = (at / ownWidth) | 0;
      const x = (left + at - row * ownWidth) * sx;
      const y = (top + row) * sy + sited;
      const w = m6 * x + m7 * y + m8;
      const u = (m0 * x + m1 * y + m2) / w / sx;
      const v = ((m3 * x + m4 * y + m5) / w - sited) / sy;
      if (!(u >= 0 && v >= 0 && u <= width - 1 && v <= height - 1)) continue;
      const to = (v | 0) * width + (u | 0);
      if (mask[to] !== 0 || mask[to + 1] || mask[to + width] || mask[to + width + 1]) continue;
      values[i * mostCandidates + count] = sampleCubic(samples, width, height, u, v) + offset;
      weights[i * mostCandidates + count] = weight;
      counts[i] = count + 1;
    }
  }
}

type Nine = readonly [number, number, number, number, number, number, number, number, number];

/** Writes the hidden samples of a region into a plane. */
export function writeRegion(region: PlaneRegion, plane: Samples, { most }: Pick<FrameLayout, 'most'>): void {
  const { asked, hiddenCount, width, left, top, shape, result } = region;
  for (let i = 0; i < hiddenCount; i++) {
    const at = asked[i]!;
    const value = Math.round(result[at]!);
    plane[(top + Math.floor(at / width)) * shape.width + left + (at % width)] =
      value < 0 ? 0 : value > most ? most : value;
  }
}

/** The hidden samples of a plane. */
export function hiddenOf(hole: Hole, plane: number): Uint8Array {
  return plane === 0 ? hole.pixels : hole.chroma;
}
