import type { KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { formatTimecode } from '../../../core/time/timecode.ts';
import { snapToFrame, ticksAtFrame, frameAtTicks, type Ticks } from '../../../core/time/ticks.ts';
import { useShallow } from 'zustand/react/shallow';
import { setShownPlayhead, shown } from '../../services/shown.ts';
import { useEditor } from '../../services/store.ts';
import styles from './Viewer.module.css';

/** The whole length under the picture: drag to scrub. */
export function ScrubBar() {
  const { t } = useTranslation('viewer');
  const { rate, playheadTicks: playhead, endTicks, inTicks, outTicks } = useEditor(useShallow(shown));
  const share = (ticks: Ticks) => (endTicks > 0 ? Math.min(1, ticks / endTicks) : 0);
  const scrubTo = (clientX: number, element: HTMLElement) => {
    const box = element.getBoundingClientRect();
    const at = Math.max(0, Math.min(1, (clientX - box.left - 12) / Math.max(1, box.width - 24)));
    setShownPlayhead(snapToFrame(at * endTicks, rate), { playing: 0 });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const to = keyTarget(event, frameAtTicks(playhead, rate), frameAtTicks(Math.max(0, endTicks - 1), rate));
    if (to === null) return;
    event.preventDefault();
    event.stopPropagation();
    setShownPlayhead(ticksAtFrame(to, rate), { playing: 0 });
  };
  return (
    <div
      className={styles.scrub}
      role="slider"
      tabIndex={0}
      aria-label={t('scrub')}
      aria-valuemin={0}
      aria-valuemax={frameAtTicks(endTicks, rate)}
      aria-valuenow={frameAtTicks(playhead, rate)}
      aria-valuetext={formatTimecode(playhead, rate)}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        scrubTo(event.clientX, event.currentTarget);
      }}
      onPointerMove={(event) => {
        if (event.buttons & 1) scrubTo(event.clientX, event.currentTarget);
      }}
      onKeyDown={onKeyDown}
    >
      {inTicks !== null && outTicks !== null ? (
        <i
          className={styles.scrubRange}
          style={{
            left: `calc(12px + (100% - 24px) * ${share(inTicks)})`,
            width: `calc((100% - 24px) * ${share(outTicks) - share(inTicks)})`,
          }}
        />
      ) : null}
      <i className={styles.scrubAt} style={{ left: `calc(11px + (100% - 24px) * ${share(playhead)})` }} />
    </div>
  );
}

/** The frame that a key goes to; null for any other key. */
function keyTarget(event: KeyboardEvent, here: number, last: number): number | null {
  const step = event.shiftKey ? 10 : 1;
  const frame = { ArrowRight: here + step, ArrowLeft: here - step, Home: 0, End: last }[event.key];
  return frame === undefined ? null : Math.max(0, Math.min(last, frame));
}
