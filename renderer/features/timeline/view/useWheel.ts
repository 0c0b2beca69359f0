/**
 * The wheel: Ctrl zooms around the pointer, Shift or a sideways wheel pans, plain scrolls the tracks or, where all are
 * visible, pans.
 */
import { useEffect, type RefObject } from 'react';
import { activeSequence } from '../../../../core/document/query.ts';
import { useEditor } from '../../../services/store.ts';
import { lanesHeightPx } from './laneLayout.ts';
import { ticksFromPx, zoomAround } from './scale.ts';
import { useTimelineView } from './timelineView.ts';
import { lanesOf, scrollLanesBy } from './world.ts';

const linePx = 16;

/** Makes the wheel pan, zoom and scroll over an element. */
export function useWheel(ref: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    const element = ref.current;
    if (element === null) return;
    const onWheel = (event: WheelEvent) => {
      event.preventDefault();
      const unit = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? linePx : 1;
      const [dx, dy] = [event.deltaX * unit, event.deltaY * unit];
      if (event.ctrlKey || event.metaKey) zoomAt(event.clientX - element.getBoundingClientRect().left, dy);
      else if (event.shiftKey) panBy(dx === 0 ? dy : dx);
      else if (Math.abs(dx) > Math.abs(dy)) panBy(dx);
      else if (lanesOverflow()) scrollLanesBy(dy);
      else panBy(dy);
    };
    element.addEventListener('wheel', onWheel, { passive: false });
    return () => element.removeEventListener('wheel', onWheel);
  }, [ref]);
}

/** A notch of 100 px is a factor of 1.22. */
function zoomAt(xPx: number, dy: number): void {
  const state = useEditor.getState();
  state.setSession(zoomAround(state, xPx, state.pixelsPerSecond * Math.exp(-dy * 0.002)));
}

/** Scrolls the timeline horizontally by px, not before its start. */
export function panBy(px: number): void {
  const state = useEditor.getState();
  const scrollTicks = Math.max(0, state.scrollTicks + ticksFromPx(px, state.pixelsPerSecond));
  if (scrollTicks !== state.scrollTicks) state.setSession({ scrollTicks });
}

function lanesOverflow(): boolean {
  const { document } = useEditor.getState();
  return document !== null && lanesHeightPx(lanesOf(activeSequence(document))) > useTimelineView.getState().heightPx;
}
