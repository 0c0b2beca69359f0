import { useTranslation } from 'react-i18next';
import { AudioLines, Film, Square, Type } from 'lucide-react';
import { activeSource } from '../../../core/document/sources.ts';
import { activeSequence, clipEnd, findClip, type ClipPlace } from '../../../core/document/query.ts';
import type { ProjectDocument, Track } from '../../../core/document/schema.ts';
import { secondsFromTicks } from '../../../core/time/ticks.ts';
import { formatTimecode } from '../../../core/time/timecode.ts';
import { engine } from '../../services/connection.ts';
import { useEditor } from '../../services/store.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { Icon, type IconType } from '../../ui/Icon.tsx';
import { IconButton } from '../../ui/IconButton.tsx';
import { Switch } from '../../ui/Switch.tsx';
import { classes } from '../../ui/classes.ts';
import { AudioSection } from './AudioSection.tsx';
import { CropSection, TransformSection } from './PictureSections.tsx';
import { SequenceSection } from './SequenceSection.tsx';
import { SpeedSection } from './SpeedSection.tsx';
import { TitleSection } from './TitleSection.tsx';
import { TransitionSection } from './TransitionSection.tsx';
import styles from './Inspector.module.css';

/**
 * What can be changed about the selection: a clip, several, a crossfade, or the cut itself when nothing is selected.
 */
export function Inspector() {
  const { t } = useTranslation('inspector');
  const document = useEditor((state) => state.document);
  const clipIds = useEditor((state) => state.selection.clipIds);
  const transitionId = useEditor((state) => state.selection.transitionId);
  if (!document) return null;
  const places = clipIds.flatMap((id) => findClip(document, id) ?? []);
  const first = places[0];
  const pictures = places.filter((place) => place.track.kind === 'video');
  const sounds = places.filter((place) => place.track.kind === 'audio');
  const shot = oneShot(places);
  const title = places.length === 1 && first?.clip.reference.kind === 'title' ? first : null;

  return (
    <div className={styles.inspector}>
      {transitionId ? <TransitionSection document={document} transitionId={transitionId} /> : null}
      {!first && !transitionId ? (
        <>
          <SequenceSection sequence={activeSequence(document)} />
          <EmptyState>{t('nothing')}</EmptyState>
        </>
      ) : null}
      {first ? <Subject document={document} places={places} /> : null}
      {title ? <TitleSection place={title} /> : null}
      {pictures.length > 0 ? <TransformSection places={pictures} /> : null}
      {pictures.length > 0 ? <CropSection places={pictures} /> : null}
      {shot && shot.clip.reference.kind === 'media' ? <SpeedSection place={shot} /> : null}
      {first ? <AudioSection places={places} hasSound={sounds.length > 0} /> : null}
    </div>
  );
}

/** A clip alone, or a picture with the sound it was filmed with: to an editor that is one thing. */
function oneShot(places: readonly ClipPlace[]): ClipPlace | null {
  const [first] = places;
  if (!first) return null;
  const linked = places.every(
    (place) =>
      place.clip.id === first.clip.id || (place.clip.linkId !== null && place.clip.linkId === first.clip.linkId),
  );
  return linked ? (places.find((place) => place.track.kind === 'video') ?? first) : null;
}

function Subject({ document, places }: { document: ProjectDocument; places: readonly ClipPlace[] }) {
  const { t } = useTranslation('inspector');
  const shot = oneShot(places);
  const { clip, track, sequence } = shot ?? places[0]!;
  const { run, setSession } = useEditor.getState();
  const source = activeSource(document, clip);
  const poster = useEditor((state) =>
    source.kind === 'media'
      ? (state.mediaAssets[source.media.id]?.posterUrl ?? null)
      : source.kind === 'take'
        ? (state.takeAssets[source.take.id]?.posterUrl ?? null)
        : null,
  );
  const mediaId = source.kind === 'media' ? source.media.id : null;
  const where = t('where', {
    track: track.name,
    from: formatTimecode(clip.startTicks, sequence.rate),
    to: formatTimecode(clipEnd(clip), sequence.rate),
    seconds: secondsFromTicks(clip.durationTicks).toFixed(1),
  });
  const clipIds = places.map((place) => place.clip.id);
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
              if (name && name !== clip.name)
                run('setClipProperties', { sequenceId: sequence.id, clipIds, properties: { name } });
            }}
          />
        ) : (
          <div className={styles.name}>{t('several', { count: places.length })}</div>
        )}
        <div className={styles.where}>{where}</div>
      </div>
      <Switch
        label={t('enabled')}
        checked={clip.enabled}
        onChange={(enabled) => run('setClipProperties', { sequenceId: sequence.id, clipIds, properties: { enabled } })}
      />
      {mediaId ? (
        <IconButton
          icon={Film}
          size="s"
          label={t('showInBin')}
          onClick={() =>
            setSession({
              binOpen: true,
              binTab: 'media',
              selection: { ...useEditor.getState().selection, mediaIds: [mediaId] },
            })
          }
        />
      ) : null}
    </div>
  );
}

/** In place of a picture where there is none. */
function subjectIcon(source: ReturnType<typeof activeSource>['kind'], track: Track['kind']): IconType {
  if (track === 'audio') return AudioLines;
  if (source === 'title') return Type;
  return source === 'solid' ? Square : Film;
}
