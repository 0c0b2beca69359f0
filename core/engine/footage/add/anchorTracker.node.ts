/**
 * Follows what a picture is anchored to, in small grey frames: corners of the frame it was placed on are followed by
 * Lucas and Kanade, forward and back, then compared with that frame itself, brought to where they were found, so that
 * errors do not add up. Only when most of them have left is a later frame taken to compare with.
 */
import { withMats, type Cv } from '../opencv/openCv.node.ts';
import { compose, identity, inverse, isSane, movedX, movedY, type Homography } from '../plate/homography.ts';
import { fitMotion, residual, type MotionModel, type Tracks } from './fitMotion.ts';

/** What the motion may be; 'plane' is that of a surface under a moving camera. */
export type TrackModel = 'plane' | MotionModel;

interface Reference {
  readonly frame: Uint8Array;
  /** x and y of each corner. */
  readonly points: readonly number[];
  /** From the first frame to this one. */
  readonly fromFirst: Homography;
  readonly model: TrackModel;
}

const mostCorners = 260;
const leastCorners = 6;
/** Corners that a plane motion asks for; fewer give a simpler one. */
const cornersForPlane = 24;
const cornersForAffine = 12;
/** Windows of Lucas and Kanade, px. */
const windowPx = 21;
/** How far a corner may come back from where it began, px. */
const mostReturn = 0.7;
/** Likeness of a corner's surroundings to those of the reference, -1..1. */
const leastLikeness = 0.5;
const likeRadius = 6;
/** Residual of a track that agrees, px. */
const agreeing = 1.2;
/** Share of the corners in the picture that must agree. */
const leastShare = 0.2;
/** With fewer of the reference's corners in the picture than this, another frame becomes the reference. */
const renewBelow = 0.5;

/** Follows from one frame on, in order; make another one for the other direction. */
export class AnchorTracker {
  private readonly cv: Cv;
  private readonly width: number;
  private readonly height: number;
  private readonly wanted: TrackModel;
  /** Where corners are taken on the first frame: 255. */
  private readonly region: Uint8Array;
  private reference: Reference;
  private last: { readonly frame: Uint8Array; readonly fromReference: Homography };
  private isLost = false;
  /** From the first frame to the last by what the whole picture did: while it is lost, and when it is found again. */
  guess: Homography | null = null;

  /** `region`: 255 where the anchor is on the first frame, 0 elsewhere. */
  constructor(
    cv: Cv,
    size: { width: number; height: number },
    grey: Uint8Array,
    region: Uint8Array,
    model: TrackModel,
  ) {
    this.cv = cv;
    this.width = size.width;
    this.height = size.height;
    this.wanted = model;
    this.region = region;
    const frame = this.normalised(grey);
    this.reference = this.referTo(grey, frame, region, identity());
    this.last = { frame, fromReference: identity() };
  }

  /** Whether there are enough corners to follow well. */
  get isWell(): boolean {
    return this.reference.points.length / 2 >= cornersForPlane;
  }

  /** Whether there is anything to follow at all. */
  get canFollow(): boolean {
    return this.reference.points.length / 2 >= leastCorners;
  }

  /**
   * From the first frame to this one, the next in order; null where it was not found. `hidden`: 255 where something
   * stands before it.
   */
  follow(grey: Uint8Array, hidden: Uint8Array | null = null): Homography | null {
    if (!this.canFollow) return null;
    const frame = this.normalised(grey);
    const { reference, last } = this;
    const visible = this.inPicture(reference.points, last.fromReference);
    const wasLost = this.isLost;
    const tracks = wasLost ? none : this.track(last.frame, frame, visible, last.fromReference, hidden, 4);
    const followed = this.fitted(tracks, reference.model)?.motion;
    // what passes before the anchor hides it: meanwhile the whole picture tells where it is looked for
    const motion = followed ?? compose(this.wholeMotion(last.frame, frame), last.fromReference);
    let found = this.compared(frame, motion, hidden);
    // a first guess that was far off is bettered by the second comparison
    if (found) found = this.compared(frame, found.motion, hidden) ?? found;
    this.isLost = !found || found.count < Math.max(leastCorners, leastShare * found.visible);
    this.guess = wasLost ? compose(motion, reference.fromFirst) : null;
    if (this.isLost) {
      const away = followed ? compose(this.wholeMotion(last.frame, frame), last.fromReference) : motion;
      this.last = { frame, fromReference: away };
      this.guess = compose(away, reference.fromFirst);
      return null;
    }
    const fromFirst = compose(found!.motion, reference.fromFirst);
    this.last = { frame, fromReference: found!.motion };
    if (found!.visible < renewBelow * (reference.points.length / 2)) this.renew(grey, frame, fromFirst, hidden);
    return fromFirst;
  }

