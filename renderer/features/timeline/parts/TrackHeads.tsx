/** Track heads: number, name, colour of the role, and the switches of each track. They scroll with the lanes. */
import { memo, useRef, useState, type CSSProperties } from 'react';
import { useTranslation } from 'react-i18next';
import type { Track } from '../../../../core/document/schema.ts';
import { useEditor } from '../../../services/store.ts';
import { classes } from '../../../ui/classes.ts';
import { ContextMenu } from '../../../ui/ContextMenu.tsx';
import { NameField } from '../../../ui/NameField.tsx';
import type { LaneBox } from '../view/laneLayout.ts';
import { useLaneScroll, useSharedScroll } from '../view/useLaneScroll.ts';
import { useWheel } from '../view/useWheel.ts';
import { LevelBar } from './LevelBar.tsx';
import styles from './TrackHeads.module.css';
import { TrackSwitches, type TrackSwitch } from './TrackSwitches.tsx';

/** The column of track heads left of the lanes. */
export const TrackHeads = memo(function TrackHeads({
  lanes,
  sequenceId,
}: {
  readonly lanes: readonly LaneBox[];
  readonly sequenceId: string;
}) {
  const box = useRef<HTMLDivElement>(null);
  const scroller = useRef<HTMLDivElement>(null);
  useLaneScroll(scroller);
  useSharedScroll(box);
  useWheel(box);
  const chosen = useEditor((state) => state.selection.clipIds[0] ?? null);
  return (
    <div ref={box} className={styles.heads} data-track-heads>
      <div ref={scroller} className={styles.scroller}>
        {lanes.map((lane) => (
          <TrackHead
            key={lane.track.id}
            {...lane}
            sequenceId={sequenceId}
            chosen={chosen !== null && lane.track.clips.some((clip) => clip.id === chosen)}
          />
        ))}
      </div>
    </div>
  );
});

interface TrackHeadProps extends LaneBox {
  readonly sequenceId: string;
  readonly chosen: boolean;
}

const TrackHead = memo(function TrackHead({ track, label, topPx, heightPx, sequenceId, chosen }: TrackHeadProps) {
  const { t } = useTranslation('timeline');
  const [renaming, setRenaming] = useState(false);
  const set = (properties: Partial<Pick<Track, TrackSwitch | 'name'>>) =>
    useEditor.getState().run('setTrackProperties', { sequenceId, trackId: track.id, properties });
  const { name } = track;
  return (
    <ContextMenu
      entries={[
        { kind: 'item', id: 'rename', label: t('head.rename'), run: () => setRenaming(true) },
        {
          kind: 'item',
          id: 'remove',
          label: t('head.remove'),
          disabled: track.locked,
          run: () => useEditor.getState().run('removeTrack', { sequenceId, trackId: track.id }),
        },
      ]}
      render={
        <div
          role="group"
          aria-label={t('head.label', { label, name })}
          className={classes(styles.head, chosen && styles.chosen)}
          style={{ top: topPx, height: heightPx }}
        />
      }
    >
      <i className={styles.swatch} style={{ '--c': swatchOf(track) } as CSSProperties} />
      <span className={styles.id}>{label}</span>
      {renaming ? (
        <NameField
          name={name}
          label={t('head.name')}
          onDone={(next) => {
            setRenaming(false);
            if (next !== null && next !== name) set({ name: next });
          }}
        />
      ) : (
        <span className={classes(styles.name, 'cut')} onDoubleClick={() => setRenaming(true)}>
          {name}
        </span>
      )}
      <TrackSwitches track={track} set={set} />
      {track.kind === 'audio' ? <LevelBar trackId={track.id} /> : null}
    </ContextMenu>
  );
});

/** CSS colour of a track's role. */
export function swatchOf(track: Pick<Track, 'kind' | 'role'>): string {
  if (track.kind === 'video') return track.role === 'titles' ? 'var(--title-wave)' : 'var(--video-wave)';
  return track.role === 'foley' || track.role === 'ambience' || track.role === 'music'
    ? `var(--${track.role}-wave)`
    : 'var(--speech-wave)';
}
