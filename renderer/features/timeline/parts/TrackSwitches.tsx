import { Eye, EyeOff, Lock, LockOpen } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { Track } from '../../../../core/document/schema.ts';
import { classes } from '../../../ui/classes.ts';
import { IconButton } from '../../../ui/IconButton.tsx';
import styles from './TrackHeads.module.css';

export type TrackSwitch = 'muted' | 'solo' | 'hidden' | 'locked';

export interface TrackSwitchesProps {
  readonly track: Track;
  readonly set: (properties: Partial<Pick<Track, TrackSwitch>>) => void;
}

/** Hide or mute and solo, and lock. */
export function TrackSwitches({ track, set }: TrackSwitchesProps) {
  const { t } = useTranslation('timeline');
  const { name } = track;
  return (
    <>
      {track.kind === 'video' ? (
        <IconButton
          size="xs"
          icon={track.hidden ? EyeOff : Eye}
          lit={track.hidden}
          label={t(track.hidden ? 'head.show' : 'head.hide', { name })}
          onClick={() => set({ hidden: !track.hidden })}
        />
      ) : (
        <>
          <Letter
            on={track.muted}
            letter={t('head.muteLetter')}
            label={t('head.mute', { name })}
            onClick={() => set({ muted: !track.muted })}
          />
          <Letter
            on={track.solo}
            letter={t('head.soloLetter')}
            label={t('head.solo', { name })}
            onClick={() => set({ solo: !track.solo })}
          />
        </>
      )}
      <IconButton
        size="xs"
        icon={track.locked ? Lock : LockOpen}
        lit={track.locked}
        label={t(track.locked ? 'head.unlock' : 'head.lock', { name })}
        onClick={() => set({ locked: !track.locked })}
      />
    </>
  );
}

function Letter({
  on,
  letter,
  label,
  onClick,
}: {
  readonly on: boolean;
  readonly letter: string;
  readonly label: string;
  readonly onClick: () => void;
}) {
  return (
    <button
      type="button"
      aria-label={label}
      title={label}
      aria-pressed={on}
      className={classes(styles.ms, on && styles.on)}
      onClick={onClick}
    >
      {letter}
    </button>
  );
}
