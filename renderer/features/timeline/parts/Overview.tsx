/** The whole cut on 16 px: drag the window to pan and its ends to zoom, or click to go there. */
import { memo, useCallback, useEffect, useLayoutEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { sequenceDuration } from '../../../../core/document/query.ts';
import type { Sequence, Track } from '../../../../core/document/schema.ts';
import type { Ticks } from '../../../../core/time/ticks.ts';
import { useEditor } from '../../../services/store.ts';
import { overviewDrag, overviewSpanTicks, type OverviewGrip } from '../view/overviewDrag.ts';
import { onLiveFrame, requestLiveFrame } from '../view/liveScale.ts';
import { ticksFromPx } from '../view/scale.ts';
import { useTimelineView } from '../view/timelineView.ts';
import styles from './Overview.module.css';
import { swatchOf } from './TrackHeads.tsx';

/** A map of the whole sequence with the visible part as a window on it. */
export const Overview = memo(function Overview({ sequence }: { readonly sequence: Sequence }) {
  const { t } = useTranslation('timeline');
  const map = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const port = useRef<HTMLDivElement>(null);
  const at = useRef<HTMLElement>(null);
  const drawnSpan = useRef(-1);
  const redraw = useRef<(spanTicks: number) => void>(() => undefined);
  const theme = useEditor((state) => state.theme);
  const widthPx = useTimelineView((view) => view.widthPx);
  const durationTicks = sequenceDuration(sequence);

  const place = useCallback(() => {
    const state = useEditor.getState();
    const span = overviewSpanTicks(durationTicks, state, widthPx);
    // zoomed out past the end, the map covers more than the cut
    if (span !== drawnSpan.current) redraw.current(span);
    const px = (ticks: number) => (ticks / span) * widthPx;
    if (port.current !== null) {
      port.current.style.width = `${Math.max(12, px(ticksFromPx(widthPx, state.pixelsPerSecond)))}px`;
      port.current.style.transform = `translateX(${px(state.scrollTicks)}px)`;
    }
    if (at.current !== null) at.current.style.transform = `translateX(${px(state.playheadTicks)}px)`;
  }, [durationTicks, widthPx]);
  useLayoutEffect(() => {
    redraw.current = (span) => {
      drawnSpan.current = span;
      if (canvas.current !== null) drawMap(canvas.current, sequence, span, widthPx);
    };
    drawnSpan.current = -1;
    requestLiveFrame();
  }, [sequence, widthPx, theme]);
  useLayoutEffect(place, [place, sequence, theme]);
  useEffect(() => onLiveFrame(place), [place]);

  const onPointerDown = (event: React.PointerEvent<HTMLDivElement>) => {
    if (map.current === null || port.current === null || event.button !== 0) return;
    map.current.setPointerCapture(event.pointerId);
    dragOverview(map.current, port.current, event.clientX, { durationTicks, widthPx });
  };

  return (
    <div className={styles.overview} aria-hidden="true" title={t('overview')}>
      <div ref={map} className={styles.map} onPointerDown={onPointerDown}>
        <canvas ref={canvas} />
        <div ref={port} className={styles.port} />
        <i ref={at} className={styles.at} />
      </div>
    </div>
  );
});

/** How near to an end of the window a press resizes it, px. */
const endPx = 6;

/** What a press on the overview drags, by its place relative to the window on it. */
function gripAt(x: number, port: DOMRect): OverviewGrip {
  if (x < port.left || x > port.right) return 'jump';
  if (x - port.left < endPx) return 'in';
  return port.right - x < endPx ? 'out' : 'port';
}

/** Follows the pointer from its press until it is released. */
function dragOverview(
  map: HTMLElement,
  port: HTMLElement,
  clientX: number,
  { durationTicks, widthPx }: { readonly durationTicks: Ticks; readonly widthPx: number },
): void {
  const { left } = map.getBoundingClientRect();
  const grip = gripAt(clientX, port.getBoundingClientRect());
  const start = useEditor.getState();
  const drag = overviewDrag(grip, start, overviewSpanTicks(durationTicks, start, widthPx), widthPx, clientX - left);
  start.setSession(drag(clientX - left));
  const onMove = (move: PointerEvent) => start.setSession(drag(move.clientX - left));
  const onUp = () => {
    map.removeEventListener('pointermove', onMove);
    map.removeEventListener('pointerup', onUp);
    map.removeEventListener('pointercancel', onUp);
  };
  map.addEventListener('pointermove', onMove);
  map.addEventListener('pointerup', onUp);
  map.addEventListener('pointercancel', onUp);
}

/** Three rows of 3 px: overlays and titles, the picture, the sound. */
function rowOf(track: Track): number {
  if (track.kind === 'audio') return 2;
  return track.role === 'picture' ? 1 : 0;
}

function drawMap(canvas: HTMLCanvasElement, sequence: Sequence, spanTicks: number, widthPx: number): void {
  const context = canvas.getContext('2d');
  if (context === null) return;
  const ratio = Math.min(2, window.devicePixelRatio || 1);
  canvas.width = Math.max(1, Math.round(widthPx * ratio));
  canvas.height = 15 * ratio;
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  const style = getComputedStyle(canvas);
  context.globalAlpha = 0.8;
  for (const track of sequence.tracks) {
    context.fillStyle = style.getPropertyValue(swatchOf(track).slice(4, -1));
    for (const clip of track.clips) {
      const x = (clip.startTicks / spanTicks) * widthPx;
      context.fillRect(x, 2 + rowOf(track) * 4, Math.max(0.5, (clip.durationTicks / spanTicks) * widthPx - 1), 3);
    }
  }
}
