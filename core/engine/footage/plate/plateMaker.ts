/** Makes the frames of a removal one by one, from what was gathered for each. Pure. */
import type { Camera } from './camera.node.ts';
import type { Chosen } from './choose.ts';
import { smoothSurface, type FillWay } from './fillUnseen.ts';
import { boundsOf, Gatherer, motionBetween, regionsOf, type FrameStore, type Gathered } from './gather.ts';
import { Inventor, type InventPlace } from './invent.ts';
import type { FrameLayout } from './planes.ts';
import type { PlateFrame } from './plateFrame.ts';
import type { PlaneRegion } from './region.ts';
import { healSeam } from './seam.ts';
import { steady } from './steady.ts';

/** What was measured while a frame was made. */
export interface FrameReport {
  /** Share of the hole that other frames showed, 0..1; 1 without a hole. */
  readonly seen: number;
  /** Share of what was seen about which they disagree. */
  readonly disputed: number;
  /** Difference of the best-fitting frame on the ring, levels of 8 bits. */
  readonly residual: number;
}

/** Fills the holes of frames. Its memory is what the store holds, and one filled frame to carry inventions along. */
export class PlateMaker {
  private readonly camera: Camera;
  private readonly layout: FrameLayout;
  private readonly gatherer: Gatherer;
  private readonly inventor: Inventor;
  private before: { readonly index: number; readonly regions: readonly PlaneRegion[] } | null = null;

  /**
   * `camera`: in pixels of the picture. `reach`: frames held on each side. `ways`: how what no frame shows may be
   * filled.
   */
  constructor(camera: Camera, layout: FrameLayout, reach: number, ways: readonly FillWay[] = [smoothSurface]) {
    this.camera = camera;
    this.layout = layout;
    this.gatherer = new Gatherer(camera, layout, reach);
    this.inventor = new Inventor(layout, ways);
  }

  /** What other frames show of a frame's hole; in any order. null for a frame without a hole. */
  gather(frame: PlateFrame, store: FrameStore): Gathered | null {
    return this.gatherer.gather(frame, store);
  }

  /**
   * The next frame of the film. Answers the filled parts of the planes; none for a frame without a hole. `gathered`:
   * for this frame, here or on another thread.
   */
  make(
    frame: PlateFrame,
    store: FrameStore,
    gathered = this.gather(frame, store),
  ): { readonly regions: readonly PlaneRegion[]; readonly report: FrameReport } {
    const { layout } = this;
    const bounds = boundsOf(frame, layout);
    if (!bounds || !gathered) return { regions: [], report: { seen: 1, disputed: 0, residual: 0 } };
    const { chosen, residual } = gathered;
    const regions = regionsOf(frame, layout, bounds);
    for (const [plane, region] of regions.entries()) {
      fillFrom(region, chosen[plane]!);
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
    const { before, camera } = this;
    if (before?.index !== index - 1 || camera.shotOf[index] !== camera.shotOf[index - 1]) return;
    steady(region, chosen, before.regions[plane]!, motionBetween(camera, index, index - 1), this.layout.level);
  }

  private placeOf({ index }: PlateFrame, store: FrameStore): InventPlace {
    const shot = this.camera.shotOf[index] ?? 0;
    const near = [index + 1, index - 1].find((other) => this.camera.shotOf[other] === shot && store.near(other));
    return {
      shot,
      motionTo: (other) => motionBetween(this.camera, index, other),
      beside: near === undefined ? null : store.near(near),
    };
  }
}

/** Lays what was chosen into the hole; what no frame showed is left for later. */
function fillFrom({ asked, hiddenCount, result }: PlaneRegion, { values }: Chosen): void {
  for (let i = 0; i < hiddenCount; i++) if (!Number.isNaN(values[i]!)) result[asked[i]!] = values[i]!;
}
