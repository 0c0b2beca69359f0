import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { AudioLines, SquareSplitHorizontal } from 'lucide-react';
import type { ClipPlace } from '../../../core/document/query.ts';
import { wholeAttenuationDb } from '../../../core/actions/cleanSpeech/schema.ts';
import {
  cleanable,
  cleanAll,
  compareCleaned,
  leastAttenuationDb,
  usualAttenuationDb,
} from '../../services/cleanSpeech.ts';
import { useEditor } from '../../services/store.ts';
import { Button } from '../../ui/Button.tsx';
import { FigureRow } from './Section.tsx';
import styles from './Inspector.module.css';

/** One click takes noise out of the selected sounds; what was made is compared by ear at the same loudness. */
export function CleanSpeechRows({ places }: { places: readonly ClipPlace[] }) {
  const { t } = useTranslation('inspector');
  // what the offer is made from; jobs change often, but only while something is made
  useEditor((state) => state.packs);
  useEditor((state) => state.jobs);
  useEditor((state) => state.document);
  const [asked, setAsked] = useState<number | null>(null);
  const sounds = cleanable(useEditor.getState(), places);
  const [first] = sounds;
  if (!first) return null;
  const cleaned = sounds.find(({ offer }) => offer.cleanedDb !== null);
  const attenuationDb = asked ?? cleaned?.offer.cleanedDb ?? usualAttenuationDb;
  if (first.offer.packId === null) return <p className={styles.note}>{t('speech.noPack')}</p>;
  return (
    <>
      <FigureRow
        label={t('speech.attenuation')}
        value={attenuationDb}
        min={leastAttenuationDb}
        max={wholeAttenuationDb}
        unit="dB"
        origin={usualAttenuationDb}
        onCommit={setAsked}
      />
      <div className={styles.row}>
        <span className={styles.label} />
        <div className={styles.buttons}>
          <Button
            icon={AudioLines}
            disabled={sounds.every(({ offer }) => offer.waits)}
            onClick={() => cleanAll(sounds, attenuationDb)}
          >
            {t(cleaned ? 'speech.again' : 'speech.clean')}
          </Button>
          {cleaned ? (
            <Button icon={SquareSplitHorizontal} onClick={() => compareCleaned(cleaned.place)}>
              {t('speech.compare')}
            </Button>
          ) : null}
        </div>
      </div>
    </>
  );
}
