/**
 * The window that React draws. Panning and zooming happen without React (see liveScale); this hook answers a new window
 * only when the visible time leaves the drawn one, when the zoom went far, or when it has come to rest.
 */
import { useEffect, useState } from 'react';
import { useEditor } from '../../../services/store.ts';
import { ticksFromPx } from './scale.ts';
import { useTimelineView } from './timelineView.ts';
import { drawnWindow, type DrawnWindow } from './visible.ts';

/** A canvas stretched by more than this looks soft and is redrawn without waiting. */
const farZoom = 1.6;
const restMs = 120;

function current(): DrawnWindow {
  const { pixelsPerSecond, scrollTicks } = useEditor.getState();
  return drawnWindow({ pixelsPerSecond, scrollTicks }, useTimelineView.getState().widthPx);
}

/** Whether what is on screen is still drawn, at nearly the right size. */
export function windowHolds(
  window: DrawnWindow,
  scale: { readonly pixelsPerSecond: number; readonly scrollTicks: number },
  widthPx: number,
): boolean {
  const ratio = scale.pixelsPerSecond / window.pixelsPerSecond;
  if (ratio > farZoom || ratio < 1 / farZoom) return false;
  return (
    scale.scrollTicks >= window.fromTicks &&
    scale.scrollTicks + ticksFromPx(widthPx, scale.pixelsPerSecond) <= window.toTicks
  );
}

function same(a: DrawnWindow, b: DrawnWindow): boolean {
  return (
    a.fromTicks === b.fromTicks &&
    a.toTicks === b.toTicks &&
    a.originTicks === b.originTicks &&
    a.pixelsPerSecond === b.pixelsPerSecond
  );
}

/** The time window that React renders, which is wider than the visible part. */
export function useDrawnWindow(): DrawnWindow {
  const [window, setWindow] = useState(current);
  const widthPx = useTimelineView((view) => view.widthPx);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let shown = current();
    const redraw = () => {
      clearTimeout(timer);
      timer = undefined;
      const next = current();
      if (same(shown, next)) return;
      shown = next;
      setWindow(next);
    };
    setWindow((before) => (same(before, shown) ? before : shown));
    const stop = useEditor.subscribe((state, before) => {
      if (state.pixelsPerSecond === before.pixelsPerSecond && state.scrollTicks === before.scrollTicks) return;
      if (!windowHolds(shown, state, widthPx)) {
        redraw();
      } else if (state.pixelsPerSecond !== shown.pixelsPerSecond) {
        clearTimeout(timer);
        timer = setTimeout(redraw, restMs);
      }
    });
    return () => {
      stop();
      clearTimeout(timer);
    };
  }, [widthPx]);
  return window;
}
