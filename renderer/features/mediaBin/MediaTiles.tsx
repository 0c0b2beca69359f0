import { useTranslation } from 'react-i18next';
import { Eye, FolderSearch, Plus, Trash2, TriangleAlert } from 'lucide-react';
import { formatDuration } from '../../../core/time/timecode.ts';
import { secondsFromTicks } from '../../../core/time/ticks.ts';
import type { MediaItem } from '../../../core/document/schema.ts';
import { loadMediaAssets } from '../../services/assets.ts';
import { engine } from '../../services/connection.ts';
import { choosePaths } from '../../services/dialogs.ts';
import type { BinTab } from '../../services/editor.ts';
import { start } from '../../services/errors.ts';
import { chooseAndImport } from '../../services/imports.ts';
import { addMediaAtPlayhead } from '../../services/placement.ts';
import { focusRegion } from '../../services/regions.ts';
import { openSource } from '../../services/shown.ts';
import { useEditor } from '../../services/store.ts';
import { Button } from '../../ui/Button.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { Icon } from '../../ui/Icon.tsx';
import { ProgressRing } from '../../ui/ProgressRing.tsx';
import { classes } from '../../ui/classes.ts';
import { activeTakeIds, describeMedia, filterMedia, filterTakes, mediaUses, type BinOrder } from './binItems.ts';
import { Tile } from './Tile.tsx';
import styles from './MediaBin.module.css';

/** Media of the project as tiles or a list, filtered by `query`. */
export function MediaTiles({ query, order, list }: { query: string; order: BinOrder; list: boolean }) {
  const { t } = useTranslation('mediaBin');
  const document = useEditor((state) => state.document);
  const assets = useEditor((state) => state.mediaAssets);
  const missing = useEditor((state) => state.missingMediaIds);
  const jobs = useEditor((state) => state.jobs);
  const chosen = useEditor((state) => state.selection.mediaIds);
  const { run, setSession } = useEditor.getState();
  const all = Object.values(document?.media ?? {});
  const items = filterMedia(all, query, order);
  if (!document || all.length === 0)
    return (
      <EmptyState action={<Button onClick={() => start(chooseAndImport())}>{t('import')}</Button>}>
        {t('empty')}
      </EmptyState>
    );
  if (items.length === 0) return <EmptyState>{t('noMatch', { query })}</EmptyState>;
  const uses = mediaUses(document);
  const words = { mono: t('mono'), stereo: t('stereo'), channels: (n: number) => t('channels', { n }) };
  const select = (mediaIds: readonly string[]) =>
    setSession({ selection: { ...useEditor.getState().selection, mediaIds } });

  return items.map((item) => {
    const meta = describeMedia(item, words);
    const isMissing = missing.includes(item.id);
    const job = Object.values(jobs).find((each) => each.spec.kind === 'mediaCache' && each.spec.mediaId === item.id);
    const isChosen = chosen.includes(item.id);
    const dragged = () => (chosen.includes(item.id) ? [...chosen] : [item.id]);
    return (
      <Tile
        key={item.id}
        name={item.name}
        meta={meta}
        label={`${item.name}, ${meta}${isMissing ? `, ${t('missing')}` : ''}`}
        list={list}
        chosen={isChosen}
        posterUrl={assets[item.id]?.posterUrl ?? null}
        peaksUrl={assets[item.id]?.peaksUrl ?? null}
        drag={() => ({ type: 'framewright-media', mediaIds: dragged() })}
        onChoose={(add) =>
          select(!add ? [item.id] : isChosen ? chosen.filter((id) => id !== item.id) : [...chosen, item.id])
        }
        onOpen={() => showSource(item.id)}
        over={
          <>
            <span className={classes(styles.over, styles.tl)}>{t('uses', { count: uses.get(item.id) ?? 0 })}</span>
            {isMissing ? (
              <span className={classes(styles.over, styles.bl, styles.lost)}>
                <Icon of={TriangleAlert} size={12} />
                {t('missing')}
              </span>
            ) : job && (job.state === 'running' || job.state === 'queued') ? (
              <span className={classes(styles.over, styles.bl)}>
                <ProgressRing fraction={job.fraction} label={waiting(item, job.fraction)} />
                {waiting(item, job.fraction)}
              </span>
            ) : null}
            {item.kind === 'image' ? null : (
              <span className={classes(styles.over, styles.br)}>
                {formatDuration(secondsFromTicks(item.durationTicks))}
              </span>
            )}
          </>
        }
        menu={[
          { kind: 'item', id: 'add', label: t('addAtPlayhead'), icon: Plus, run: () => addMediaAtPlayhead(dragged()) },
          {
            kind: 'item',
            id: 'show',
            label: t('showSource'),
            icon: Eye,
            run: () => showSource(item.id),
          },
          ...(isMissing
            ? [
                {
                  kind: 'item',
                  id: 'relink',
                  label: t('relink'),
                  icon: FolderSearch,
                  run: () => start(relink(item)),
                } as const,
              ]
            : []),
          { kind: 'separator', id: 'line' },
          {
            kind: 'item',
            id: 'remove',
            label: t('remove'),
            icon: Trash2,
            run: () => run('removeMedia', { mediaIds: dragged() }),
          },
        ]}
      />
    );
  });

  /** Most files are only read: poster, filmstrip, peaks. A proxy is made of what cannot be played as it is. */
  function waiting(item: MediaItem, fraction: number): string {
    const proxied = item.kind === 'video' && assets[item.id]?.proxyReason != null;
    return proxied ? t('proxy', { percent: Math.round(fraction * 100) }) : t('reading');
  }

  async function relink(item: MediaItem): Promise<void> {
    const { projectId } = useEditor.getState();
    const [path] = await choosePaths({
      title: t('relinkTitle', { name: item.name }),
      kind: 'files',
      multiple: false,
      filters: [],
    });
    if (!path || !projectId) return;
    const found = await engine().call('media.relink', { projectId, mediaId: item.id, path });
    run('relinkMedia', { item: found });
    loadMediaAssets([item.id]);
  }
}

/** Opens a file in the source view, which then has the keys: I, O and the arrows are its own. */
function showSource(mediaId: string): void {
  openSource(mediaId);
  focusRegion('viewer');
}

/** '14 items, 1 selected' or '9 takes, 6 in use'; with a search on, how many of them it found. */
export function useBinCount(tab: BinTab, query: string): string {
  const { t } = useTranslation('mediaBin');
  const document = useEditor((state) => state.document);
  const selected = useEditor((state) => state.selection.mediaIds.length);
  if (!document) return '';
  const searching = query.trim() !== '';
  if (tab === 'takes') {
    const takes = Object.values(document.takes);
    const active = activeTakeIds(document);
    const all = t('takesUsed', { count: takes.length, used: takes.filter((take) => active.has(take.id)).length });
    return searching ? t('found', { count: filterTakes(takes, query).length, all: takes.length }) : all;
  }
  const media = Object.values(document.media);
  const items = searching
    ? t('found', { count: filterMedia(media, query, 'name').length, all: media.length })
    : t('count', { count: media.length });
  return selected > 0 ? t('countSelected', { items, selected }) : items;
}
