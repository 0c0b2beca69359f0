import { useTranslation } from 'react-i18next';
import { Plus } from 'lucide-react';
import { useEffect } from 'react';
import { secondsFromTicks } from '../../../core/time/ticks.ts';
import type { Clip, ProjectDocument, Take } from '../../../core/document/schema.ts';
import { loadTakeAssets } from '../../services/assets.ts';
import { sentenceText, start } from '../../services/errors.ts';
import { addTakeAtPlayhead } from '../../services/placement.ts';
import { emptySelection, useEditor } from '../../services/store.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { classes } from '../../ui/classes.ts';
import { activeTakeIds, filterTakes } from './binItems.ts';
import { Tile } from './Tile.tsx';
import styles from './MediaBin.module.css';

function TakeLength({ take }: { take: Take }) {
  const { t } = useTranslation('common');
  const n = secondsFromTicks(take.durationTicks).toFixed(1);
  return <span className={classes(styles.over, styles.br)}>{t('units.seconds', { n })}</span>;
}

/** Everything that was made, newest first, in use or not: a take is never lost. */
export function TakeTiles({ query, list }: { query: string; list: boolean }) {
  const { t } = useTranslation('mediaBin');
  const document = useEditor((state) => state.document);
  const assets = useEditor((state) => state.takeAssets);
  const selectedClips = useEditor((state) => state.selection.clipIds);
  const ids = Object.keys(document?.takes ?? {}).join(' ');
  useEffect(() => {
    const known = useEditor.getState().takeAssets;
    loadTakeAssets(ids.split(' ').filter((id) => id !== '' && !known[id]));
  }, [ids]);
  if (!document) return null;
  const takes = filterTakes(Object.values(document.takes), query);
  if (takes.length === 0) return <EmptyState>{query ? t('noMatch', { query }) : t('emptyTakes')}</EmptyState>;
  const active = activeTakeIds(document);

  return takes.map((take) => {
    const owner = clipOf(document, take);
    const number = owner ? owner.generation!.takeIds.indexOf(take.id) + 1 : 1;
    const count = owner?.generation?.takeIds.length ?? 1;
    const problem = assets[take.id]?.problem;
    const place = `${t('take.of', { n: number, count })} · ${active.has(take.id) ? t('take.inUse') : t('take.unused')}`;
    const meta = problem ? sentenceText(problem) : place;
    return (
      <Tile
        key={take.id}
        made
        name={take.prompt || t('tabs.takes')}
        meta={meta}
        label={`${take.prompt}, ${meta}`}
        list={list}
        chosen={owner ? selectedClips.includes(owner.id) : false}
        posterUrl={assets[take.id]?.posterUrl ?? null}
        peaksUrl={assets[take.id]?.peaksUrl ?? null}
        waiting={assets[take.id] === undefined}
        drag={() => ({ type: 'framewright-take', takeId: take.id })}
        onChoose={() => showOwner(owner)}
        onOpen={() => showTake(document, owner, take)}
        over={
          <>
            {assets[take.id]?.missing ? (
              <span className={classes(styles.over, styles.bl, styles.lost)}>
                {t(problem ? 'unusable' : 'missing')}
              </span>
            ) : null}
            <TakeLength take={take} />
          </>
        }
        menu={[
          {
            kind: 'item',
            id: 'add',
            label: t('addAtPlayhead'),
            icon: Plus,
            run: () => start(addTakeAtPlayhead(take.id)),
          },
        ]}
      />
    );
  });
}

function clipOf(document: ProjectDocument, take: Take): Clip | null {
  for (const track of document.sequences[document.activeSequenceId]?.tracks ?? []) {
    for (const clip of track.clips) if (clip.generation?.takeIds.includes(take.id)) return clip;
  }
  return null;
}

function showOwner(owner: Clip | null): void {
  if (!owner) return;
  const { setSession } = useEditor.getState();
  setSession({
    selection: { ...emptySelection, clipIds: [owner.id] },
    playheadTicks: owner.startTicks,
    viewerMode: 'timeline',
    playing: 0,
  });
}

/** Opening a take makes it the one its clip shows; one whose clip is gone comes back as a clip. */
function showTake(document: ProjectDocument, owner: Clip | null, take: Take): void {
  if (!owner) {
    start(addTakeAtPlayhead(take.id));
    return;
  }
  useEditor
    .getState()
    .run('setActiveTake', { sequenceId: document.activeSequenceId, clipId: owner.id, takeId: take.id });
  showOwner(owner);
}
