/**
 * Panning, zooming and the playhead without React: once a frame, straight into styles. Layers are shifted and stretched
 * by a transform; listeners such as the ruler are called each frame.
 */
import { useEffect, useLayoutEffect, type RefObject } from 'react';
import { useEditor } from '../../../services/store.ts';
import { pxFromTicks, xAtTicks } from './scale.ts';
import { useTimelineView } from './timelineView.ts';

const listeners = new Set<() => void>();
let requested = 0;

/** Runs all listeners in the next frame, once. */
export function requestLiveFrame(): void {
  if (requested !== 0) return;
  requested = requestAnimationFrame(() => {
    requested = 0;
    for (const listener of listeners) listener();
  });
}

/**
 * Calls the listener once for every frame in which scroll, zoom or playhead changed; returns the unsubscribe function.
 */
export function onLiveFrame(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** The lanes say their zoom, for tests and benches that have no other way to know it. */
function tellZoom(): void {
  const lanes = document.querySelector<HTMLElement>('[data-timeline-lanes]');
  if (lanes !== null) lanes.dataset['pixelsPerSecond'] = String(useEditor.getState().pixelsPerSecond);
}

/** Wakes the frame whenever zoom, scroll, playhead or the lanes' size change. Mounted once. */
export function useLiveFrames(): void {
  useEffect(() => onLiveFrame(tellZoom), []);
  useEffect(() => {
    const stopEditor = useEditor.subscribe((state, before) => {
      if (
        state.pixelsPerSecond !== before.pixelsPerSecond ||
        state.scrollTicks !== before.scrollTicks ||
        state.playheadTicks !== before.playheadTicks
      )
        requestLiveFrame();
    });
    const stopView = useTimelineView.subscribe((view, before) => {
      if (view.widthPx !== before.widthPx || view.laneScrollPx !== before.laneScrollPx) requestLiveFrame();
    });
    requestLiveFrame();
    return () => {
      stopEditor();
      stopView();
    };
  }, []);
}

/**
 * Positions a layer whose content starts at `originTicks`. With `drawnPixelsPerSecond` it is laid out for that zoom and
 * stretched to the live one by its transform, so that clips are not laid out or painted while the zoom moves, only when
 * it rests or has moved far. Without it, the layer's few elements are laid out in every frame.
 */
export function useShiftedLayer(
  ref: RefObject<HTMLElement | null>,
  originTicks: number,
  options: { readonly vertical?: boolean; readonly drawnPixelsPerSecond?: number },
): void {
  const { vertical = false, drawnPixelsPerSecond } = options;
  useLayoutEffect(() => {
    const apply = () => {
      const element = ref.current;
      if (element === null) return;
      const { pixelsPerSecond, scrollTicks } = useEditor.getState();
      const x = pxFromTicks(originTicks - scrollTicks, pixelsPerSecond);
      const y = vertical ? -useTimelineView.getState().laneScrollPx : 0;
      const stretch = drawnPixelsPerSecond === undefined ? 1 : pixelsPerSecond / drawnPixelsPerSecond;
      const laidOut = String(drawnPixelsPerSecond ?? pixelsPerSecond);
      if (element.style.getPropertyValue('--pps') !== laidOut) element.style.setProperty('--pps', laidOut);
      element.style.transform = `translate3d(${x}px, ${y}px, 0) scaleX(${stretch})`;
    };
    apply();
    return onLiveFrame(apply);
  }, [ref, originTicks, vertical, drawnPixelsPerSecond]);
}

/** One thing at one tick, moved by a transform. `ticks` null hides it. */
export function useAtTicks(ref: RefObject<HTMLElement | null>, ticksOf: () => number | null): void {
  useLayoutEffect(() => {
    const apply = () => {
      const element = ref.current;
      if (element === null) return;
      const ticks = ticksOf();
      const state = useEditor.getState();
      const x = ticks === null ? -1 : xAtTicks(ticks, state);
      const shown = ticks !== null && x >= -8 && x <= useTimelineView.getState().widthPx + 8;
      element.style.visibility = shown ? 'visible' : 'hidden';
      if (shown) element.style.transform = `translate3d(${x}px, 0, 0)`;
    };
    apply();
    return onLiveFrame(apply);
  });
}
