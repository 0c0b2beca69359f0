import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useShallow } from 'zustand/react/shallow';
import { Pause, Play, Repeat, SkipBack, SkipForward, StepBack, StepForward } from 'lucide-react';
import { droppedLabels, formatTimecode, parseTimecode } from '../../../core/time/timecode.ts';
import type { Ticks } from '../../../core/time/ticks.ts';
import type { ActionId } from '../../actions/registry.ts';
import { useAction } from '../../actions/useAction.ts';
import { setShownPlayhead, shown } from '../../services/shown.ts';
import { useEditor } from '../../services/store.ts';
import type { IconType } from '../../ui/Icon.tsx';
import { IconButton } from '../../ui/IconButton.tsx';
import { Tooltip } from '../../ui/Tooltip.tsx';
import { InPoint, OutPoint } from './inOutIcons.ts';
import styles from './Viewer.module.css';

/** Timecode, in and out, stepping and play. What they do is in the action descriptors. */
export function Transport() {
  const { t } = useTranslation('viewer');
  const loop = useEditor((state) => state.loop);
  return (
    <div className={styles.transport}>
      <TimecodeField />
      <div className={styles.mid}>
        <TransportButton action="timeline.setIn" icon={InPoint} label={t('setIn')} />
        <TransportButton action="timeline.setOut" icon={OutPoint} label={t('setOut')} />
        <TransportButton action="playback.start" icon={SkipBack} label={t('toStart')} />
        <TransportButton action="playback.frameBack" icon={StepBack} label={t('stepBack')} />
        <PlayButton />
        <TransportButton action="playback.frameForward" icon={StepForward} label={t('stepForward')} />
        <TransportButton action="playback.end" icon={SkipForward} label={t('toEnd')} />
        <TransportButton action="playback.loop" icon={Repeat} label={t('loop')} lit={loop} />
      </div>
      <Lengths />
    </div>
  );
}

function TransportButton({
  action: id,
  icon,
  label,
  lit,
}: {
  action: ActionId;
  icon: IconType;
  label: string;
  lit?: boolean;
}) {
  const { shortcut, enabled, run } = useAction(id);
  return <IconButton icon={icon} label={label} shortcut={shortcut} disabled={!enabled} lit={lit} onClick={run} />;
}

function PlayButton() {
  const { t } = useTranslation('viewer');
  const still = useEditor((state) => state.playing === 0);
  const { shortcut, run } = useAction('playback.playPause');
  const label = still ? t('play') : t('pause');
  return (
    <Tooltip label={label} shortcut={shortcut}>
      <button type="button" className={styles.play} aria-label={label} onClick={run}>
        {still ? (
          <Play size={16} strokeWidth={1.75} aria-hidden="true" />
        ) : (
          <Pause size={16} strokeWidth={1.75} aria-hidden="true" />
        )}
      </button>
    </Tooltip>
  );
}

function Lengths() {
  const { t } = useTranslation('viewer');
  const { rate, endTicks, inTicks, outTicks } = useEditor(useShallow(shown));
  return (
    <div className={styles.lengths}>
      {inTicks !== null && outTicks !== null ? (
        <span className={styles.rangeText}>
          {t('inOut')} <span className="tc muted">{formatTimecode(outTicks - inTicks, rate)}</span>
        </span>
      ) : null}
      <span className="tc">{formatTimecode(endTicks, rate)}</span>
    </div>
  );
}

/** Goes to a time that is typed. On the timeline it may lie behind the cut: something is to be put there. */
function goToTyped(ticks: Ticks): void {
  const state = useEditor.getState();
  const last = state.viewerMode === 'timeline' ? Infinity : shown(state).endTicks;
  setShownPlayhead(Math.max(0, Math.min(last, ticks)), { playing: 0 });
}

function TimecodeField() {
  const { t } = useTranslation('viewer');
  const { rate, playheadTicks } = useEditor(useShallow(shown));
  const [typed, setTyped] = useState<string | null>(null);
  const now = formatTimecode(playheadTicks, rate);
  return (
    <input
      className={styles.timecode}
      aria-label={t('timecode')}
      title={
        droppedLabels(rate) > 0 ? t('dropFrame', { timecode: formatTimecode(playheadTicks, rate, true) }) : undefined
      }
      value={typed ?? now}
      spellCheck={false}
      onFocus={(event) => {
        setTyped(now);
        event.currentTarget.select();
      }}
      onChange={(event) => setTyped(event.target.value)}
      onBlur={() => setTyped(null)}
      onKeyDown={(event) => {
        event.stopPropagation();
        if (event.key === 'Escape') event.currentTarget.blur();
        if (event.key !== 'Enter' || typed === null) return;
        const ticks = parseTimecode(typed, rate);
        if (ticks !== null) goToTyped(ticks);
        event.currentTarget.blur();
      }}
    />
  );
}
