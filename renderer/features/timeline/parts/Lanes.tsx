/** The lanes: fixed backgrounds, and one layer with all clips that shifts as a whole during panning and zooming. */
import { memo, useMemo, useRef, type CSSProperties } from 'react';
import { useTranslation } from 'react-i18next';
import type { Sequence } from '../../../../core/document/schema.ts';
import { secondsFromTicks } from '../../../../core/time/ticks.ts';
import { useEditor } from '../../../services/store.ts';
import { classes } from '../../../ui/classes.ts';
import { ContextMenu } from '../../../ui/ContextMenu.tsx';
import { laneKeys } from '../keys/laneKeys.ts';
import { useDropTargets } from '../drop/useDropTargets.ts';
import { laneMenu } from '../view/laneMenu.ts';
import { useShiftedLayer } from '../view/liveScale.ts';
import type { LaneBox } from '../view/laneLayout.ts';
import { useGridFocus } from '../view/useGridFocus.ts';
import { useLaneGestures } from '../view/useGestures.ts';
import { useLaneScroll, useSharedScroll } from '../view/useLaneScroll.ts';
import { useStickyNames } from '../view/useStickyNames.ts';
import { useTimelineView } from '../view/timelineView.ts';
import { useWheel } from '../view/useWheel.ts';
import { atOf, type DrawnWindow } from '../view/visible.ts';
import { LaneRow } from './LaneRow.tsx';
import styles from './Lanes.module.css';
import { rangeOf } from './Ruler.tsx';

interface LanesProps {
  /** With the running gesture applied. */
  readonly sequence: Sequence;
  readonly lanes: readonly LaneBox[];
  readonly window: DrawnWindow;
}

/** All lanes of the sequence as a grid, with pointer gestures, keys and drops. */
export const Lanes = memo(function Lanes({ sequence, lanes, window: drawn }: LanesProps) {
  const { t } = useTranslation('timeline');
  const element = useRef<HTMLDivElement>(null);
  const grounds = useRef<HTMLDivElement>(null);
  const layer = useRef<HTMLDivElement>(null);
  useLaneScroll(grounds);
  useSharedScroll(element);
  useShiftedLayer(layer, drawn.originTicks, { vertical: true, drawnPixelsPerSecond: drawn.pixelsPerSecond });
  useStickyNames(layer, lanes);
  useLaneGestures(element);
  useWheel(element);
  useDropTargets(element);
  const gridFocus = useGridFocus(lanes, drawn);
  const range = rangeOf(sequence);
  const empty = sequence.tracks.every((track) => track.clips.length === 0);
  return (
    <ContextMenu
      entries={laneMenu}
      render={
        <div
          ref={element}
          data-lanes
          data-timeline-lanes
          role="grid"
          aria-label={t('lanes', { name: sequence.name })}
          aria-multiselectable="true"
          aria-rowcount={lanes.length}
          className={styles.lanes}
          onKeyDown={laneKeys}
          {...gridFocus}
        />
      }
    >
      <div ref={grounds} className={styles.scroller} role="presentation">
        {lanes.map((lane) => (
          <div
            key={lane.track.id}
            role="presentation"
            className={classes(styles.ground, lane.lastVideo && styles.split, lane.track.locked && styles.locked)}
            style={{ top: lane.topPx, height: lane.heightPx }}
          />
        ))}
      </div>
      <div ref={layer} className={styles.layer} role="presentation">
        <Rows sequence={sequence} lanes={lanes} window={drawn} />
      </div>
      <InOutShade range={range} window={drawn} />
      {empty ? <div className={styles.empty}>{t('empty')}</div> : null}
    </ContextMenu>
  );
});

/** The rows of all lanes, with the selection, the dragged clips and the edge that has snapped. */
function Rows({ sequence, lanes, window: drawn }: LanesProps) {
  const clipIds = useEditor((state) => state.selection.clipIds);
  const selected = useMemo(() => new Set(clipIds), [clipIds]);
  const heldIds = useTimelineView((view) => view.preview.heldClipIds);
  const held = useMemo(() => new Set(heldIds), [heldIds]);
  const hotEdge = useTimelineView((view) => (view.preview.snap === null ? null : view.preview.edge));
  return lanes.map((lane) => (
    <LaneRow
      key={lane.track.id}
      lane={lane}
      rate={sequence.rate}
      window={drawn}
      selected={selected}
      held={held}
      hotEdge={hotEdge}
    />
  ));
}

/** Shades the In–Out range over the whole height of the lanes, whatever their vertical scroll. */
function InOutShade({
  range,
  window: drawn,
}: {
  readonly range: ReturnType<typeof rangeOf>;
  readonly window: DrawnWindow;
}) {
  const layer = useRef<HTMLDivElement>(null);
  useShiftedLayer(layer, drawn.originTicks, {});
  return (
    <div ref={layer} className={styles.layer} style={{ bottom: 0 }} role="presentation">
      {range === null ? null : (
        <i
          className={styles.inout}
          style={
            { '--at': atOf(range.startTicks, drawn), '--len': secondsFromTicks(range.durationTicks) } as CSSProperties
          }
        />
      )}
    </div>
  );
}
