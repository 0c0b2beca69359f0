/** One stop in the Tab order for the whole grid: the focused clip, or the grid itself, which then hands the focus to a clip. */
import { useCallback, useEffect, type FocusEvent, type RefObject } from 'react';
import { ticksFromPx } from './scale.ts';
import { useEditor } from '../../../services/store.ts';
import { neighbourItem } from './items.ts';
import { useTimelineView } from './timelineView.ts';
import { currentWorld } from './world.ts';

export function useGridFocus(): { readonly tabIndex: number; readonly onFocus: (event: FocusEvent<HTMLElement>) => void } {
  const hasFocused = useTimelineView((view) => view.focusedClipId !== null);
  const onFocus = useCallback((event: FocusEvent<HTMLElement>) => {
    if (event.target !== event.currentTarget) return;
    const world = currentWorld();
    if (world === null) return;
    const known = useTimelineView.getState().focusedClipId;
    const selected = world.selection.clipIds[0];
    const stands = known !== null && world.sequence.tracks.some((track) => track.clips.some((clip) => clip.id === known));
    const key = stands ? known : (selected ?? neighbourItem(world.lanes, null, 'right', world.playheadTicks, world.document.aiEnabled)?.key ?? null);
    if (key === null) return;
    focusItem(key);
    revealTicks(world.sequence.tracks.flatMap((track) => track.clips).find((clip) => clip.id === key)?.startTicks ?? null);
  }, []);
  return { tabIndex: hasFocused ? -1 : 0, onFocus };
}

/** The keyboard goes to a clip or gap: at once where it is drawn, else as soon as it is (`useWantedFocus`). */
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
