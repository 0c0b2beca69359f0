/** Heads and lanes share one vertical scroll, without React. */
import { useEffect, useLayoutEffect, type RefObject } from 'react';
import { useTimelineView } from './timelineView.ts';
import { scrollLanesBy } from './world.ts';

/** Keeps an element at the shared scroll. */
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

/**
 * For the boxes around the scrolled content. To bring a focused button into view the browser scrolls the nearest box,
 * even with hidden overflow: that becomes the shared scroll, so that heads and lanes stay in step.
 */
export function useSharedScroll(ref: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    const element = ref.current;
    if (element === null) return;
    const onScroll = () => {
      const byPx = element.scrollTop;
      element.scrollTop = 0;
      element.scrollLeft = 0;
      if (byPx !== 0) scrollLanesBy(byPx);
    };
    element.addEventListener('scroll', onScroll);
    return () => element.removeEventListener('scroll', onScroll);
  }, [ref]);
}
