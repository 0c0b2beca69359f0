/**
 * How the camera moves, from small grey frames: corners outside the hole are followed from frame to frame (Lucas and
 * Kanade, forward and back), a plane motion is fitted to them (RANSAC), and each shot as a whole is judged to be still
 * or not, so that a person who fills half of the picture cannot drag the ground along.
 */
import { withMats, type Cv } from '../opencv/openCv.node.ts';
import { compose, identity, isSane, movedX, movedY, type Homography } from './homography.ts';
import { pullPush } from './pullPush.ts';

/** The camera over a stretch of frames. Motions are in pixels of the small frames. */
export interface Camera {
  /** From frame i to frame i + 1. */
  readonly toNext: readonly Homography[];
  /** The shot that each frame belongs to, counted from 0. */
  readonly shotOf: readonly number[];
  /** Shots in which the camera stands still. */
  readonly stillShots: readonly boolean[];
}

interface SmallFrame {
  readonly grey: Uint8Array;
  /** 1 where the hole is, or near. */
  readonly hidden: Uint8Array;
}

const mostCorners = 300;
/** Surroundings by which the hole is filled, px of the small frames. */
const fillMargin = 12;
const farFrames = 12;
const testEvery = 6;

/** Watches frames in order. */
export class CameraWatch {
  private readonly toNext: Homography[] = [];
  private readonly shotOf: number[] = [];
  private readonly stillShots: boolean[] = [];
  private readonly recent: SmallFrame[] = [];
  private evidence = { textured: 0, moved: 0 };
  private inShot = 0;
  private readonly cv: Cv;
  private readonly width: number;
  private readonly height: number;

  constructor(cv: Cv, width: number, height: number) {
    this.cv = cv;
    this.width = width;
    this.height = height;
  }

  /** The next frame. Both arrays are kept. */
  take(grey: Uint8Array, hidden: Uint8Array): void {
    const frame = { grey: this.filled(grey, hidden), hidden };
    const before = this.recent.at(-1);
    if (before) {
      const { motion, isCut } = this.between(before, frame);
      this.toNext.push(motion);
      if (isCut) this.endShot();
    }
    this.shotOf.push(this.stillShots.length);
    this.recent.push(frame);
    this.inShot++;
    if (this.recent.length > farFrames + 1) this.recent.shift();
    if (this.recent.length > farFrames && this.inShot % testEvery === 0) this.testStillness(farFrames);
  }

  /** After the last frame. */
  finish(): Camera {
    this.endShot();
    const { toNext, shotOf, stillShots } = this;
    const still = toNext.map((motion, i) => (stillShots[shotOf[i]!] ? identity() : motion));
    return { toNext: still, shotOf, stillShots };
  }

  private endShot(): void {
    if (this.evidence.textured === 0 && this.recent.length > 1) this.testStillness(this.recent.length - 1);
    const { textured, moved } = this.evidence;
    this.stillShots.push(moved <= 0.2 * textured);
    this.evidence = { textured: 0, moved: 0 };
    this.recent.length = 0;
    this.inShot = 0;
  }

  /** The hole filled smoothly, so that its edge is no corner and its content moves nothing. */
  private filled(grey: Uint8Array, hidden: Uint8Array): Uint8Array {
    const { width, height } = this;
    const first = hidden.indexOf(1);
    if (first < 0) return grey;
    let [left, right] = [width, 0];
    const [top, bottom] = [Math.floor(first / width), Math.floor(hidden.lastIndexOf(1) / width) + 1];
    for (let y = top; y < bottom; y++) {
      for (let x = 0; x < width; x++) {
        if (hidden[y * width + x] === 0) continue;
        if (x < left) left = x;
        if (x >= right) right = x + 1;
      }
    }
    const [x0, y0] = [Math.max(0, left - fillMargin), Math.max(0, top - fillMargin)];
    const [w, h] = [Math.min(width, right + fillMargin) - x0, Math.min(height, bottom + fillMargin) - y0];
    const [values, known] = [new Float32Array(w * h), new Float32Array(w * h)];
    for (let i = 0; i < values.length; i++) {
      const at = (y0 + Math.floor(i / w)) * width + x0 + (i % w);
      values[i] = grey[at]!;
      known[i] = 1 - hidden[at]!;
    }
    const smooth = pullPush(values, known, w, h);
    const whole = grey.slice();
    for (let i = 0; i < values.length; i++)
      if (known[i] === 0) whole[(y0 + Math.floor(i / w)) * width + x0 + (i % w)] = smooth[i]!;
    return whole;
  }

