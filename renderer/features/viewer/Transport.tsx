import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Pause, Play, Repeat, SkipBack, SkipForward, StepBack, StepForward } from 'lucide-react';
import { formatTimecode, parseTimecode } from '../../../core/time/timecode.ts';
import { frameAtTicks, ticksAtFrame, type Rate, type Ticks } from '../../../core/time/ticks.ts';
import { useEditor } from '../../services/store.ts';
import { IconButton } from '../../ui/IconButton.tsx';
import { InPoint, OutPoint } from './inOutIcons.ts';
import styles from './Viewer.module.css';

export interface TransportProps {
  readonly rate: Rate;
  readonly endTicks: Ticks;
  readonly inTicks: Ticks | null;
  readonly outTicks: Ticks | null;
  onInOut(inTicks: Ticks | null, outTicks: Ticks | null): void;
}

/** Timecode, in and out, stepping and play. What the keys do is in the action descriptors; this shows and clicks it. */
export function Transport({ rate, endTicks, inTicks, outTicks, onInOut }: TransportProps) {
  const { t } = useTranslation('viewer');
  const playing = useEditor((state) => state.playing);
  const loop = useEditor((state) => state.loop);
  const playhead = useEditor((state) => state.playheadTicks);
  const setSession = useEditor((state) => state.setSession);
  const goTo = (ticks: Ticks) => setSession({ playing: 0, playheadTicks: Math.max(0, Math.min(endTicks, ticks)) });
  // a time that was typed may lie behind the cut: something is to be put there
  const goToTyped = (ticks: Ticks) =>
    useEditor.getState().viewerMode === 'timeline'
      ? setSession({ playing: 0, playheadTicks: Math.max(0, ticks) })
      : goTo(ticks);
  const step = (frames: number) => goTo(ticksAtFrame(frameAtTicks(playhead, rate) + frames, rate));

  return (
    <div className={styles.transport}>
      <TimecodeField rate={rate} onGo={goToTyped} />
      <div className={styles.mid}>
        <IconButton
          icon={InPoint}
          label={t('setIn')}
          shortcut="I"
          onClick={() => onInOut(playhead, outTicks !== null && outTicks > playhead ? outTicks : null)}
        />
        <IconButton
          icon={OutPoint}
          label={t('setOut')}
          shortcut="O"
          onClick={() => onInOut(inTicks !== null && inTicks < playhead ? inTicks : null, playhead)}
        />
        <IconButton icon={SkipBack} label={t('toStart')} shortcut="Home" onClick={() => goTo(0)} />
        <IconButton icon={StepBack} label={t('stepBack')} shortcut="←" onClick={() => step(-1)} />
        <button
          type="button"
          className={styles.play}
          aria-label={playing === 0 ? t('play') : t('pause')}
          title={`${playing === 0 ? t('play') : t('pause')} (Space)`}
          onClick={() => setSession({ playing: playing === 0 ? 1 : 0 })}
        >
          {playing === 0 ? (
            <Play size={16} strokeWidth={1.75} aria-hidden="true" />
          ) : (
            <Pause size={16} strokeWidth={1.75} aria-hidden="true" />
          )}
        </button>
        <IconButton icon={StepForward} label={t('stepForward')} shortcut="→" onClick={() => step(1)} />
        <IconButton icon={SkipForward} label={t('toEnd')} shortcut="End" onClick={() => goTo(endTicks)} />
        <IconButton icon={Repeat} label={t('loop')} lit={loop} onClick={() => setSession({ loop: !loop })} />
      </div>
      <div className={styles.lengths}>
        {inTicks !== null && outTicks !== null ? (
          <span className={styles.rangeText}>
            {t('inOut')} <span className="tc muted">{formatTimecode(outTicks - inTicks, rate)}</span>
          </span>
        ) : null}
        <span className="tc">{formatTimecode(endTicks, rate)}</span>
      </div>
    </div>
  );
}

function TimecodeField({ rate, onGo }: { rate: Rate; onGo: (ticks: Ticks) => void }) {
  const { t } = useTranslation('viewer');
  const playhead = useEditor((state) => state.playheadTicks);
  const [typed, setTyped] = useState<string | null>(null);
  const shown = typed ?? formatTimecode(playhead, rate);
  return (
    <input
      className={styles.timecode}
      aria-label={t('timecode')}
      value={shown}
      spellCheck={false}
      onFocus={(event) => {
        setTyped(shown);
        event.currentTarget.select();
      }}
      onChange={(event) => setTyped(event.target.value)}
      onBlur={() => setTyped(null)}
      onKeyDown={(event) => {
        event.stopPropagation();
        if (event.key === 'Escape') event.currentTarget.blur();
        if (event.key !== 'Enter' || typed === null) return;
        const ticks = parseTimecode(typed, rate);
        if (ticks !== null) onGo(ticks);
        event.currentTarget.blur();
      }}
    />
  );
}
