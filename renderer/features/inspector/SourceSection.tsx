import { Info, TriangleAlert } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { factsOf, notesOf, soundName } from '../../services/mediaFacts.ts';
import { useEditor } from '../../services/store.ts';
import { Icon } from '../../ui/Icon.tsx';
import { Section } from './Section.tsx';
import styles from './Inspector.module.css';

/** What was found in a file: facts, its sound streams, damage and remarks. Nothing until it has been read. */
export function SourceSection({ mediaId, name }: { mediaId: string; name?: string }) {
  const { t, i18n } = useTranslation(['inspector', 'mediaBin']);
  const assets = useEditor((state) => state.mediaAssets[mediaId]);
  const details = assets?.details;
  if (!assets || !details) return null;
  const bin = i18n.getFixedT(null, 'mediaBin');
  const notes = notesOf(assets);
  return (
    <Section title={name ?? t('source.title')}>
      <dl className={styles.facts}>
        {factsOf(details, bin).map(({ name, value }) => [
          <dt key={`${name} name`}>{t(`source.${name}`)}</dt>,
          <dd key={name}>{value}</dd>,
        ])}
        {assets.sounds.map((sound, index) => [
          <dt key={`${sound.streamIndex} name`}>{index === 0 ? t('source.sound') : ''}</dt>,
          <dd key={sound.streamIndex}>{soundName(sound, index, bin, i18n.language)}</dd>,
        ])}
      </dl>
      {notes ? (
        <ul className={styles.notes} aria-label={t('source.notes')}>
          {notes.damage.map((line) => (
            <li key={line} className={styles.damage}>
              <Icon of={TriangleAlert} size={12} />
              {line}
            </li>
          ))}
          {notes.remarks.map((line) => (
            <li key={line}>
              <Icon of={Info} size={12} />
              {line}
            </li>
          ))}
        </ul>
      ) : null}
    </Section>
  );
}