  /** From one frame to the next, by corners of the whole picture; the identity where they say nothing. */
  private wholeMotion(from: Uint8Array, to: Uint8Array): Homography {
    const { cv, width, height } = this;
    return withMats((keep) => {
      const [a, b] = [this.mat(keep, from), this.mat(keep, to)];
      const [corners, there, found, error] = [0, 1, 2, 3].map(() => keep(new cv.Mat())) as [Mat, Mat, Mat, Mat];
      cv.goodFeaturesToTrack(a, corners, mostCorners, 0.02, 12, keep(new cv.Mat()), 5);
      if (corners.rows < 12) return identity();
      cv.calcOpticalFlowPyrLK(a, b, corners, there, found, error, new cv.Size(windowPx, windowPx), 4);
      const kept = Array.from(found.data, (value, i) => (value === 1 ? i : -1)).filter((i) => i >= 0);
      if (kept.length < 12) return identity();
      const points = (of: Float32Array) => kept.flatMap((i) => [of[2 * i]!, of[2 * i + 1]!]);
      const start = keep(cv.matFromArray(kept.length, 1, cv.CV_32FC2, points(corners.data32F)));
      const end = keep(cv.matFromArray(kept.length, 1, cv.CV_32FC2, points(there.data32F)));
      const inliers = keep(new cv.Mat());
      const motion = keep(cv.findHomography(start, end, cv.RANSAC, 2, inliers));
      const found64 = motion.rows === 3 ? Float64Array.from(motion.data64F) : identity();
      return isSane(found64, width, height) ? found64 : identity();
    });
  }

  private renew(grey: Uint8Array, frame: Uint8Array, fromFirst: Homography, hidden: Uint8Array | null): void {
    const region = this.wanted === 'plane' && this.isWhole() ? this.region : this.movedRegion(fromFirst);
    const allowed = hidden ? region.map((value, i) => (hidden[i]! >= 128 ? 0 : value)) : region;
    const reference = this.referTo(grey, frame, allowed, fromFirst);
    // too few corners are left of it: those that are left are worth more than none
    if (reference.points.length / 2 < Math.max(leastCorners, 0.15 * this.reference.points.length)) return;
    this.reference = reference;
    this.last = { frame, fromReference: identity() };
  }

  private isWhole(): boolean {
    return this.region.every((value) => value === 255);
  }

  private movedRegion(motion: Homography): Uint8Array {
    const { width, height, region } = this;
    const back = inverse(motion);
    return Uint8Array.from(region, (_, at) => {
      const [x, y] = [at % width, Math.floor(at / width)];
      const [u, v] = [Math.round(movedX(back, x, y)), Math.round(movedY(back, x, y))];
      return u >= 0 && v >= 0 && u < width && v < height ? region[v * width + u]! : 0;
    });
  }

  /** Light and contrast evened out, so that neither a change of exposure nor a shadow moves anything. */
  private normalised(grey: Uint8Array): Uint8Array {
    const { cv, width, height } = this;
    return withMats((keep) => {
      const bytes = keep(new cv.Mat(height, width, cv.CV_8UC1));
      bytes.data.set(grey);
      const [values, squares, mean, meanSquare] = [0, 1, 2, 3].map(() => keep(new cv.Mat())) as [Mat, Mat, Mat, Mat];
      const soft = keep(new cv.Mat());
      // without grain corners are alike from frame to frame
      cv.GaussianBlur(bytes, soft, new cv.Size(5, 5), 1.1);
      soft.convertTo(values, cv.CV_32F);
      cv.multiply(values, values, squares);
      const size = new cv.Size(25, 25);
      cv.blur(values, mean, size);
      cv.blur(squares, meanSquare, size);
      const made = new Uint8Array(grey.length);
      const [v, m, q] = [values.data32F, mean.data32F, meanSquare.data32F];
      for (let i = 0; i < made.length; i++) {
        const deviation = Math.sqrt(Math.max(0, q[i]! - m[i]! * m[i]!));
        const value = 128 + (52 * (v[i]! - m[i]!)) / (deviation + 6);
        made[i] = value < 0 ? 0 : value > 255 ? 255 : value + 0.5;
      }
      return made;
    });
  }

