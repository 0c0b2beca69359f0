/**
 * What a press in the ruler begins: a marker's flag, the in or out point where the range's bar ends, else scrubbing.
 */
import { xAtTicks } from '../view/scale.ts';
import type { Pointer, Step, World } from './gesture.ts';
import { beginInOut, pointAtMarker } from './rulerHandles.ts';
import { beginScrub } from './scrub.ts';

/** The bar of the In–Out range lies at the foot of the ruler. */
const rangeTopPx = 31;
const reachPx = 6;

/** The gesture that a press in the ruler starts; read-only projects only scrub. */
export function beginOnRuler(world: World, markerId: string | null, pointer: Pointer, readOnly: boolean): Step {
  if (markerId !== null && !readOnly) return { gesture: pointAtMarker(world, markerId, pointer), effects: [] };
  const which = readOnly ? null : inOutAt(world, pointer);
  if (which !== null) return { gesture: beginInOut(world, which), effects: [] };
  return beginScrub(world).move(world, pointer);
}

function inOutAt(world: World, pointer: Pointer): 'in' | 'out' | null {
  if (pointer.yPx < rangeTopPx) return null;
  const { inTicks, outTicks } = world.sequence;
  const near = (ticks: number | null) =>
    ticks !== null && Math.abs(xAtTicks(ticks, world.scale) - pointer.xPx) <= reachPx;
  if (near(outTicks)) return 'out';
  return near(inTicks) ? 'in' : null;
}
