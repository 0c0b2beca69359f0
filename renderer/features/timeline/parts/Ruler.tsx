/** The time ruler: timecodes on a canvas redrawn every frame of a pan or zoom; markers and In–Out range as elements. */
import { memo, useEffect, useLayoutEffect, useMemo, useRef, useState, type CSSProperties } from 'react';
import { useTranslation } from 'react-i18next';
import type { Sequence } from '../../../../core/document/schema.ts';
import { secondsFromTicks, type Rate } from '../../../../core/time/ticks.ts';
import { formatTimecode } from '../../../../core/time/timecode.ts';
import { useEditor } from '../../../services/store.ts';
import { useRulerGestures } from '../view/useGestures.ts';
import { onLiveFrame, useShiftedLayer } from '../view/liveScale.ts';
import { rulerSteps, rulerTicksBetween } from '../view/rulerSteps.ts';
import { ticksAtX, xAtTicks } from '../view/scale.ts';
import { useTimelineView } from '../view/timelineView.ts';
import { atOf, type DrawnWindow } from '../view/visible.ts';
import { MarkerFlag } from './MarkerFlag.tsx';
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
        // the ruler captures the pointer for its gestures, so the marker is not the event's target
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

/** The In–Out range; a missing in point means the start, a missing out point an empty range. Null without both. */
export function rangeOf(
  sequence: Pick<Sequence, 'inTicks' | 'outTicks'>,
): { readonly startTicks: number; readonly durationTicks: number } | null {
  const { inTicks, outTicks } = sequence;
  if (inTicks === null && outTicks === null) return null;
  const start = inTicks ?? 0;
  const end = outTicks ?? start;
  return { startTicks: start, durationTicks: Math.max(0, end - start) };
}

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
  // the font may load after the first drawing
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