  private referTo(grey: Uint8Array, frame: Uint8Array, region: Uint8Array, fromFirst: Homography): Reference {
    const { cv } = this;
    const points = withMats((keep) => {
      const image = this.mat(keep, grey);
      const allowed = this.mat(keep, region);
      const corners = keep(new cv.Mat());
      cv.goodFeaturesToTrack(image, corners, mostCorners, 0.01, 7, allowed, 5);
      return Array.from(corners.data32F);
    });
    const count = points.length / 2;
    const model =
      this.wanted === 'plane' && count < cornersForPlane
        ? count < cornersForAffine
          ? 'similarity'
          : 'affine'
        : this.wanted;
    return { frame, points, fromFirst, model };
  }

  private mat(keep: Keep, data: Uint8Array): Mat {
    const { cv, width, height } = this;
    const made = keep(new cv.Mat(height, width, cv.CV_8UC1));
    made.data.set(data);
    return made;
  }

  /** Indices of the points that a motion leaves in the picture. */
  private inPicture(points: readonly number[], motion: Homography): number[] {
    const [right, bottom] = [this.width - 9, this.height - 9];
    const kept: number[] = [];
    for (let i = 0; i < points.length; i += 2) {
      const [x, y] = [movedX(motion, points[i]!, points[i + 1]!), movedY(motion, points[i]!, points[i + 1]!)];
      if (x >= 8 && y >= 8 && x <= right && y <= bottom) kept.push(i / 2);
    }
    return kept;
  }

  /**
   * From the reference's corners to where they are in `to`; `from` is a frame in which the motion has brought them to
   * their places.
   */
  private track(
    from: Uint8Array,
    to: Uint8Array,
    visible: readonly number[],
    motion: Homography,
    hidden: Uint8Array | null,
    levels: number,
  ): Tracks {
    const { cv, width, reference } = this;
    const tracks = { from: [] as number[], to: [] as number[] };
    if (visible.length < leastCorners) return tracks;
    const placed = visible.flatMap((i) => {
      const [x, y] = [reference.points[2 * i]!, reference.points[2 * i + 1]!];
      return [movedX(motion, x, y), movedY(motion, x, y)];
    });
    withMats((keep) => {
      const [a, b] = [this.mat(keep, from), this.mat(keep, to)];
      const start = keep(cv.matFromArray(visible.length, 1, cv.CV_32FC2, placed));
      const [there, back] = [keep(new cv.Mat()), keep(new cv.Mat())];
      const [found, foundBack, error] = [keep(new cv.Mat()), keep(new cv.Mat()), keep(new cv.Mat())];
      const window = new cv.Size(windowPx, windowPx);
      cv.calcOpticalFlowPyrLK(a, b, start, there, found, error, window, levels);
      cv.calcOpticalFlowPyrLK(b, a, there, back, foundBack, error, window, levels);
      const [p, q, r] = [start.data32F, there.data32F, back.data32F];
      for (const [k, i] of visible.entries()) {
        const [x, y] = [q[2 * k]!, q[2 * k + 1]!];
        if (found.data[k] === 0 || foundBack.data[k] === 0) continue;
        if (!(Math.hypot(p[2 * k]! - r[2 * k]!, p[2 * k + 1]! - r[2 * k + 1]!) <= mostReturn)) continue;
        if (!(x >= 0 && y >= 0 && x <= width - 1 && y <= this.height - 1)) continue;
        if (hidden && hidden[Math.round(y) * width + Math.round(x)]! >= 128) continue;
        if (levels === comparingLevels && this.likeness(from, to, p[2 * k]!, p[2 * k + 1]!, x, y) < leastLikeness)
          continue;
        tracks.from.push(reference.points[2 * i]!, reference.points[2 * i + 1]!);
        tracks.to.push(x, y);
      }
    });
    return tracks;
  }

