/**
 * How far the removed thing's soft edge and halo reach out of its mask: just outside a mask that cuts into the edge the
 * picture changes faster, step by step outwards, than it does further away. Pure.
 */
import { depthOf } from './depth.ts';
import { insideFrom } from './hole.ts';
import type { Samples } from './planes.ts';

/** Steps outwards from the mask that are compared, px. */
const farthest = 18;
/** From here on the surroundings are taken to be ground. */
const groundFrom = 10;
/** From here on a change is the thing's own edge: times the ground's, and levels of 8 bits more. */
const [edgeOverGround, edgeLevels] = [2, 3];
/** Too few pixels say nothing. */
const leastPixels = 40;

/** Gathers evidence over frames. */
export class EdgeEvidence {
  private readonly sums = new Float64Array(farthest);
  private readonly counts = new Float64Array(farthest);
  private readonly level: number;

  /** `level`: one level of 8 bits in the samples' depth. */
  constructor(level: number) {
    this.level = level;
  }

  /** `mask`: grey, of the plane's size. */
  add(plane: Samples, mask: Uint8Array, width: number, height: number): void {
    const box = boxWithin(mask, width, height);
    if (!box) return;
    const [w, h] = [box.right - box.left, box.bottom - box.top];
    const outside = new Uint8Array(w * h);
    for (let i = 0; i < outside.length; i++) {
      const at = (box.top + Math.floor(i / w)) * width + box.left + (i % w);
      outside[i] = mask[at]! >= insideFrom ? 0 : 1;
    }
    const { depth } = depthOf(outside, w);
    for (let i = 0; i < depth.length; i++) {
      const steps = depth[i]!;
      if (steps === 0 || steps >= farthest) continue;
      const [x, y] = [i % w, Math.floor(i / w)];
      const at = (box.top + y) * width + box.left + x;
      const compare = (to: number, by: number): void => {
        if (depth[to] !== steps + 1) return;
        this.sums[steps]! += Math.abs(plane[at]! - plane[at + by]!);
        this.counts[steps]!++;
      };
      if (x > 0) compare(i - 1, -1);
      if (x < w - 1) compare(i + 1, 1);
      if (y > 0) compare(i - w, -width);
      if (y < h - 1) compare(i + w, width);
    }
  }

  /** How far the hole should grow beyond the mask, px: from 1 to `most`; `usual` where nothing can be said. */
  growth(usual: number, most: number): number {
    const changes = this.changes();
    if (!changes) return usual;
    let growth = 1;
    for (let steps = 1; steps < Math.min(most, groundFrom); steps++) {
      const change = changes.at[steps];
      if (change === undefined) break;
      if (change > 1.5 * changes.ground + this.level) growth = steps + 1;
    }
    return growth;
  }

  /**
   * How far the thing itself reaches out of the mask, px; 0 where it does not, or where nothing can be said. A halo
   * changes the picture a little, the thing's edge much.
   */
  overhang(): number {
    const changes = this.changes();
    if (!changes) return 0;
    let reach = 0;
    for (const [steps, change] of changes.at.entries())
      if (steps > 0 && change > edgeOverGround * changes.ground + edgeLevels * this.level) reach = steps + 1;
    return reach;
  }

  /** Mean change at each step up to the ground, and on the ground; null where there is too little of it. */
  private changes(): { readonly at: readonly number[]; readonly ground: number } | null {
    const { sums, counts } = this;
    let [ground, pixels] = [0, 0];
    for (let steps = groundFrom; steps < farthest; steps++) {
      ground += sums[steps]!;
      pixels += counts[steps]!;
    }
    if (pixels < leastPixels || counts[1]! < leastPixels) return null;
    const at = [0];
    for (let steps = 1; steps < groundFrom && counts[steps]! >= leastPixels; steps++)
      at.push(sums[steps]! / counts[steps]!);
    return { at, ground: ground / pixels };
  }
}

function boxWithin(
  mask: Uint8Array,
  width: number,
  height: number,
): { left: number; top: number; right: number; bottom: number } | null {
  let [left, top, right, bottom] = [width, height, 0, 0];
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      if (mask[y * width + x]! < insideFrom) continue;
      if (x < left) left = x;
      if (x >= right) right = x + 1;
      if (y < top) top = y;
      bottom = y + 1;
    }
  }
  if (right === 0) return null;
  return {
    left: Math.max(0, left - farthest),
    top: Math.max(0, top - farthest),
    right: Math.min(width, right + farthest),
    bottom: Math.min(height, bottom + farthest),
  };
}
