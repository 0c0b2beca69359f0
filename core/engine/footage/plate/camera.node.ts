/**
 * How the camera moves, from small grey frames: corners outside the hole are followed from frame to frame (Lucas and
 * Kanade, forward and back), a plane motion is fitted to them (RANSAC), and each shot as a whole is judged to be still
 * or not, so that a person who fills half of the picture cannot drag the ground along.
 */
import { withMats, type Cv } from '../opencv/openCv.node.ts';
import { evidenceFor, simplestOf, type Evidence, type SmallFrame, type Tracks } from './cameraEvidence.ts';
import { compose, identity, isIdentity, isSane, movedX, movedY, type Homography } from './homography.ts';
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

const mostCorners = 300;
/** Surroundings by which the hole is filled, px of the small frames. */
const fillMargin = 12;
const farFrames = 12;
const testEvery = 6;
/** A motion this small may leave no trace in a soft picture, px of the small frames. */
const unseenMotion = 1;
/** A larger one shows in more cells than a single thing that moves covers. */
const leastMoved = 6;

/** Watches frames in order. */
export class CameraWatch {
  private readonly toNext: Homography[] = [];
  private readonly shotOf: number[] = [];
  private readonly stillShots: boolean[] = [];
  private readonly recent: SmallFrame[] = [];
  private evidence: Evidence = { ...noEvidence };
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
    this.stillShots.push(isStill(this.evidence));
    this.evidence = { ...noEvidence };
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
      if (kept < 16 || isCut) return { motion: identity(), isCut };
      const motion = this.fitted(tracks);
      return { motion: this.isSupported(motion, from, to) ? motion : identity(), isCut };
    });
  }

  /** Whether the picture itself bears a motion out. Few and soft corners agree on anything. */
  private isSupported(motion: Homography, from: SmallFrame, to: SmallFrame): boolean {
    if (isIdentity(motion)) return true;
    const { moved, stood } = evidenceFor(motion, from, to, this.width, this.height);
    if (this.reachOf(motion) < unseenMotion) return moved >= stood;
    return moved > stood && moved >= leastMoved;
  }

  /** How far a motion carries a corner of the picture, px. */
  private reachOf(motion: Homography): number {
    const corners = [0, this.width - 1].flatMap((x) => [0, this.height - 1].map((y) => [x, y] as const));
    return Math.max(...corners.map(([x, y]) => Math.hypot(movedX(motion, x, y) - x, movedY(motion, x, y) - y)));
  }

  private fitted(tracks: Tracks): Homography {
    const { cv, width, height } = this;
    const count = tracks.from.length / 2;
    const motion = withMats((keep) => {
      const from = keep(cv.matFromArray(count, 1, cv.CV_32FC2, [...tracks.from]));
      const to = keep(cv.matFromArray(count, 1, cv.CV_32FC2, [...tracks.to]));
      const inliers = keep(new cv.Mat());
      const found = keep(cv.findHomography(from, to, cv.RANSAC, 0.8, inliers));
      return found.rows === 3 ? Float64Array.from(found.data64F) : null;
    });
    return motion && isSane(motion, width, height) ? simplestOf(motion, tracks) : identity();
  }

  /** Compares frames far apart, cell by cell: does the motion explain them better than standing still, or worse? */
  private testStillness(apart: number): void {
    const { width, height } = this;
    const first = this.recent[this.recent.length - 1 - apart]!;
    const last = this.recent.at(-1)!;
    let motion = identity();
    for (const step of this.toNext.slice(this.toNext.length - apart)) motion = compose(step, motion);
    const { textured, moved, stood } = evidenceFor(motion, first, last, width, height);
    this.evidence.textured += textured;
    this.evidence.moved += moved;
    this.evidence.stood += stood;
  }
}

const noEvidence: Evidence = { textured: 0, moved: 0, stood: 0 };

/**
 * A camera that moves moves everything. Where as much of the picture is as it was, and would be led astray by the
 * motion that was found, that motion is of something before the camera.
 */
function isStill({ textured, moved, stood }: Evidence): boolean {
  return moved <= 0.2 * textured || moved <= stood;
}

function meanDifference(a: SmallFrame, b: SmallFrame): number {
  let sum = 0;
  for (let i = 0; i < a.grey.length; i += 3) sum += Math.abs(a.grey[i]! - b.grey[i]!);
  return (sum * 3) / a.grey.length;
}
