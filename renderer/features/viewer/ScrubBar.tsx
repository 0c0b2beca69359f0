import { useTranslation } from 'react-i18next';
import { formatTimecode } from '../../../core/time/timecode.ts';
import { snapToFrame, ticksAtFrame, frameAtTicks, type Rate, type Ticks } from '../../../core/time/ticks.ts';
import { useEditor } from '../../services/store.ts';
import styles from './Viewer.module.css';

export interface ScrubBarProps {
  readonly rate: Rate;
  readonly endTicks: Ticks;
  readonly inTicks: Ticks | null;
  readonly outTicks: Ticks | null;
}

/** The whole length under the picture: drag to scrub. */
export function ScrubBar({ rate, endTicks, inTicks, outTicks }: ScrubBarProps) {
  const { t } = useTranslation('viewer');
  const playhead = useEditor((state) => state.playheadTicks);
  const setSession = useEditor((state) => state.setSession);
  const share = (ticks: Ticks) => (endTicks > 0 ? Math.min(1, ticks / endTicks) : 0);
  const scrubTo = (clientX: number, element: HTMLElement) => {
    const box = element.getBoundingClientRect();
    const at = Math.max(0, Math.min(1, (clientX - box.left - 12) / Math.max(1, box.width - 24)));
    setSession({ playing: 0, playheadTicks: snapToFrame(at * endTicks, rate) });
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
      onKeyDown={(event) => {
        const step = event.shiftKey ? 10 : 1;
        const here = frameAtTicks(playhead, rate);
        const frame = {
          ArrowRight: here + step,
          ArrowLeft: here - step,
          Home: 0,
          End: frameAtTicks(Math.max(0, endTicks - 1), rate),
        }[event.key];
        if (frame === undefined) return;
        event.preventDefault();
        event.stopPropagation();
        setSession({
          playing: 0,
          playheadTicks: Math.max(0, Math.min(endTicks, ticksAtFrame(Math.max(0, frame), rate))),
        });
      }}
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
