/** What the keyboard walks through on a lane: clips and gaps in time order. A gap has no id: its place names it. */
import { gapsOfTrack } from '../../../../core/document/query.ts';
import type { Track } from '../../../../core/document/schema.ts';
import type { Ticks } from '../../../../core/time/ticks.ts';
import type { LaneBox } from './laneLayout.ts';
import type { Gap } from './visible.ts';

export interface LaneItem {
  readonly key: string;
  readonly trackId: string;
  readonly startTicks: Ticks;
  readonly durationTicks: Ticks;
  readonly gap: boolean;
}

/** Focus key of a gap. */
export function gapKey(gap: Pick<Gap, 'trackId' | 'startTicks'>): string {
  return `gap:${gap.trackId}:${gap.startTicks}`;
}

/** Gaps count only where they offer something: on picture tracks. */
export function itemsOf(track: Track, withGaps: boolean): readonly LaneItem[] {
  const clips = track.clips.map((clip) => ({
    key: clip.id,
    trackId: track.id,
    startTicks: clip.startTicks,
    durationTicks: clip.durationTicks,
    gap: false,
  }));
  if (!withGaps || track.kind !== 'video' || track.role === 'titles' || track.locked) return clips;
  const gaps = gapsOfTrack(track).map((gap) => ({
    key: gapKey({ trackId: track.id, startTicks: gap.startTicks }),
    trackId: track.id,
    startTicks: gap.startTicks,
    durationTicks: gap.durationTicks,
    gap: true,
  }));
  return [...clips, ...gaps].sort((a, b) => a.startTicks - b.startTicks);
}

export type Direction = 'left' | 'right' | 'up' | 'down' | 'first' | 'last';

/**
 * The item an arrow leads to; null where there is none that way. Up and down go to the nearest lane that holds
 * anything.
 */
export function neighbourItem(
  lanes: readonly LaneBox[],
  key: string | null,
  direction: Direction,
  playheadTicks: Ticks,
  withGaps: boolean,
): LaneItem | null {
  const rows = lanes.map((lane) => itemsOf(lane.track, withGaps));
  const row = rows.findIndex((items) => items.some((item) => item.key === key));
  if (row < 0) return nearest(rows.find((items) => items.length > 0) ?? [], playheadTicks);
  const items = rows[row]!;
  const index = items.findIndex((item) => item.key === key);
  const here = items[index]!;
  switch (direction) {
    case 'left':
      return items[index - 1] ?? null;
    case 'right':
      return items[index + 1] ?? null;
    case 'first':
      return items[0] ?? null;
    case 'last':
      return items.at(-1) ?? null;
    case 'up':
    case 'down': {
      const step = direction === 'up' ? -1 : 1;
      for (let next = row + step; next >= 0 && next < rows.length; next += step) {
        const found = nearest(rows[next]!, here.startTicks + here.durationTicks / 2);
        if (found !== null) return found;
      }
      return null;
    }
  }
}

function nearest(items: readonly LaneItem[], ticks: Ticks): LaneItem | null {
  let best: LaneItem | null = null;
  let bestDistance = Infinity;
  for (const item of items) {
    // an item's end is no longer its own
    const distance = Math.max(0, item.startTicks - ticks, ticks - item.startTicks - item.durationTicks + 1);
    if (distance < bestDistance) [best, bestDistance] = [item, distance];
  }
  return best;
}
