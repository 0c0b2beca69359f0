import { useTranslation } from 'react-i18next';
import { activeSequence, findClip } from '../../../core/document/query.ts';
import { useEditor } from '../../services/store.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { AudioSection } from './AudioSection.tsx';
import { CleanPictureSection } from './CleanPictureSection.tsx';
import { oneShot } from './oneShot.ts';
import { CropSection, TransformSection } from './PictureSections.tsx';
import { SequenceSection } from './SequenceSection.tsx';
import { SolidSection } from './SolidSection.tsx';
import { SourceSection } from './SourceSection.tsx';
import { SpeedSection } from './SpeedSection.tsx';
import { Subject } from './Subject.tsx';
import { TitleSection } from './TitleSection.tsx';
import { TransitionSection } from './TransitionSection.tsx';
import styles from './Inspector.module.css';

/** Properties of the selected clips or crossfade; else of the sequence, and the facts of a file chosen in the bin. */
export function Inspector() {
  const { t } = useTranslation('inspector');
  const document = useEditor((state) => state.document);
  const clipIds = useEditor((state) => state.selection.clipIds);
  const transitionId = useEditor((state) => state.selection.transitionId);
  const mediaIds = useEditor((state) => state.selection.mediaIds);
  if (!document) return null;
  const chosenFile = mediaIds.length === 1 ? document.media[mediaIds[0]!] : undefined;
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
          {chosenFile ? (
            <SourceSection mediaId={chosenFile.id} name={chosenFile.name} />
          ) : (
            <EmptyState>{t('nothing')}</EmptyState>
          )}
        </>
      ) : null}
      {first ? <Subject document={document} places={places} /> : null}
      {title ? <TitleSection place={title} /> : null}
      {places.length === 1 && first ? <SolidSection place={first} /> : null}
      {pictures.length > 0 ? <TransformSection places={pictures} /> : null}
      {pictures.length > 0 ? <CropSection places={pictures} /> : null}
      {shot && shot.clip.reference.kind === 'media' ? <SpeedSection place={shot} /> : null}
      {shot && shot.track.kind === 'video' ? <CleanPictureSection key={shot.clip.id} place={shot} /> : null}
      {first ? <AudioSection places={places} hasSound={sounds.length > 0} /> : null}
      {shot && shot.clip.reference.kind === 'media' ? <SourceSection mediaId={shot.clip.reference.mediaId} /> : null}
    </div>
  );
}
