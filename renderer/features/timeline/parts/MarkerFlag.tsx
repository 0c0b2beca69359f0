/** A marker in the ruler: its name, its menu, and the field that renames it. */
import { memo, type CSSProperties } from 'react';
import { useTranslation } from 'react-i18next';
import type { Marker } from '../../../../core/document/schema.ts';
import type { Rate } from '../../../../core/time/ticks.ts';
import { formatTimecode } from '../../../../core/time/timecode.ts';
import { useEditor } from '../../../services/store.ts';
import { classes } from '../../../ui/classes.ts';
import { ContextMenu } from '../../../ui/ContextMenu.tsx';
import type { MenuEntry } from '../../../ui/menuItems.tsx';
import { NameField } from '../../../ui/NameField.tsx';
import styles from './Ruler.module.css';

export interface MarkerFlagProps {
  readonly marker: Marker;
  readonly rate: Rate;
  /** Position in the layer, for `--at`. */
  readonly at: number;
  readonly sequenceId: string;
  readonly renaming: boolean;
  /** Starts renaming a marker; null ends it. */
  readonly rename: (markerId: string | null) => void;
}

/** One marker, as a button or, while it is renamed, as a text field. */
export const MarkerFlag = memo(function MarkerFlag(props: MarkerFlagProps) {
  return props.renaming ? <MarkerName {...props} /> : <MarkerButton {...props} />;
});

function lookOf(at: number): CSSProperties {
  return { '--at': at, '--c': 'var(--snap)' } as CSSProperties;
}

function MarkerName({ marker, at, sequenceId, rename }: MarkerFlagProps) {
  const { t } = useTranslation('timeline');
  return (
    <span className={classes(styles.mark, styles.chosen)} style={lookOf(at)}>
      <NameField
        name={marker.name}
        label={t('markerMenu.name')}
        className={styles.rename}
        onDone={(name) => {
          rename(null);
          if (name !== null && name !== marker.name)
            useEditor.getState().run('setMarker', { sequenceId, markerId: marker.id, properties: { name } });
        }}
      />
    </span>
  );
}

function MarkerButton({ marker, rate, at, sequenceId, rename }: MarkerFlagProps) {
  const { t } = useTranslation('timeline');
  const chosen = useEditor((state) => state.selection.markerId === marker.id);
  const { run, setSession } = useEditor.getState();
  const isHit = marker.kind === 'hit';
  const setKind = (kind: Marker['kind']) => run('setMarker', { sequenceId, markerId: marker.id, properties: { kind } });
  const entries: readonly MenuEntry[] = [
    { kind: 'item', id: 'rename', label: t('markerMenu.rename'), run: () => rename(marker.id) },
    {
      kind: 'item',
      id: 'hit',
      label: t(isHit ? 'markerMenu.noHit' : 'markerMenu.hit'),
      run: () => setKind(isHit ? 'marker' : 'hit'),
    },
    { kind: 'separator', id: 'line' },
    {
      kind: 'item',
      id: 'remove',
      label: t('markerMenu.remove'),
      run: () => run('removeMarker', { sequenceId, markerId: marker.id }),
    },
  ];
  return (
    <ContextMenu
      entries={entries}
      render={
        <button
          type="button"
          data-marker={marker.id}
          tabIndex={-1}
          aria-label={t('marker', { name: marker.name, time: formatTimecode(marker.ticks, rate) })}
          aria-pressed={chosen}
          className={classes(styles.mark, isHit && styles.hit, chosen && styles.chosen)}
          style={lookOf(at)}
          onClick={(event) => {
            // only from the keyboard: a pointer press is a gesture
            if (event.detail === 0) setSession({ playheadTicks: marker.ticks, playing: 0, viewerMode: 'timeline' });
          }}
        />
      }
    >
      {marker.name}
    </ContextMenu>
  );
}
