/**
 * What no frame showed, over time. It is made once, on the frame where it is first wanted, and carried along with the
 * camera. In each frame the light of that frame's own surroundings is spread into it as a membrane, and grain as strong
 * as theirs lies over it: neither frozen nor flickering. Pure.
 */
import type { Chosen } from './choose.ts';
import { bestWay, smoothSurface, type FillWay } from './fillUnseen.ts';
import { addGrain, grainBetween } from './grain.ts';
import { grown } from './hole.ts';
import { movedX, movedY, type Homography } from './homography.ts';
import { canvasAround } from './inventCanvas.ts';
import { sampleCubic, type FrameLayout, type Samples } from './planes.ts';
import type { PlateFrame } from './plateFrame.ts';
import { membraneFrom, pullPush } from './pullPush.ts';
import { writeRegion, type PlaneRegion } from './region.ts';

/** Where the frame stands. */
export interface InventPlace {
  readonly shot: number;
  /** From this frame to another of its shot. */
  motionTo(index: number): Homography;
  /** A frame beside this one in its shot, by which grain is measured; null without one. */
  readonly beside: PlateFrame | null;
}

interface Key {
  readonly index: number;
  readonly shot: number;
  readonly planes: readonly Samples[];
}

/** Samples beside what is open, by which the light of the frame is carried in. */
const bandWidth = 4;
/** The band is not certain of its values: the membrane passes between them. */
const trust = 0.12;

/** Invents for the frames of a film in order. */
export class Inventor {
  private readonly layout: FrameLayout;
  private readonly ways: readonly FillWay[];
  private readonly chosenWays = new Map<number, FillWay>();
  private readonly grains = new Map<number, number>();
  private key: Key | null = null;

  constructor(layout: FrameLayout, ways: readonly FillWay[] = [smoothSurface]) {
    this.layout = layout;
    this.ways = ways;
  }

  /** Fills the hidden samples of the regions that nothing was chosen for. */
  invent(frame: PlateFrame, regions: readonly PlaneRegion[], chosen: readonly Chosen[], place: InventPlace): void {
    const open = regions.map((region, plane) => openOf(region, chosen[plane]!));
    if (open.every((each) => !each.includes(1))) return;
    const first = open[0]!.slice();
    if (this.key?.shot === place.shot) {
      const motion = place.motionTo(this.key.index);
      for (const [plane, region] of regions.entries()) this.carry(region, plane, open[plane]!, this.key, motion);
    }
    if (open.some((each) => each.includes(1))) {
      this.fill(frame, regions, open, place.shot);
      this.key = { index: frame.index, shot: place.shot, planes: merged(frame, regions, this.layout) };
    }
    addGrain(regions[0]!, first, frame.index, this.grainOf(frame, place), this.layout.level);
  }

  private grainOf(frame: PlateFrame, { shot, beside, motionTo }: InventPlace): number {
    const known = this.grains.get(shot);
    if (known !== undefined) return known;
    if (!beside) return 0;
    const grain = grainBetween(frame, beside, motionTo(beside.index), this.layout);
    this.grains.set(shot, grain);
    return grain;
  }

  /** Takes what the key shows, in this frame's light, and closes what it filled. */
  private carry(region: PlaneRegion, plane: number, open: Uint8Array, key: Key, motion: Homography): void {
    if (!open.includes(1)) return;
    const { width, height, result } = region;
    const wanted = grown(open, width, height, bandWidth);
    const shown = shownBy(region, wanted, key.planes[plane]!, motion);
    const light = new Float32Array(width * height);
    const weights = new Float32Array(width * height);
    for (let i = 0; i < wanted.length; i++) {
      if (wanted[i] === 0 || open[i] === 1 || Number.isNaN(shown[i]!)) continue;
      light[i] = result[i]! - shown[i]!;
      weights[i] = trust;
    }
    const smooth = pullPush(light, weights, width, height);
    const spread = membraneFrom(smooth, open, width);
    for (let i = 0; i < open.length; i++) {
      if (open[i] === 0 || Number.isNaN(shown[i]!)) continue;
      result[i] = shown[i]! + spread[i]!;
      open[i] = 0;
    }
  }

  private fill(frame: PlateFrame, regions: readonly PlaneRegion[], open: readonly Uint8Array[], shot: number): void {
    const around = canvasAround(frame, regions, open, this.layout);
    const { canvas, open: wanted } = around;
    if (!wanted.includes(0)) {
      for (const [plane, region] of regions.entries()) {
        const middle = plane === 0 ? this.layout.most / 4 : (this.layout.most + 1) / 2;
        for (let i = 0; i < region.result.length; i++) if (open[plane]![i] === 1) region.result[i] = middle;
      }
      return;
    }
    const way = this.chosenWays.get(shot) ?? bestWay(this.ways, canvas, wanted);
    this.chosenWays.set(shot, way);
    around.put(way(canvas, wanted) ?? smoothSurface(canvas, wanted)!);
  }
}

function openOf(region: PlaneRegion, { values }: Chosen): Uint8Array {
  const open = new Uint8Array(region.width * region.height);
  for (let i = 0; i < region.hiddenCount; i++) if (Number.isNaN(values[i]!)) open[region.asked[i]!] = 1;
  return open;
}

/** What a plane shows at the wanted samples of a region; NaN where it does not reach. */
function shownBy(region: PlaneRegion, wanted: Uint8Array, plane: Samples, motion: Homography): Float32Array {
  const { width, height, shift } = region.shape;
  const [sx, sy] = [1 << shift.x, 1 << shift.y];
  const sited = shift.y === 0 ? 0 : 0.5;
  const shown = new Float32Array(wanted.length).fill(NaN);
  for (let i = 0; i < wanted.length; i++) {
    if (wanted[i] === 0) continue;
    const x = (region.left + (i % region.width)) * sx;
    const y = (region.top + Math.floor(i / region.width)) * sy + sited;
    const u = movedX(motion, x, y) / sx;
    const v = (movedY(motion, x, y) - sited) / sy;
    if (u >= 0 && v >= 0 && u <= width - 1 && v <= height - 1) shown[i] = sampleCubic(plane, width, height, u, v);
  }
  return shown;
}

/** A copy of the frame's planes with the regions in their place. */
function merged(frame: PlateFrame, regions: readonly PlaneRegion[], layout: FrameLayout): Samples[] {
  return frame.planes.map((plane, index) => {
    const copy = plane.slice();
    const region = regions[index];
    if (region) writeRegion(region, copy, layout);
    return copy;
  });
}