  /** Correlation of what surrounds two places, whole pixels. */
  private likeness(a: Uint8Array, b: Uint8Array, ax: number, ay: number, bx: number, by: number): number {
    const { width, height } = this;
    const [x0, y0, x1, y1] = [Math.round(ax), Math.round(ay), Math.round(bx), Math.round(by)];
    const r = Math.min(
      likeRadius,
      x0,
      y0,
      x1,
      y1,
      ...[width - 1 - x0, width - 1 - x1, height - 1 - y0, height - 1 - y1],
    );
    if (r < 3) return 0;
    let [sa, sb, saa, sbb, sab, n] = [0, 0, 0, 0, 0, 0];
    for (let dy = -r; dy <= r; dy++) {
      for (let dx = -r; dx <= r; dx++) {
        const [p, q] = [a[(y0 + dy) * width + x0 + dx]!, b[(y1 + dy) * width + x1 + dx]!];
        sa += p;
        sb += q;
        saa += p * p;
        sbb += q * q;
        sab += p * q;
        n++;
      }
    }
    const spread = Math.sqrt(Math.max(0, saa - (sa * sa) / n) * Math.max(0, sbb - (sb * sb) / n));
    return spread < 1 ? 0 : (sab - (sa * sb) / n) / spread;
  }

  /** The motion from the reference to the frame, found by comparing with the reference itself. */
  private compared(
    frame: Uint8Array,
    motion: Homography,
    hidden: Uint8Array | null,
  ): { motion: Homography; count: number; visible: number } | null {
    const { cv, width, height, reference } = this;
    const visible = this.inPicture(reference.points, motion);
    if (visible.length < leastCorners) return null;
    const brought = withMats((keep) => {
      const image = this.mat(keep, reference.frame);
      const matrix = keep(cv.matFromArray(3, 3, cv.CV_64F, [...motion]));
      const made = keep(new cv.Mat());
      cv.warpPerspective(image, made, matrix, new cv.Size(width, height), cv.INTER_CUBIC, cv.BORDER_REPLICATE);
      return made.data.slice();
    });
    const tracks = this.track(brought, frame, visible, motion, hidden, comparingLevels);
    const fit = this.fitted(tracks, reference.model);
    return fit && { ...fit, visible: visible.length };
  }

  private fitted(tracks: Tracks, model: TrackModel): { motion: Homography; count: number } | null {
    const { cv, width, height } = this;
    const count = tracks.from.length / 2;
    if (count < leastCorners) return null;
    const plane = withMats((keep) => {
      const from = keep(cv.matFromArray(count, 1, cv.CV_32FC2, [...tracks.from]));
      const to = keep(cv.matFromArray(count, 1, cv.CV_32FC2, [...tracks.to]));
      const inliers = keep(new cv.Mat());
      const found = keep(cv.findHomography(from, to, cv.RANSAC, agreeing, inliers));
      return found.rows === 3 ? { motion: Float64Array.from(found.data64F), inliers: inliers.data.slice() } : null;
    });
    if (!plane) return null;
    const motion = model === 'plane' ? plane.motion : fitMotion(agreed(tracks, plane.inliers), model);
    if (!isSane(motion, width, height) && model === 'plane') return null;
    let agreement = 0;
    for (let i = 0; i < count; i++) if (residual(motion, tracks, i) <= agreeing) agreement++;
    return { motion, count: agreement };
  }
}

const comparingLevels = 2;
const none: Tracks = { from: [], to: [] };

type Mat = InstanceType<Cv['Mat']>;
type Keep = <D extends { delete(): void }>(made: D) => D;

function agreed({ from, to }: Tracks, inliers: Uint8Array): Tracks {
  const kept = (points: readonly number[]) => points.filter((_, at) => inliers[at >> 1] === 1);
  return { from: kept(from), to: kept(to) };
}
