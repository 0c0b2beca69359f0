/**
 * One stop in the Tab order for the whole grid: the focused clip while it is drawn, else the grid itself, which hands
 * the focus on.
 */
import { useCallback, useEffect, useMemo, type FocusEvent, type RefObject } from 'react';
import { ticksFromPx } from './scale.ts';
import { useEditor } from '../../../services/store.ts';
import { clipsInRange } from '../../../../core/document/query.ts';
import type { LaneBox } from './laneLayout.ts';
import type { DrawnWindow } from './visible.ts';
import { itemsOf, neighbourItem } from './items.ts';
import { useTimelineView } from './timelineView.ts';
import { currentWorld } from './world.ts';

let lastInput: 'key' | 'pointer' = 'pointer';

/** Which of the two hands was the last: `:focus-visible` would forget it where a script moves the focus on. */
function watchInput(): () => void {
  const onKey = (event: KeyboardEvent) => {
    if (event.key === 'Tab' || event.key === 'F6') lastInput = 'key';
  };
  const onPointer = () => {
    lastInput = 'pointer';
    useTimelineView.setState({ walking: false });
  };
  window.addEventListener('keydown', onKey, true);
  window.addEventListener('pointerdown', onPointer, true);
  return () => {
    window.removeEventListener('keydown', onKey, true);
    window.removeEventListener('pointerdown', onPointer, true);
  };
}

/** Tab index and focus handler that make the grid one stop in the Tab order. */
export function useGridFocus(
  lanes: readonly LaneBox[],
  drawn: DrawnWindow,
): { readonly tabIndex: number; readonly onFocus: (event: FocusEvent<HTMLElement>) => void } {
  const key = useTimelineView((view) => view.focusedClipId);
  const onClip = useMemo(() => key !== null && isDrawn(lanes, drawn, key), [lanes, drawn, key]);
  useEffect(watchInput, []);
  const onFocus = useCallback((event: FocusEvent<HTMLElement>) => {
    // back from a menu or dialog it goes on as it was
    if (!event.relatedTarget?.closest('[role=menu], [role=dialog]'))
      useTimelineView.setState({ walking: lastInput === 'key' });
    if (event.target !== event.currentTarget) return;
    const world = currentWorld();
    if (world === null) return;
    const known = useTimelineView.getState().focusedClipId;
    const selected = world.selection.clipIds[0];
    const stands =
      known !== null && world.sequence.tracks.some((track) => track.clips.some((clip) => clip.id === known));
    const key = stands
      ? known
      : (selected ??
        neighbourItem(world.lanes, null, 'right', world.playheadTicks, world.document.aiEnabled)?.key ??
        null);
    if (key === null) return;
    focusItem(key);
    revealTicks(
      world.sequence.tracks.flatMap((track) => track.clips).find((clip) => clip.id === key)?.startTicks ?? null,
    );
  }, []);
  return { tabIndex: onClip ? -1 : 0, onFocus };
}

function isDrawn(lanes: readonly LaneBox[], drawn: DrawnWindow, key: string): boolean {
  const range = { startTicks: drawn.fromTicks, durationTicks: drawn.toTicks - drawn.fromTicks };
  return lanes.some(({ track }) =>
    key.startsWith(`gap:${track.id}:`)
      ? itemsOf(track, true).some((item) => item.key === key)
      : clipsInRange(track, range).some((clip) => clip.id === key),
  );
}

/** Focuses a clip or gap, immediately if it is rendered, else as soon as it is (`useWantedFocus`). */
export function focusItem(key: string): void {
  useTimelineView.setState({ focusedClipId: key, focusWanted: true });
  const element = document.querySelector<HTMLElement>(`[data-item="${CSS.escape(key)}"]`);
  if (element === null) return;
  element.focus({ preventScroll: true });
  useTimelineView.setState({ focusWanted: false });
}

/** For an element that may appear after the keyboard went to it. */
export function useWantedFocus(ref: RefObject<HTMLElement | null>, focused: boolean): void {
  useEffect(() => {
    if (!focused || !useTimelineView.getState().focusWanted) return;
    ref.current?.focus({ preventScroll: true });
    useTimelineView.setState({ focusWanted: false });
  }, [ref, focused]);
}

/** Scrolls so that a tick is on screen, with a little air; does nothing when it is. */
export function revealTicks(ticks: number | null): void {
  if (ticks === null) return;
  const state = useEditor.getState();
  const { widthPx } = useTimelineView.getState();
  const spanTicks = ticksFromPx(widthPx, state.pixelsPerSecond);
  if (ticks >= state.scrollTicks && ticks <= state.scrollTicks + spanTicks * 0.95) return;
  state.setSession({ scrollTicks: Math.max(0, Math.round(ticks - spanTicks * 0.2)) });
}
