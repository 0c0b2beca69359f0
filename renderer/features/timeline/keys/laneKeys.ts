/**
 * Keys inside the lanes: arrows go clip to clip when the keyboard brought the focus here, with Alt they nudge, Enter
 * selects. Everything else is the shell's: after a click the arrows move the playhead.
 */
import type { KeyboardEvent } from 'react';
import { useEditor } from '../../../services/store.ts';
import { selectClips } from '../gestures/marquee.ts';
import { findClip, frameTicks, withLinked } from '../gestures/limits.ts';
import { nudgeEffect } from '../gestures/moveClips.ts';
import type { World } from '../gestures/gesture.ts';
import { neighbourItem, type Direction } from '../view/items.ts';
import { useTimelineView } from '../view/timelineView.ts';
import { focusItem, revealTicks } from '../view/useGridFocus.ts';
import { currentWorld, performEffects, scrollLanesBy } from '../view/world.ts';

const directions: Readonly<Record<string, Direction>> = {
  ArrowLeft: 'left',
  ArrowRight: 'right',
  ArrowUp: 'up',
  ArrowDown: 'down',
  Home: 'first',
  End: 'last',
};

/** Handles a key pressed inside the lanes. */
export function laneKeys(event: KeyboardEvent<HTMLElement>): void {
  const world = currentWorld();
  if (world === null || event.ctrlKey || event.metaKey) return;
  // keys on a clip's own button belong to the button, but arrows still walk
  const onControl = event.target instanceof Element && event.target.closest('[data-control]') !== null;
  const direction = directions[event.key];
  const handled =
    direction !== undefined
      ? arrow(world, direction, event.altKey, event.shiftKey)
      : !onControl && event.key === 'Enter'
        ? choose(world, event.shiftKey)
        : false;
  if (!handled) return;
  event.preventDefault();
  event.stopPropagation();
}

function arrow(world: World, direction: Direction, alt: boolean, shift: boolean): boolean {
  if (alt) return nudge(world, direction, shift);
  if (shift || !useTimelineView.getState().walking) return false;
  const item = neighbourItem(
    world.lanes,
    useTimelineView.getState().focusedClipId,
    direction,
    world.playheadTicks,
    world.document.aiEnabled,
  );
  if (item !== null) {
    revealTicks(item.startTicks);
    revealLane(world, item.trackId);
    focusItem(item.key);
  }
  return true;
}

/** The selection when the focused clip is in it, else the focused clip; Shift makes it ten frames. */
function nudge(world: World, direction: Direction, shift: boolean): boolean {
  if (direction !== 'left' && direction !== 'right') return false;
  const focused = useTimelineView.getState().focusedClipId;
  const inSelection = focused === null || world.selection.clipIds.includes(focused);
  const named = inSelection ? world.selection.clipIds : focused.startsWith('gap:') ? [] : [focused];
  const clipIds = withLinked(world.sequence, named, true);
  const effect = nudgeEffect(
    world,
    clipIds,
    frameTicks(world.sequence) * (shift ? 10 : 1) * (direction === 'left' ? -1 : 1),
  );
  if (effect !== null) performEffects([effect]);
  return true;
}

function choose(world: World, shift: boolean): boolean {
  const key = useTimelineView.getState().focusedClipId;
  if (key === null) return false;
  const state = useEditor.getState();
  if (key.startsWith('gap:')) {
    const item = world.lanes.flatMap((lane) => (key.startsWith(`gap:${lane.track.id}:`) ? [lane] : []))[0];
    const next =
      item === undefined ? null : item.track.clips.find((clip) => clip.startTicks > Number(key.split(':').at(-1)));
    if (item === undefined || next === null || next === undefined) return false;
    const startTicks = Number(key.split(':').at(-1));
    state.setSession({
      selection: {
        ...selectClips(world.selection, []),
        gap: { trackId: item.track.id, startTicks, durationTicks: next.startTicks - startTicks },
      },
    });
    return true;
  }
  if (findClip(world.sequence, key) === null) return false;
  const group = withLinked(world.sequence, [key], world.linkedSelection);
  const chosen = world.selection.clipIds;
  const next = !shift
    ? group
    : chosen.includes(key)
      ? chosen.filter((id) => !group.includes(id))
      : [...chosen, ...group];
  state.setSession({ selection: selectClips(world.selection, next) });
  return true;
}

function revealLane(world: World, trackId: string): void {
  const lane = world.lanes.find((item) => item.track.id === trackId);
  if (lane === undefined) return;
  const { laneScrollPx, heightPx } = useTimelineView.getState();
  if (lane.topPx < laneScrollPx) scrollLanesBy(lane.topPx - laneScrollPx);
  else if (lane.topPx + lane.heightPx > laneScrollPx + heightPx)
    scrollLanesBy(lane.topPx + lane.heightPx - laneScrollPx - heightPx);
}
