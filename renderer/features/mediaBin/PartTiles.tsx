import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { createClip, defaultTitle } from '../../../core/document/create.ts';
import { snapToFrame, ticksPerSecond } from '../../../core/time/ticks.ts';
import type { MediaReference } from '../../../core/document/schema.ts';
import { addCrossfade } from '../../services/clipEdits.ts';
import { trackFor } from '../../services/placement.ts';
import { emptySelection, useEditor } from '../../services/store.ts';
import { classes } from '../../ui/classes.ts';
import { Tile } from './Tile.tsx';
import styles from './MediaBin.module.css';

type Title = Extract<MediaReference, { kind: 'title' }>;

const titleTicks = 4 * ticksPerSecond;
const crossfadeTicks = ticksPerSecond;

/** Title templates that can be dragged onto the timeline. */
export function TitleTiles() {
  const { t } = useTranslation('mediaBin');
  const [chosen, setChosen] = useState<string | null>(null);
  const samples: readonly { id: string; name: string; title: Title; sample: ReactNode }[] = [
    {
      id: 'plain',
      name: t('titles.plain'),
      title: { ...defaultTitle, text: t('titles.plain') },
      sample: <span className={styles.sample}>Aa</span>,
    },
    {
      id: 'lower',
      name: t('titles.lower'),
      title: {
        ...defaultTitle,
        text: t('titles.lower'),
        align: 'left',
        sizePx: 44,
        weight: 600,
        background: '#000000b0',
        vertical: 'bottom',
      },
      sample: <span className={classes(styles.sample, styles.lower)}>Aa</span>,
    },
    {
      id: 'card',
      name: t('titles.card'),
      title: { ...defaultTitle, text: t('titles.card'), sizePx: 96, background: '#1b2c33' },
      sample: <span className={classes(styles.sample, styles.card)}>Aa</span>,
    },
  ];
  return samples.map(({ id, name, title, sample }) => (
    <Tile
      key={id}
      name={name}
      meta=""
      label={name}
      list={false}
      chosen={chosen === id}
      posterUrl={null}
      sample={sample}
      menu={[{ kind: 'item', id: 'add', label: t('addAtPlayhead'), run: () => addTitle(title) }]}
      drag={() => ({ type: 'framewright-title', title })}
      onChoose={() => setChosen(id)}
      onOpen={() => addTitle(title)}
    />
  ));
}

function addTitle(title: Title): void {
  const { document, playheadTicks, run, setSession } = useEditor.getState();
  const sequence = document?.sequences[document.activeSequenceId];
  if (!sequence) return;
  const startTicks = snapToFrame(playheadTicks, sequence.rate);
  const titles = sequence.tracks.find((track) => track.role === 'titles' && !track.locked);
  const trackId = titles?.id ?? trackFor(sequence, 'video', startTicks, titleTicks);
  if (!trackId) return;
  const clip = createClip(title.text, title, startTicks, titleTicks);
  if (run('addClips', { sequenceId: sequence.id, clips: [{ trackId, clip }], mode: 'overwrite' }))
    setSession({ selection: { ...emptySelection, clipIds: [clip.id] }, sidePanel: 'inspect' });
}

/** Transitions that can be dragged onto a cut. */
export function TransitionTiles() {
  const { t } = useTranslation('mediaBin');
  return (
    <Tile
      name={t('transitions.crossfade')}
      meta="1.0 s"
      label={t('transitions.crossfade')}
      list={false}
      chosen={false}
      posterUrl={null}
      sample={<span className={styles.cross} />}
      menu={[{ kind: 'item', id: 'add', label: t('addAtPlayhead'), run: addCrossfade }]}
      drag={() => ({ type: 'framewright-transition', durationTicks: crossfadeTicks })}
      onChoose={() => undefined}
      onOpen={addCrossfade}
    />
  );
}
