/**
 * The ruler: timecodes on a canvas drawn each frame of a pan or zoom; markers and the In–Out range above it as
 * elements.
 */
import { memo, useEffect, useLayoutEffect, useMemo, useRef, useState, type CSSProperties } from 'react';
import { useTranslation } from 'react-i18next';
import type { Marker, Sequence } from '../../../../core/document/schema.ts';
import { secondsFromTicks, type Rate } from '../../../../core/time/ticks.ts';
import { formatTimecode } from '../../../../core/time/timecode.ts';
import { useEditor } from '../../../services/store.ts';
import { classes } from '../../../ui/classes.ts';
import { ContextMenu } from '../../../ui/ContextMenu.tsx';
import { NameField } from '../../../ui/NameField.tsx';
import { useRulerGestures } from '../view/useGestures.ts';
import { onLiveFrame, useShiftedLayer } from '../view/liveScale.ts';
import { rulerSteps, rulerTicksBetween } from '../view/rulerSteps.ts';
import { ticksAtX, xAtTicks } from '../view/scale.ts';
import { useTimelineView } from '../view/timelineView.ts';
import { atOf, type DrawnWindow } from '../view/visible.ts';
import styles from './Ruler.module.css';

const canvasHeightPx = 21;

/** The time ruler with markers and the In–Out range. */
export const Ruler = memo(function Ruler({
  sequence,
  window: drawn,
}: {
  readonly sequence: Sequence;
  readonly window: DrawnWindow;
}) {
  const { t } = useTranslation('timeline');
  const element = useRef<HTMLDivElement>(null);
  const layer = useRef<HTMLDivElement>(null);
  useShiftedLayer(layer, drawn.originTicks, {});
  useRulerGestures(element);
  const [renamedId, setRenamedId] = useState<string | null>(null);
  const range = rangeOf(sequence);
  return (
    <div
      ref={element}
      className={styles.ruler}
      role="group"
      aria-label={t('ruler')}
      onDoubleClick={(event) => {
        // the ruler has caught the pointer for its gestures: what lies under it is not the event's target
        const under = document
          .elementsFromPoint(event.clientX, event.clientY)
          .find((each) => each.hasAttribute('data-marker'));
        if (under) setRenamedId(under.getAttribute('data-marker'));
      }}
    >
      <RulerCanvas rate={sequence.rate} />
      <div ref={layer} className={styles.layer}>
        {range ? (
          <i
            className={styles.range}
            style={
              { '--at': atOf(range.startTicks, drawn), '--len': secondsFromTicks(range.durationTicks) } as CSSProperties
            }
          />
        ) : null}
        {sequence.markers.map((marker) => (
          <MarkerFlag
            key={marker.id}
            marker={marker}
            sequenceId={sequence.id}
            rate={sequence.rate}
            at={atOf(marker.ticks, drawn)}
            renaming={marker.id === renamedId}
            rename={setRenamedId}
          />
        ))}
      </div>
    </div>
  );
});

/** In and out where both are set; else from the one that is, to the start or to the end of time on screen. */
export function rangeOf(
  sequence: Pick<Sequence, 'inTicks' | 'outTicks'>,
): { readonly startTicks: number; readonly durationTicks: number } | null {
  const { inTicks, outTicks } = sequence;
  if (inTicks === null && outTicks === null) return null;
  const start = inTicks ?? 0;
  const end = outTicks ?? start;
  return { startTicks: start, durationTicks: Math.max(0, end - start) };
}

