/**
 * View state of the timeline alone, which is never saved: its size, the vertical scroll, the focused clip, and the
 * running gesture. Session state that others share (zoom, scroll, selection) is in `useEditor`.
 */
import { create } from 'zustand';
import type { Ticks } from '../../../../core/time/ticks.ts';
import { emptyPreview, type Preview } from '../gestures/gesture.ts';

/** Something dragged in from outside, shown where it would land. */
export interface DropPreview {
  readonly trackId: string | null;
  readonly startTicks: Ticks;
  readonly durationTicks: Ticks;
  readonly name: string;
  readonly kind: 'video' | 'audio' | 'title' | 'transition' | 'files';
  readonly refused: string | null;
  readonly snapTicks: Ticks | null;
  readonly insert: boolean;
}

export interface TimelineViewState {
  widthPx: number;
  heightPx: number;
  laneScrollPx: number;
  headWidthPx: number;
  /** A clip's id or a gap's key (view/items): where the keyboard is, also while the focus is elsewhere. */
  focusedClipId: string | null;
  /** The focus came by a key: arrows go from clip to clip. After a press of the pointer they move the playhead. */
  walking: boolean;
  /** The keyboard went there, but it is not drawn yet. */
  focusWanted: boolean;
  gestureName: string | null;
  preview: Preview;
  drop: DropPreview | null;
  /** Where the blade would cut, while it hovers. */
  bladeTicks: Ticks | null;
  hoveredGap: { readonly trackId: string; readonly startTicks: Ticks } | null;
}

/** The timeline's own view state. */
export const useTimelineView = create<TimelineViewState>(() => ({
  widthPx: 1280,
  heightPx: 276,
  laneScrollPx: 0,
  headWidthPx: 160,
  focusedClipId: null,
  walking: false,
  focusWanted: false,
  gestureName: null,
  preview: emptyPreview,
  drop: null,
  bladeTicks: null,
  hoveredGap: null,
}));