  private between(from: SmallFrame, to: SmallFrame): { motion: Homography; isCut: boolean } {
    const { cv, width, height } = this;
    return withMats((keep) => {
      const matOf = (data: Uint8Array) => {
        const mat = keep(new cv.Mat(height, width, cv.CV_8UC1));
        mat.data.set(data);
        return mat;
      };
      const [a, b] = [matOf(from.grey), matOf(to.grey)];
      const allowed = matOf(from.hidden.map((value) => (value === 1 ? 0 : 255)));
      const [corners, there, back] = [keep(new cv.Mat()), keep(new cv.Mat()), keep(new cv.Mat())];
      const [found, foundBack, error] = [keep(new cv.Mat()), keep(new cv.Mat()), keep(new cv.Mat())];
      cv.goodFeaturesToTrack(a, corners, mostCorners, 0.004, 7, allowed, 3);
      const difference = meanDifference(from, to);
      if (corners.rows < 12) return { motion: identity(), isCut: difference > 40 };
      const window = new cv.Size(17, 17);
      cv.calcOpticalFlowPyrLK(a, b, corners, there, found, error, window, 3);
      cv.calcOpticalFlowPyrLK(b, a, there, back, foundBack, error, window, 3);
      const tracks = { from: [] as number[], to: [] as number[] };
      const [p, q, r] = [corners.data32F, there.data32F, back.data32F];
      for (let i = 0; i < corners.rows; i++) {
        if (found.data[i] === 0 || foundBack.data[i] === 0) continue;
        const [x, y] = [q[2 * i]!, q[2 * i + 1]!];
        if (Math.hypot(p[2 * i]! - r[2 * i]!, p[2 * i + 1]! - r[2 * i + 1]!) > 0.6) continue;
        if (x < 0 || y < 0 || x > width - 1 || y > height - 1) continue;
        if (to.hidden[Math.round(y) * width + Math.round(x)] === 1) continue;
        tracks.from.push(p[2 * i]!, p[2 * i + 1]!);
        tracks.to.push(x, y);
      }
      const kept = tracks.from.length / 2;
      const isCut = kept < 0.25 * corners.rows && difference > 14;
      return { motion: kept < 16 || isCut ? identity() : this.fitted(tracks), isCut };
    });
  }

  private fitted(tracks: { readonly from: readonly number[]; readonly to: readonly number[] }): Homography {
    const { cv, width, height } = this;
    const count = tracks.from.length / 2;
    const motion = withMats((keep) => {
      const from = keep(cv.matFromArray(count, 1, cv.CV_32FC2, [...tracks.from]));
      const to = keep(cv.matFromArray(count, 1, cv.CV_32FC2, [...tracks.to]));
      const inliers = keep(new cv.Mat());
      const found = keep(cv.findHomography(from, to, cv.RANSAC, 0.8, inliers));
      return found.rows === 3 ? Float64Array.from(found.data64F) : null;
    });
    if (!motion || !isSane(motion, width, height)) return identity();
    return explainedBy(identity(), tracks) >= 0.92 * explainedBy(motion, tracks) ? identity() : motion;
  }

  /** Compares frames far apart, cell by cell: does the motion explain them better than standing still? */
  private testStillness(apart: number): void {
    const { width, height } = this;
    const first = this.recent[this.recent.length - 1 - apart]!;
    const last = this.recent.at(-1)!;
    let motion = identity();
    for (const step of this.toNext.slice(this.toNext.length - apart)) motion = compose(step, motion);
    const cell = Math.max(12, Math.round(width / 24));
    for (let top = 2; top + cell < height; top += cell) {
      for (let left = 2; left + cell < width; left += cell) {
        const found = compareCell(first, last, motion, { left, top, cell, width, height });
        if (!found) continue;
        this.evidence.textured++;
        if (found.moved < 0.75 * found.still - 0.4) this.evidence.moved++;
      }
    }
  }
}

/** How many tracks a motion explains to a third of a pixel. */
function explainedBy(
  motion: Homography,
  { from, to }: { readonly from: readonly number[]; readonly to: readonly number[] },
): number {
  let count = 0;
  for (let i = 0; i < from.length; i += 2) {
    const x = movedX(motion, from[i]!, from[i + 1]!) - to[i]!;
    const y = movedY(motion, from[i]!, from[i + 1]!) - to[i + 1]!;
    if (x * x + y * y < 0.33 ** 2) count++;
  }
  return count;
}

function meanDifference(a: SmallFrame, b: SmallFrame): number {
  let sum = 0;
  for (let i = 0; i < a.grey.length; i += 3) sum += Math.abs(a.grey[i]! - b.grey[i]!);
  return (sum * 3) / a.grey.length;
}

interface Cell {
  readonly left: number;
  readonly top: number;
  readonly cell: number;
  readonly width: number;
  readonly height: number;
}

/** Mean differences of a cell under no motion and under one; null for cells that are flat, hidden or led outside. */
function compareCell(
  a: SmallFrame,
  b: SmallFrame,
  motion: Homography,
  { left, top, cell, width, height }: Cell,
): { still: number; moved: number } | null {
  let [still, moved, texture, count] = [0, 0, 0, 0];
  for (let y = top; y < top + cell; y += 2) {
    for (let x = left; x < left + cell; x += 2) {
      const at = y * width + x;
      const [u, v] = [movedX(motion, x, y), movedY(motion, x, y)];
      if (u < 1 || v < 1 || u > width - 2 || v > height - 2) return null;
      const [u0, v0] = [u | 0, v | 0];
      const to = v0 * width + u0;
      if (a.hidden[at] === 1 || b.hidden[at] === 1 || b.hidden[to] === 1) return null;
      const value = a.grey[at]!;
      const [fx, fy] = [u - u0, v - v0];
      const above = b.grey[to]! * (1 - fx) + b.grey[to + 1]! * fx;
      const below = b.grey[to + width]! * (1 - fx) + b.grey[to + width + 1]! * fx;
      still += Math.abs(value - b.grey[at]!);
      moved += Math.abs(value - (above * (1 - fy) + below * fy));
      texture += Math.abs(value - a.grey[at + 1]!) + Math.abs(value - a.grey[at + width]!);
      count++;
    }
  }
  return texture / count < 5 ? null : { still: still / count, moved: moved / count };
}
