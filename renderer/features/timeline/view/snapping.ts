/** Snap points: clip edges, the playhead, markers, the in and out points, and the start. */
import type { Sequence } from '../../../../core/document/schema.ts';
import type { Ticks } from '../../../../core/time/ticks.ts';

export type SnapKind = 'clip' | 'playhead' | 'marker' | 'inOut' | 'start';

export interface SnapPoint {
  readonly ticks: Ticks;
  readonly kind: SnapKind;
  /** Name of the clip or marker, for the tip. */
  readonly name: string;
}

/** How near, on screen, an edge has to come. */
export const snapReachPx = 8;

const rank: Record<SnapKind, number> = { playhead: 0, marker: 1, inOut: 2, clip: 3, start: 4 };

/** Sorted by time; where two stand at one tick the more telling one (the playhead, then a marker) is kept. */
export function snapPoints(
  sequence: Sequence,
  playheadTicks: Ticks | null,
  exceptClipIds: ReadonlySet<string>,
): readonly SnapPoint[] {
  const points: SnapPoint[] = [{ ticks: 0, kind: 'start', name: '' }];
  if (playheadTicks !== null) points.push({ ticks: playheadTicks, kind: 'playhead', name: '' });
  for (const marker of sequence.markers) points.push({ ticks: marker.ticks, kind: 'marker', name: marker.name });
  if (sequence.inTicks !== null) points.push({ ticks: sequence.inTicks, kind: 'inOut', name: '' });
  if (sequence.outTicks !== null) points.push({ ticks: sequence.outTicks, kind: 'inOut', name: '' });
  for (const track of sequence.tracks) {
    for (const clip of track.clips) {
      if (exceptClipIds.has(clip.id)) continue;
      points.push({ ticks: clip.startTicks, kind: 'clip', name: clip.name });
      points.push({ ticks: clip.startTicks + clip.durationTicks, kind: 'clip', name: clip.name });
    }
  }
  points.sort((a, b) => a.ticks - b.ticks || rank[a.kind] - rank[b.kind]);
  return points.filter((point, index) => index === 0 || points[index - 1]!.ticks !== point.ticks);
}

/** The snap point closest to a tick; `points` are sorted by time. Null when there are none. */
export function nearestSnapPoint(points: readonly SnapPoint[], ticks: Ticks): SnapPoint | null {
  let low = 0;
  let high = points.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (points[middle]!.ticks < ticks) low = middle + 1;
    else high = middle;
  }
  const after = points[low] ?? null;
  const before = points[low - 1] ?? null;
  if (after === null || before === null) return after ?? before;
  return after.ticks - ticks < ticks - before.ticks ? after : before;
}

export interface SnapResult {
  /** Added to the requested move, it puts one of the edges on `point`. */
  readonly shiftTicks: Ticks;
  readonly point: SnapPoint | null;
}

/**
 * Of several edges that move together the one nearest to a point decides. `reachTicks` is the reach at the present
 * zoom.
 */
export function snapEdges(points: readonly SnapPoint[], edges: readonly Ticks[], reachTicks: Ticks): SnapResult {
  let best: SnapResult = { shiftTicks: 0, point: null };
  let bestDistance = reachTicks;
  for (const edge of edges) {
    const point = nearestSnapPoint(points, edge);
    if (point === null) continue;
    const distance = Math.abs(point.ticks - edge);
    if (distance <= bestDistance && (best.point === null || distance < bestDistance)) {
      best = { shiftTicks: point.ticks - edge, point };
      bestDistance = distance;
    }
  }
  return best;
}
