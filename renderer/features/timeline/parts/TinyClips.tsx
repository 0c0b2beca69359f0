/** Clips too narrow for a box of their own, as colours on one canvas. The hand still finds them by geometry, the keyboard's focus makes one an element. */
import { memo, useCallback, type CSSProperties } from 'react';
import type { Clip, Track } from '../../../../core/document/schema.ts';
import { secondsFromTicks } from '../../../../core/time/ticks.ts';
import { useEditor } from '../../../services/store.ts';
import { ClipCanvas } from '../clip/ClipCanvas.tsx';
import { clipLook, clipState, jobsByClip } from '../view/clipLook.ts';
import { pxFromTicks } from '../view/scale.ts';
import { atOf, type DrawnWindow } from '../view/visible.ts';
import styles from './Lanes.module.css';

interface TinyClipsProps {
  readonly clips: readonly Clip[];
  readonly track: Track;
  readonly window: DrawnWindow;
  readonly heightPx: number;
}

export const TinyClips = memo(function TinyClips({ clips, track, window: drawn, heightPx }: TinyClipsProps) {
  const theme = useEditor((state) => state.theme);
  const jobs = useEditor((state) => state.jobs);
  const stale = useEditor((state) => state.staleClips);
  const spanTicks = drawn.toTicks - drawn.fromTicks;
  const widthPx = pxFromTicks(spanTicks, drawn.pixelsPerSecond);
  const draw = useCallback(
    (context: CanvasRenderingContext2D, ratio: number) => {
      const style = getComputedStyle(context.canvas);
      const byClip = jobsByClip(jobs);
      const pxOf = (ticks: number) => pxFromTicks(ticks, drawn.pixelsPerSecond) * ratio;
      const height = heightPx * ratio;
      for (const clip of clips) {
        const state = clipState(clip, { job: byClip.get(clip.id) ?? null, stale: stale[clip.id] === true, missing: false });
        const x = Math.round(pxOf(clip.startTicks - drawn.fromTicks));
        const width = Math.max(ratio, Math.round(pxOf(clip.startTicks + clip.durationTicks - drawn.fromTicks)) - x - ratio);
        context.fillStyle = style.getPropertyValue(state === 'plain' || state === 'ready' ? `--${clipLook(clip, track)}-bar` : `--state-${state}`);
        context.globalAlpha = clip.enabled ? 1 : 0.45;
        context.fillRect(x, 0, width, height);
        if (clip.generation?.activeTakeId == null || width < 4 * ratio) continue;
        context.fillStyle = style.getPropertyValue('--ai');
        context.beginPath();
        context.moveTo(x, 0);
        context.lineTo(x + Math.min(width, 9 * ratio), 0);
        context.lineTo(x, 9 * ratio);
        context.fill();
      }
    },
    [clips, track, drawn, heightPx, theme, jobs, stale],
  );
  return (
    <div className={styles.tiny} style={{ '--at': atOf(drawn.fromTicks, drawn), '--len': secondsFromTicks(spanTicks) } as CSSProperties}>
      <ClipCanvas fromFraction={0} toFraction={1} widthPx={widthPx} heightPx={heightPx} draw={draw} />
    </div>
  );
});
