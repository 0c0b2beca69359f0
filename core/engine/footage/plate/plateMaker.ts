/** Makes the frames of a removal one by one, from the frames around each. Pure. */
import { alignRing, ringOf, type Fit, type Other, type Ring } from './align.ts';
import type { Camera } from './camera.node.ts';
import { chooseValues, type Chosen } from './choose.ts';
import { smoothSurface, type FillWay } from './fillUnseen.ts';
import { compose, identity, inverse, type Homography } from './homography.ts';
import { Inventor, type InventPlace } from './invent.ts';
import type { FrameLayout } from './planes.ts';
import type { PlateFrame } from './plateFrame.ts';
import { mostCandidates, PlaneRegion, type Bounds } from './region.ts';
import { healSeam } from './seam.ts';
import { steady } from './steady.ts';

/** Frames that can be asked. */
export interface FrameStore {
  /** A frame near the one being made; null beyond what is held. */
  near(index: number): PlateFrame | null;
  /** Frames kept from further away, in order. */
  readonly far: readonly number[];
  farFrame(index: number): PlateFrame;
}

/** What was measured while a frame was made. */
export interface FrameReport {
  /** Share of the hole that other frames showed, 0..1; 1 without a hole. */
  readonly seen: number;
  /** Share of what was seen about which they disagree. */
  readonly disputed: number;
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

/** Fills the holes of frames. Its memory is what the store holds, and one filled frame to carry inventions along. */
export class PlateMaker {
  private readonly camera: Camera;
  private readonly layout: FrameLayout;
  private readonly distances: readonly number[];
  private readonly inventor: Inventor;
  private before: { readonly index: number; readonly regions: readonly PlaneRegion[] } | null = null;

  /**
   * `camera`: in pixels of the picture. `reach`: frames held on each side. `ways`: how what no frame shows may be
   * filled.
   */
  constructor(camera: Camera, layout: FrameLayout, reach: number, ways: readonly FillWay[] = [smoothSurface]) {
    this.camera = camera;
    this.inventor = new Inventor(layout, ways);
    this.layout = layout;
    this.distances = askedDistances(reach);
  }

  /** Answers the filled parts of the planes; none for a frame without a hole. */
  make(
    frame: PlateFrame,
    store: FrameStore,
  ): { readonly regions: readonly PlaneRegion[]; readonly report: FrameReport } {
    const { layout } = this;
    const bounds = this.boundsOf(frame);
    if (!bounds) return { regions: [], report: { seen: 1, disputed: 0, residual: 0 } };
    const regions = layout.planes.map((_, plane) => new PlaneRegion(frame, plane, layout, bounds));
    const residual = this.gather(frame, regions, bounds, store);
    const chosen = regions.map((region) => chooseValues(region, layout.level));
    for (const [plane, region] of regions.entries()) {
      this.steadied(frame, region, plane, chosen[plane]!);
      healSeam(region, chosen[plane]!.values, layout.level);
    }
    this.inventor.invent(frame, regions, chosen, this.placeOf(frame, store));
    this.before = { index: frame.index, regions };
    const { seen, disputed } = chosen[0]!;
    const hidden = regions[0]!.hiddenCount;
    return { regions, report: { seen: hidden === 0 ? 1 : seen / hidden, disputed, residual } };
  }

  private steadied({ index }: PlateFrame, region: PlaneRegion, plane: number, chosen: Chosen): void {
    const { before } = this;
    if (before?.index !== index - 1 || this.camera.shotOf[index] !== this.camera.shotOf[index - 1]) return;
    steady(region, chosen, before.regions[plane]!, this.motionBetween(index, index - 1), this.layout.level);
  }

  private placeOf({ index }: PlateFrame, store: FrameStore): InventPlace {
    const shot = this.camera.shotOf[index] ?? 0;
    const near = [index + 1, index - 1].find((other) => this.camera.shotOf[other] === shot && store.near(other));
    return {
      shot,
      motionTo: (other) => this.motionBetween(index, other),
      beside: near === undefined ? null : store.near(near),
    };
  }

  private boundsOf({ hole: { box } }: PlateFrame): Bounds | null {
    if (!box) return null;
    const { width, height } = this.layout;
    const ring = ringWidth(height);
    const even = (value: number): number => value & ~3;
    return {
      left: Math.max(0, even(box.x - ring)),
      top: Math.max(0, even(box.y - ring)),
      right: Math.min(width, even(box.x + box.width + ring + 3)),
      bottom: Math.min(height, even(box.y + box.height + ring + 3)),
    };
  }

  /** Asks the frames around for what is hidden. Answers the residual of the best, in levels. */
  private gather(frame: PlateFrame, regions: readonly PlaneRegion[], bounds: Bounds, store: FrameStore): number {
    const { width, height, level } = this.layout;
    const ring = ringOf(frame.planes[0]!, width, height, frame.hole.pixels, bounds);
    const still = this.isStill(frame.index);
    const warm: Record<1 | -1, { index: number; motion: Homography }> = {
      [1]: { index: frame.index, motion: identity() },
      [-1]: { index: frame.index, motion: identity() },
    };
    let best = Infinity;
    let fits = 0;
    for (const { frame: other, distance, direction } of this.candidates(frame.index, store)) {
      if (fits >= mostFits || isFull(regions[0]!)) break;
      const from = warm[direction];
      const start = compose(this.motionBetween(from.index, other.index), from.motion);
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

  private isStill(index: number): boolean {
    return this.camera.stillShots[this.camera.shotOf[index]!] === true;
  }

  private motionBetween(from: number, to: number): Homography {
    if (this.isStill(from)) return identity();
    let motion = identity();
    for (let i = from; i < to; i++) motion = compose(this.camera.toNext[i]!, motion);
    for (let i = from; i > to; i--) motion = compose(inverse(this.camera.toNext[i - 1]!), motion);
    return motion;
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
