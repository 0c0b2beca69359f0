/**
 * Whether a mask that stands still keeps covering its thing: what is under it in one frame is looked for in others,
 * nearby, by normalised correlation.
 */
import type { Plane } from '../select/raster.ts';
import { boundsOf } from '../select/raster.ts';

/** How far it is looked for, as a share of the longer side; and from where on a shift counts as one. */
const reach = 0.16;
const leastShift = 0.02;
/** Correlation that a place must have to be the thing's, and how much better than the old place it must be. */
const leastLikeness = 0.6;
const clearlyBetter = 0.06;
/** Grey levels of the standard deviation under the mask: in less, nothing can be found again. */
const leastContrast = 6;
/** Share of the frames in which the thing has to be elsewhere. */
const leastShare = 0.25;

interface Template {
  /** Pixels under the mask, by their places in the frame, and their grey less the mean. */
  readonly at: Int32Array;
  readonly grey: Float32Array;
  readonly norm: number;
}

/**
 * True where the thing under the mask is seen elsewhere in a good part of the frames. `frames`: all of the mask's size;
 * `keyIndex`: the one that the mask belongs to.
 */
export function movesUnder(mask: Plane, frames: readonly Plane[], keyIndex: number): boolean {
  const key = frames[keyIndex];
  const template = key && templateOf(mask, key);
  const bounds = boundsOf(mask);
  if (!template || !bounds) return false;
  const { width, height } = mask;
  const most = Math.round(reach * Math.max(width, height));
  const least = leastShift * Math.max(width, height);
  const range = {
    left: Math.max(-most, -bounds.left),
    right: Math.min(most, width - bounds.right),
    top: Math.max(-most, -bounds.top),
    bottom: Math.min(most, height - bounds.bottom),
  };
  const elsewhere = frames.filter((frame, index) => {
    if (index === keyIndex) return false;
    const here = likeness(template, frame, 0);
    let best = { likeness: here, shift: 0 };
    for (let dy = range.top; dy <= range.bottom; dy++) {
      for (let dx = range.left; dx <= range.right; dx++) {
        const found = likeness(template, frame, dy * width + dx);
        if (found > best.likeness) best = { likeness: found, shift: Math.hypot(dx, dy) };
      }
    }
    return best.shift >= least && best.likeness >= leastLikeness && best.likeness - here >= clearlyBetter;
  });
  return elsewhere.length >= Math.max(1, leastShare * (frames.length - 1));
}

/** null where what is under the mask is too plain to be found again. */
function templateOf(mask: Plane, frame: Plane): Template | null {
  const at: number[] = [];
  mask.data.forEach((value, i) => {
    if (value >= 0.5) at.push(i);
  });
  if (at.length < 12) return null;
  const mean = at.reduce((sum, i) => sum + frame.data[i]!, 0) / at.length;
  const grey = Float32Array.from(at, (i) => frame.data[i]! - mean);
  const norm = Math.sqrt(grey.reduce((sum, value) => sum + value * value, 0));
  return norm / Math.sqrt(at.length) < leastContrast ? null : { at: Int32Array.from(at), grey, norm };
}

/** -1..1; `offset`: of the shifted place from the template's. */
function likeness({ at, grey, norm }: Template, { data }: Plane, offset: number): number {
  let [sum, squares, product] = [0, 0, 0];
  for (let k = 0; k < at.length; k++) {
    const value = data[at[k]! + offset]!;
    sum += value;
    squares += value * value;
    product += grey[k]! * value;
  }
  const spread = squares - (sum * sum) / at.length;
  return spread <= 0 ? 0 : product / (norm * Math.sqrt(spread));
}