const MarkerFlag = memo(function MarkerFlag({
  marker,
  rate,
  at,
  sequenceId,
  renaming,
  rename,
}: {
  readonly marker: Marker;
  readonly rate: Rate;
  readonly at: number;
  readonly sequenceId: string;
  readonly renaming: boolean;
  readonly rename: (markerId: string | null) => void;
}) {
  const { t } = useTranslation('timeline');
  const chosen = useEditor((state) => state.selection.markerId === marker.id);
  const { run, setSession } = useEditor.getState();
  const set = (properties: Partial<Omit<Marker, 'id'>>) =>
    run('setMarker', { sequenceId, markerId: marker.id, properties });
  const isHit = marker.kind === 'hit';
  const look = { '--at': at, '--c': 'var(--snap)' } as CSSProperties;
  if (renaming) {
    return (
      <span className={classes(styles.mark, styles.chosen)} style={look}>
        <NameField
          name={marker.name}
          label={t('markerMenu.name')}
          className={styles.rename}
          onDone={(name) => {
            rename(null);
            if (name !== null && name !== marker.name) set({ name });
          }}
        />
      </span>
    );
  }
  return (
    <ContextMenu
      entries={[
        { kind: 'item', id: 'rename', label: t('markerMenu.rename'), run: () => rename(marker.id) },
        {
          kind: 'item',
          id: 'hit',
          label: t(isHit ? 'markerMenu.noHit' : 'markerMenu.hit'),
          run: () => set({ kind: isHit ? 'marker' : 'hit' }),
        },
        { kind: 'separator', id: 'line' },
        {
          kind: 'item',
          id: 'remove',
          label: t('markerMenu.remove'),
          run: () => run('removeMarker', { sequenceId, markerId: marker.id }),
        },
      ]}
      render={
        <button
          type="button"
          data-marker={marker.id}
          tabIndex={-1}
          aria-label={t('marker', { name: marker.name, time: formatTimecode(marker.ticks, rate) })}
          aria-pressed={chosen}
          className={classes(styles.mark, isHit && styles.hit, chosen && styles.chosen)}
          style={look}
          onClick={(event) => {
            // by keyboard only: a pointer is a gesture
            if (event.detail === 0) setSession({ playheadTicks: marker.ticks, playing: 0, viewerMode: 'timeline' });
          }}
        />
      }
    >
      {marker.name}
    </ContextMenu>
  );
});

const RulerCanvas = memo(function RulerCanvas({ rate }: { readonly rate: Rate }) {
  const ref = useRef<HTMLCanvasElement>(null);
  const widthPx = useTimelineView((view) => view.widthPx);
  const theme = useEditor((state) => state.theme);
  const draw = useMemo(
    () => () => (ref.current === null ? undefined : drawRuler(ref.current, rate, widthPx)),
    [rate, widthPx],
  );
  useLayoutEffect(draw, [draw, theme]);
  useEffect(() => onLiveFrame(draw), [draw]);
  // the face may arrive after the first drawing
  useEffect(() => void document.fonts?.ready.then(draw), [draw]);
  return <canvas ref={ref} aria-hidden="true" />;
});

function drawRuler(canvas: HTMLCanvasElement, rate: Rate, widthPx: number): void {
  const context = canvas.getContext('2d');
  if (context === null) return;
  const ratio = Math.min(2, window.devicePixelRatio || 1);
  const width = Math.max(1, Math.round(widthPx * ratio));
  if (canvas.width !== width || canvas.height !== canvasHeightPx * ratio) {
    canvas.width = width;
    canvas.height = canvasHeightPx * ratio;
  }
  const style = getComputedStyle(canvas);
  const scale = useEditor.getState();
  const steps = rulerSteps(scale.pixelsPerSecond, rate);
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  context.clearRect(0, 0, widthPx, canvasHeightPx);
  context.font = `500 10px ${style.fontFamily}`;
  context.textBaseline = 'alphabetic';
  const line = style.getPropertyValue('--line-strong');
  const text = style.getPropertyValue('--text-faint');
  for (const tick of rulerTicksBetween(scale.scrollTicks, ticksAtX(widthPx, scale), steps, rate)) {
    const x = Math.round(xAtTicks(tick.ticks, scale));
    context.fillStyle = line;
    context.fillRect(x, 0, 1, tick.labelled ? 20 : 4);
    if (!tick.labelled) continue;
    context.fillStyle = text;
    context.fillText(formatTimecode(tick.ticks, rate), x + 5, 15);
  }
}
