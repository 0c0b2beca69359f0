import { Eye, FolderSearch, Plus, Trash2, TriangleAlert } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { Job } from '../../../core/contract/jobs.ts';
import type { MediaItem } from '../../../core/document/schema.ts';
import { secondsFromTicks } from '../../../core/time/ticks.ts';
import { formatDuration } from '../../../core/time/timecode.ts';
import { loadMediaAssets } from '../../services/assets.ts';
import { engine } from '../../services/connection.ts';
import { choosePaths } from '../../services/dialogs.ts';
import type { EditorState } from '../../services/editor.ts';
import { sentenceText, start } from '../../services/errors.ts';
import { isActive } from '../../services/jobs.ts';
import { addMediaAtPlayhead } from '../../services/placement.ts';
import { focusRegion } from '../../services/regions.ts';
import { openSource } from '../../services/shown.ts';
import { useEditor } from '../../services/store.ts';
import { classes } from '../../ui/classes.ts';
import { Icon } from '../../ui/Icon.tsx';
import type { MenuEntry } from '../../ui/menuItems.tsx';
import { ProgressRing } from '../../ui/ProgressRing.tsx';
import { notesOf } from '../../services/mediaFacts.ts';
import { describeMedia } from './binItems.ts';
import styles from './MediaBin.module.css';
import { NotesBadge } from './NotesBadge.tsx';
import { SeenReasons } from './SeenReasons.tsx';
import type { Reason } from './seenSearch.ts';
import { Tile } from './Tile.tsx';

export interface MediaTileProps {
  readonly item: MediaItem;
  readonly list: boolean;
  /** How many clips use it. */
  readonly uses: number;
  /** What a search found in it. */
  readonly reasons?: readonly Reason[];
}

/** One file of the bin: poster or waveform, facts, and its menu. */
export function MediaTile({ item, list, uses, reasons = [] }: MediaTileProps) {
  const { t } = useTranslation('mediaBin');
  const assets = useEditor((state) => state.mediaAssets[item.id]);
  const isMissing = useEditor((state) => state.missingMediaIds.includes(item.id));
  const chosen = useEditor((state) => state.selection.mediaIds);
  const isChosen = chosen.includes(item.id);
  const words = { mono: t('mono'), stereo: t('stereo'), channels: (n: number) => t('channels', { n }) };
  const problem = assets?.problem && !isMissing ? sentenceText(assets.problem) : null;
  const meta = problem ?? describeMedia(item, words);
  const notes = notesOf(assets);
  const said = notes ? `, ${[...notes.damage, ...notes.remarks].join(' ')}` : '';
  const isBeingRead = useEditor((state) => cacheJobOf(state, item.id) !== undefined);
  const hasLook = assets !== undefined && (assets.posterUrl !== null || assets.peaksUrl !== null);
  const isWaiting = !isMissing && problem === null && !hasLook && (assets === undefined || isBeingRead);
  const dragged = () => (isChosen ? [...chosen] : [item.id]);
  const select = (mediaIds: readonly string[]) => {
    const { selection, setSession } = useEditor.getState();
    setSession({ selection: { ...selection, mediaIds } });
  };
  return (
    <Tile
      name={item.name}
      meta={meta}
      label={`${item.name}, ${meta}${isMissing ? `, ${t('missing')}` : ''}${said}`}
      list={list}
      chosen={isChosen}
      posterUrl={assets?.posterUrl ?? null}
      peaksUrl={assets?.peaksUrl ?? null}
      waiting={isWaiting}
      mark={notes ? <NotesBadge notes={notes} /> : null}
      drag={() => ({ type: 'framewright-media', mediaIds: dragged() })}
      onChoose={(add) =>
        select(!add ? [item.id] : isChosen ? chosen.filter((id) => id !== item.id) : [...chosen, item.id])
      }
      onOpen={() => showSource(item.id)}
      over={
        <Badges item={item} uses={uses} lost={isMissing ? t('missing') : problem === null ? null : t('unusable')} />
      }
      below={<SeenReasons item={item} reasons={reasons} />}
      menu={menuOf(t, item, isMissing, dragged)}
    />
  );
}

type Translate = ReturnType<typeof useTranslation<'mediaBin'>>['t'];

function menuOf(t: Translate, item: MediaItem, isMissing: boolean, dragged: () => string[]): MenuEntry[] {
  const relinkEntry: MenuEntry = {
    kind: 'item',
    id: 'relink',
    label: t('relink'),
    icon: FolderSearch,
    run: () => start(relink(item, t('relinkTitle', { name: item.name }))),
  };
  return [
    { kind: 'item', id: 'add', label: t('addAtPlayhead'), icon: Plus, run: () => addMediaAtPlayhead(dragged()) },
    { kind: 'item', id: 'show', label: t('showSource'), icon: Eye, run: () => showSource(item.id) },
    ...(isMissing ? [relinkEntry] : []),
    { kind: 'separator', id: 'line' },
    {
      kind: 'item',
      id: 'remove',
      label: t('remove'),
      icon: Trash2,
      run: () => useEditor.getState().run('removeMedia', { mediaIds: dragged() }),
    },
  ];
}

/** Over the poster: uses, duration, and whether the file is missing, cannot be used (`lost`) or is still being read. */
function Badges({ item, uses, lost }: Omit<MediaTileProps, 'list' | 'reasons'> & { readonly lost: string | null }) {
  const { t } = useTranslation('mediaBin');
  const job = useEditor((state) => cacheJobOf(state, item.id));
  return (
    <>
      <span className={classes(styles.over, styles.tl)}>{t('uses', { count: uses })}</span>
      {lost ? (
        <span className={classes(styles.over, styles.bl, styles.lost)}>
          <Icon of={TriangleAlert} size={12} />
          {lost}
        </span>
      ) : job ? (
        <CacheProgress item={item} fraction={job.fraction} />
      ) : null}
      {item.kind === 'image' ? null : (
        <span className={classes(styles.over, styles.br)}>{formatDuration(secondsFromTicks(item.durationTicks))}</span>
      )}
    </>
  );
}

/** The job that reads a file for poster, filmstrip, peaks and proxy; undefined when none runs or waits. */
function cacheJobOf({ jobs }: EditorState, mediaId: string): Job | undefined {
  return Object.values(jobs).find(
    (job) => job.spec.kind === 'mediaCache' && job.spec.mediaId === mediaId && isActive(job),
  );
}

/** Most files are only read for poster, filmstrip and peaks. Files that cannot be played directly get a proxy. */
function CacheProgress({ item, fraction }: { readonly item: MediaItem; readonly fraction: number }) {
  const { t } = useTranslation('mediaBin');
  const proxied = useEditor((state) => state.mediaAssets[item.id]?.proxyReason != null) && item.kind === 'video';
  const words = proxied ? t('proxy', { percent: Math.round(fraction * 100) }) : t('reading');
  return (
    <span className={classes(styles.over, styles.bl)}>
      <ProgressRing fraction={fraction} label={words} />
      {words}
    </span>
  );
}

async function relink(item: MediaItem, title: string): Promise<void> {
  const { projectId, run } = useEditor.getState();
  const [path] = await choosePaths({ title, kind: 'files', multiple: false, filters: [] });
  if (!path || !projectId) return;
  const found = await engine().call('media.relink', { projectId, mediaId: item.id, path });
  run('relinkMedia', { item: found });
  loadMediaAssets([item.id]);
}

/** Opens a file in the source view and gives it the keyboard, so that I, O and the arrows work there. */
function showSource(mediaId: string): void {
  openSource(mediaId);
  focusRegion('viewer');
}
