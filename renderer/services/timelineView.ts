/** The visible part of the timeline, for actions that zoom. The lanes report their width. */
import { ticksFromSeconds, ticksPerSecond } from '../../core/time/ticks.ts';
import type { EditorState } from './editor.ts';
import { useEditor } from './store.ts';

/** The lanes carry this attribute, so that whoever zooms from outside can measure them. */
const lanesSelector = '[data-timeline-lanes]';

/** Smallest and largest zoom of the timeline, px per second. */
export const zoomLimits = { min: 0.02, max: 2400 } as const;

/** Seconds between the left and the right edge of the lanes. */
export function visibleSeconds(state: Pick<EditorState, 'pixelsPerSecond'>): number {
  const lanes = globalThis.document?.querySelector(lanesSelector);
  const widthPx = lanes?.getBoundingClientRect().width ?? (globalThis.window?.innerWidth ?? 1440) - 160;
  return widthPx / state.pixelsPerSecond;
}

/** Zooms by a factor; the playhead keeps its place when it is seen, else the middle does. */
export function zoomAround(factor: number): void {
  const state = useEditor.getState();
  const pixelsPerSecond = Math.max(zoomLimits.min, Math.min(zoomLimits.max, state.pixelsPerSecond * factor));
  const seen = ticksFromSeconds(visibleSeconds(state));
  const playheadSeen = state.playheadTicks >= state.scrollTicks && state.playheadTicks <= state.scrollTicks + seen;
  const anchor = playheadSeen ? state.playheadTicks : state.scrollTicks + seen / 2;
  const anchorPx = ((anchor - state.scrollTicks) / ticksPerSecond) * state.pixelsPerSecond;
  useEditor.setState({
    pixelsPerSecond,
    scrollTicks: Math.max(0, Math.round(anchor - (anchorPx / pixelsPerSecond) * ticksPerSecond)),
  });
}
