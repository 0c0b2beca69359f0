import { AudioLines, Film, Square, Type } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { activeSource } from '../../../core/document/sources.ts';
import { clipEnd, type ClipPlace } from '../../../core/document/query.ts';
import type { Clip, ProjectDocument, Track } from '../../../core/document/schema.ts';
import { secondsFromTicks } from '../../../core/time/ticks.ts';
import { formatTimecode } from '../../../core/time/timecode.ts';
import { engine } from '../../services/connection.ts';
import { sentenceText } from '../../services/errors.ts';
import { useEditor } from '../../services/store.ts';
import { classes } from '../../ui/classes.ts';
import { Icon, type IconType } from '../../ui/Icon.tsx';
import { IconButton } from '../../ui/IconButton.tsx';
import { Switch } from '../../ui/Switch.tsx';
import styles from './Inspector.module.css';
import { oneShot } from './oneShot.ts';

type ActiveSource = ReturnType<typeof activeSource>;

/** The selected clips: poster, name, place and switch. */
export function Subject({ document, places }: { document: ProjectDocument; places: readonly ClipPlace[] }) {
  const { t } = useTranslation('inspector');
  const shot = oneShot(places);
  const { clip, track, sequence } = shot ?? places[0]!;
  const source = activeSource(document, clip);
  const poster = usePoster(source);
  const problem = useProblem(source);
  const mediaId = source.kind === 'media' ? source.media.id : null;
  const where = t('where', {
    track: track.name,
    from: formatTimecode(clip.startTicks, sequence.rate),
    to: formatTimecode(clipEnd(clip), sequence.rate),
    seconds: secondsFromTicks(clip.durationTicks).toFixed(1),
  });
  const set = (properties: Partial<Pick<Clip, 'name' | 'enabled'>>) =>
    useEditor.getState().run('setClipProperties', {
      sequenceId: sequence.id,
      clipIds: places.map((place) => place.clip.id),
      properties,
    });
  return (
    <div className={styles.subject}>
      <div
        className={classes(styles.thumb, clip.generation?.activeTakeId && styles.made)}
        style={poster ? { backgroundImage: `url("${engine().url(poster)}")` } : undefined}
      >
        {poster ? null : <Icon of={subjectIcon(source.kind, track.kind)} size={16} />}
      </div>
      <div className="grow">
        {shot ? (
          <ClipName clip={clip} rename={(name) => set({ name })} />
        ) : (
          <div className={styles.name}>{t('several', { count: places.length })}</div>
        )}
        <div className={styles.where}>{where}</div>
        {problem ? (
          <div className={styles.problem} role="status">
            {problem}
          </div>
        ) : null}
      </div>
      <Switch label={t('enabled')} checked={clip.enabled} onChange={(enabled) => set({ enabled })} />
      {mediaId ? <IconButton icon={Film} size="s" label={t('showInBin')} onClick={() => showInBin(mediaId)} /> : null}
    </div>
  );
}

/** URL path of the clip's poster; null when there is none yet. */
function usePoster(source: ActiveSource): string | null {
  return useEditor((state) => {
    if (source.kind === 'media') return state.mediaAssets[source.media.id]?.posterUrl ?? null;
    return source.kind === 'take' ? (state.takeAssets[source.take.id]?.posterUrl ?? null) : null;
  });
}

/** Why the clip's file or take cannot be used; null when it can, or is missing altogether. */
function useProblem(source: ActiveSource): string | null {
  const problem = useEditor((state) => {
    if (source.kind === 'media') return state.mediaAssets[source.media.id]?.problem;
    return source.kind === 'take' ? state.takeAssets[source.take.id]?.problem : undefined;
  });
  return problem ? sentenceText(problem) : null;
}

function showInBin(mediaId: string): void {
  const { selection, setSession } = useEditor.getState();
  setSession({ binOpen: true, binTab: 'media', selection: { ...selection, mediaIds: [mediaId] } });
}

function ClipName({ clip, rename }: { readonly clip: Clip; readonly rename: (name: string) => void }) {
  const { t } = useTranslation('inspector');
  return (
    <input
      key={`${clip.id}:${clip.name}`}
      className={styles.name}
      aria-label={t('clipName')}
      defaultValue={clip.name}
      spellCheck={false}
      onKeyDown={(event) => {
        if (event.key === 'Enter') event.currentTarget.blur();
      }}
      onBlur={(event) => {
        const name = event.currentTarget.value.trim();
        if (name && name !== clip.name) rename(name);
      }}
    />
  );
}

/** Stands in for a missing poster. */
function subjectIcon(source: ActiveSource['kind'], track: Track['kind']): IconType {
  if (track === 'audio') return AudioLines;
  if (source === 'title') return Type;
  return source === 'solid' ? Square : Film;
}
