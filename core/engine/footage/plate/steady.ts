/**
 * Where other frames disagree about what is behind the hole, each frame would choose for itself and the fill would
 * flicker: there it goes on from what the frame before was filled with. Pure.
 */
import { movedX, movedY, type Homography } from './homography.ts';
import type { Chosen } from './choose.ts';
import type { PlaneRegion } from './region.ts';

/** How much of the frame before stays where others disagree wholly. */
const mostKept = 0.7;
/** Disagreement from which on something of it stays, and from which on the most, in levels of 8 bits. */
const [agreeing, disagreeing] = [5, 16];

/** Changes the region's result. `before`: the same plane of the frame before. `motion`: from this frame to that one. */
export function steady(
  region: PlaneRegion,
  chosen: Chosen,
  before: PlaneRegion,
  motion: Homography,
  level: number,
): void {
  const { asked, hiddenCount, result, width, left, top } = region;
  const { x: shiftX, y: shiftY } = region.shape.shift;
  const sited = shiftY === 0 ? 0 : 0.5;
  for (let i = 0; i < hiddenCount; i++) {
    const apart = (chosen.spread[i]! / level - agreeing) / (disagreeing - agreeing);
    if (!(apart > 0)) continue;
    const at = asked[i]!;
    const x = (left + (at % width)) << shiftX;
    const y = ((top + Math.floor(at / width)) << shiftY) + sited;
    const u = Math.round(movedX(motion, x, y) / (1 << shiftX)) - before.left;
    const v = Math.round((movedY(motion, x, y) - sited) / (1 << shiftY)) - before.top;
    if (!(u >= 0 && v >= 0 && u < before.width && v < before.height)) continue;
    const from = v * before.width + u;
    if (before.isHidden[from] === 0) continue;
    result[at]! += mostKept * Math.min(1, apart) * (before.result[from]! - result[at]!);
  }
}
