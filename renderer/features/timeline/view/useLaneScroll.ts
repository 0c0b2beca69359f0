/** Keeps an element at the lanes' vertical scroll, without React. */
import { useLayoutEffect, type RefObject } from 'react';
import { useTimelineView } from './timelineView.ts';

export function useLaneScroll(ref: RefObject<HTMLElement | null>): void {
  useLayoutEffect(() => {
    const apply = () => {
      if (ref.current !== null)
        ref.current.style.transform = `translate3d(0, ${-useTimelineView.getState().laneScrollPx}px, 0)`;
    };
    apply();
    return useTimelineView.subscribe((view, before) => {
      if (view.laneScrollPx !== before.laneScrollPx) apply();
    });
  }, [ref]);
}
