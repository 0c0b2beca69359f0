/** Snapping as gestures use it: the world's points, the reach at the present zoom, and frames where nothing is near. */
import { snapToFrame, type Ticks } from '../../../../core/time/ticks.ts';
import { pxFromTicks, ticksFromPx } from '../view/scale.ts';
import { snapEdges, snapPoints, snapReachPx, type SnapPoint } from '../view/snapping.ts';
import type { World } from './gesture.ts';

export interface Snapper {
  /**
   * Moves `edges` together by `deltaTicks`; answers the delta that lands on a point, or on a frame of the first edge.
   */
  delta(
    world: World,
    edges: readonly Ticks[],
    deltaTicks: Ticks,
  ): { readonly deltaTicks: Ticks; readonly point: SnapPoint | null };
  /** One edge put at a tick. */
  edge(world: World, ticks: Ticks): { readonly ticks: Ticks; readonly point: SnapPoint | null };
}

/** Points are gathered once, when the gesture begins: what is in the hand does not snap to itself. */
export function createSnapper(world: World, heldClipIds: readonly string[], withPlayhead = true): Snapper {
  const points = snapPoints(world.sequence, withPlayhead ? world.playheadTicks : null, new Set(heldClipIds));
  const snapped = (now: World, edges: readonly Ticks[], deltaTicks: Ticks) => {
    if (now.snapping) {
      const reach = ticksFromPx(snapReachPx, now.scale.pixelsPerSecond);
      const result = snapEdges(
        points,
        edges.map((edge) => edge + deltaTicks),
        reach,
      );
      if (result.point !== null) return { deltaTicks: deltaTicks + result.shiftTicks, point: result.point };
    }
    const first = edges[0] ?? 0;
    return { deltaTicks: snapToFrame(first + deltaTicks, now.sequence.rate) - first, point: null };
  };
  return {
    delta: snapped,
    edge(now, ticks) {
      const result = snapped(now, [ticks], 0);
      return { ticks: ticks + result.deltaTicks, point: result.point };
    },
  };
}

/** Whether a snapped point still holds after the gesture's own limits moved the edge. */
export function keepPoint(point: SnapPoint | null, ticks: Ticks, pixelsPerSecond: number): SnapPoint | null {
  return point !== null && Math.abs(pxFromTicks(point.ticks - ticks, pixelsPerSecond)) < 0.5 ? point : null;
}
