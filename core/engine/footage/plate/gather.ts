/**
 * Asks the frames around for what is hidden in one, and chooses among them. It depends on nothing that was made before:
 * frames can be gathered in any order and on several threads. Pure.
 */
import { alignRing, ringOf, type Fit, type Other, type Ring } from './align.ts';
import type { Camera } from './camera.node.ts';
import { chooseValues, type Chosen } from './choose.ts';
import { compose, identity, inverse, type Homography } from './homography.ts';
import type { FrameLayout } from './planes.ts';
import type { PlateFrame } from './plateFrame.ts';
import { mostCandidates, PlaneRegion, type Bounds } from './region.ts';

/** Frames that can be asked. */
export interface FrameStore {
  /** A frame near the one being made; null beyond what is held. */
  near(index: number): PlateFrame | null;
  /** Frames kept from further away, in order. */
  readonly far: readonly number[];
  farFrame(index: number): PlateFrame;
}

/** What other frames show of a frame's hole. */
export interface Gathered {
  /** Of each plane. */
  readonly chosen: readonly Chosen[];
  /** Difference of the best-fitting frame on the ring, levels of 8 bits. */
  readonly residual: number;
}

interface Candidate {
  readonly frame: PlateFrame;
  readonly distance: number;
  readonly direction: 1 | -1;
}

const reachFrames = 45;
/** How quickly a frame further away counts less, in frames. */
const fading = 8;
const alignSteps = 6;
const mostFits = 48;
/** Candidates with which a sample can do, and the share of samples that may have no more. */
const enoughCandidates = 3;
const shortShare = 0.03;

/** The ring around the hole, px. */
export function ringWidth(height: number): number {
  return Math.max(12, Math.min(64, Math.round(height / 32)));
}

/** Frames on both sides that are asked, nearest first: every one nearby, fewer further off. */
export function askedDistances(reach: number): number[] {
  const distances: number[] = [];
  for (let d = 1; d <= Math.min(reach, reachFrames); d += d < 6 ? 1 : d < 14 ? 2 : d < 30 ? 3 : 5) distances.push(d);
  return distances;
}

/** Whether the camera stands still in a frame's shot. */
export function isStillAt({ shotOf, stillShots }: Camera, index: number): boolean {
  return stillShots[shotOf[index]!] === true;
}

/** The camera's motion from a frame to another of its shot. */
export function motionBetween(camera: Camera, from: number, to: number): Homography {
  if (isStillAt(camera, from)) return identity();
  let motion = identity();
  for (let i = from; i < to; i++) motion = compose(camera.toNext[i]!, motion);
  for (let i = from; i > to; i--) motion = compose(inverse(camera.toNext[i - 1]!), motion);
  return motion;
}

/** The part of a frame that is worked on: the hole and the ring around it; null without a hole. */
export function boundsOf({ hole: { box } }: PlateFrame, { width, height }: FrameLayout): Bounds | null {
  if (!box) return null;
  const ring = ringWidth(height);
  const even = (value: number): number => value & ~3;
  return {
    left: Math.max(0, even(box.x - ring)),
    top: Math.max(0, even(box.y - ring)),
    right: Math.min(width, even(box.x + box.width + ring + 3)),
    bottom: Math.min(height, even(box.y + box.height + ring + 3)),
  };
}

/** The regions of a frame's planes, the holes still as they were in the frame. */
export function regionsOf(frame: PlateFrame, layout: FrameLayout, bounds: Bounds): PlaneRegion[] {
  return layout.planes.map((_, plane) => new PlaneRegion(frame, plane, layout, bounds));
}

/** Gathers for the frames of a film. Holds nothing between two of them. */
export class Gatherer {
  private readonly camera: Camera;
  private readonly layout: FrameLayout;
  private readonly distances: readonly number[];

  /** `camera`: in pixels of the picture. `reach`: frames held on each side. */
  constructor(camera: Camera, layout: FrameLayout, reach: number) {
    this.camera = camera;
    this.layout = layout;
    this.distances = askedDistances(reach);
  }

  /** null for a frame without a hole. */
  gather(frame: PlateFrame, store: FrameStore): Gathered | null {
    const bounds = boundsOf(frame, this.layout);
    if (!bounds) return null;
    const regions = regionsOf(frame, this.layout, bounds);
    const residual = this.ask(frame, regions, bounds, store);
    return { residual, chosen: regions.map((region) => chooseValues(region, this.layout.level)) };
  }

