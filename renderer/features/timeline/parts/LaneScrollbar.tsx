/** Vertical scroll bar for tracks that do not all fit. */
import { memo, useRef } from 'react';
import { lanesHeightPx, type LaneBox } from '../view/laneLayout.ts';
import { useTimelineView } from '../view/timelineView.ts';
import { scrollLanesBy } from '../view/world.ts';
import styles from './Lanes.module.css';

/** Vertical scroll bar of the lanes; null when all tracks fit. */
export const LaneScrollbar = memo(function LaneScrollbar({ lanes }: { readonly lanes: readonly LaneBox[] }) {
  const heightPx = useTimelineView((view) => view.heightPx);
  const scrollPx = useTimelineView((view) => view.laneScrollPx);
  const dragged = useRef<number | null>(null);
  const wholePx = lanesHeightPx(lanes);
  if (wholePx <= heightPx || heightPx <= 0) return null;
  const perPx = wholePx / heightPx;
  return (
    <i
      aria-hidden="true"
      className={styles.scrollbar}
      style={{ top: `calc(var(--h-ruler) + ${scrollPx / perPx}px)`, height: heightPx / perPx }}
      onPointerDown={(event) => {
        dragged.current = event.clientY;
        event.currentTarget.setPointerCapture(event.pointerId);
      }}
      onPointerMove={(event) => {
        if (dragged.current === null) return;
        scrollLanesBy((event.clientY - dragged.current) * perPx);
        dragged.current = event.clientY;
      }}
      onPointerUp={() => {
        dragged.current = null;
      }}
    />
  );
});
