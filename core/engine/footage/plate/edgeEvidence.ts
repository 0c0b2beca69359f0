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
    const { sums, counts, level } = this;
    let [ground, pixels] = [0, 0];
    for (let steps = groundFrom; steps < farthest; steps++) {
      ground += sums[steps]!;
      pixels += counts[steps]!;
    }
    if (pixels < leastPixels || counts[1]! < leastPixels) return usual;
    const usualChange = ground / pixels;
    let growth = 1;
    for (let steps = 1; steps < Math.min(most, groundFrom); steps++) {
      if (counts[steps]! < leastPixels) break;
      if (sums[steps]! / counts[steps]! > 1.5 * usualChange + level) growth = steps + 1;
    }
    return growth;
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