  /** Asks the frames around for what is hidden. Answers the residual of the best, in levels. */
  private ask(frame: PlateFrame, regions: readonly PlaneRegion[], bounds: Bounds, store: FrameStore): number {
    const { width, height, level } = this.layout;
    const ring = ringOf(frame.planes[0]!, width, height, frame.hole.pixels, bounds);
    const still = isStillAt(this.camera, frame.index);
    const warm: Record<1 | -1, { index: number; motion: Homography }> = {
      [1]: { index: frame.index, motion: identity() },
      [-1]: { index: frame.index, motion: identity() },
    };
    let best = Infinity;
    let fits = 0;
    for (const { frame: other, distance, direction } of this.candidates(frame.index, store)) {
      if (fits >= mostFits || isFull(regions[0]!)) break;
      const from = warm[direction];
      const start = compose(motionBetween(this.camera, from.index, other.index), from.motion);
      if (!showsAny(regions[0]!, other, start, this.layout)) continue;
      const fit = this.fit(ring, other, start, still);
      fits++;
      if (!Number.isFinite(fit.residual)) continue;
      warm[direction] = { index: other.index, motion: fit.motion };
      const residual = fit.residual / level;
      if (residual < best) best = residual;
      if (residual > 1.8 * best + 1.5) continue;
      const weight = Math.exp(-Math.min(distance, 60) / fading - (residual - best) / 3);
      for (const [plane, region] of regions.entries())
        region.ask(other, plane, fit.motion, this.offsetOf(plane, fit), weight);
    }
    return best;
  }

  private fit(ring: Ring, frame: PlateFrame, start: Homography, still: boolean): Fit {
    const { width, height } = this.layout;
    const other: Other = { plane: frame.planes[0]!, width, height, hidden: frame.hole.pixels };
    return alignRing(ring, other, start, still ? 0 : alignSteps);
  }

  /** Brightness as the ring says it; small differences are noise. Chroma is left to the seam. */
  private offsetOf(plane: number, fit: Fit): number {
    if (plane > 0) return 0;
    const { level } = this.layout;
    const size = Math.max(0, Math.abs(fit.offset) - 0.5 * level);
    return Math.sign(fit.offset) * Math.min(size, 24 * level);
  }

  private *candidates(index: number, store: FrameStore): Generator<Candidate> {
    const shot = this.camera.shotOf[index];
    const nearest = this.distances.at(-1) ?? 0;
    for (const distance of this.distances) {
      for (const direction of [1, -1] as const) {
        const other = index + direction * distance;
        if (this.camera.shotOf[other] !== shot) continue;
        const frame = store.near(other);
        if (frame) yield { frame, distance, direction };
      }
    }
    const far = store.far
      .filter((other) => this.camera.shotOf[other] === shot && Math.abs(other - index) > nearest)
      .toSorted((a, b) => Math.abs(a - index) - Math.abs(b - index));
    for (const other of far) {
      const direction = other > index ? 1 : -1;
      yield { frame: store.farFrame(other), distance: Math.abs(other - index), direction };
    }
  }
}

function isFull({ counts, hiddenCount }: PlaneRegion): boolean {
  let short = 0;
  for (let i = 0; i < hiddenCount; i++) {
    if (counts[i]! < enoughCandidates) return false;
    if (counts[i]! < mostCandidates) short++;
  }
  return short <= shortShare * hiddenCount;
}

/** Whether another frame shows anything that is wanted: looked up at a few samples. */
function showsAny(region: PlaneRegion, other: PlateFrame, motion: Homography, { width, height }: FrameLayout): boolean {
  const { asked, hiddenCount, counts, left, top } = region;
  const stride = Math.max(1, Math.floor(hiddenCount / 600));
  for (let i = 0; i < hiddenCount; i += stride) {
    if (counts[i]! >= mostCandidates) continue;
    const x = left + (asked[i]! % region.width);
    const y = top + Math.floor(asked[i]! / region.width);
    const w = motion[6]! * x + motion[7]! * y + motion[8]!;
    const u = Math.round((motion[0]! * x + motion[1]! * y + motion[2]!) / w);
    const v = Math.round((motion[3]! * x + motion[4]! * y + motion[5]!) / w);
    if (u >= 0 && v >= 0 && u < width && v < height && other.hole.pixels[v * width + u] === 0) return true;
  }
  return false;
}
