import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { looks, lookIds, type LookId, type LookKind } from '../../../../core/actions/restyle/looks.ts';
import { readLooks } from '../../../../core/actions/restyle/readLooks.ts';
import type { PictureRef } from '../../../../core/document/schema.ts';
import { setPrompt, useDraft } from '../../../services/aiDraft.ts';
import { failureSentence } from '../../../services/errors.ts';
import { useLookPictures } from '../../../services/lookPictures.ts';
import type { Language } from '../../../i18n/i18n.ts';
import { classes } from '../../../ui/classes.ts';
import { Spinner } from '../../../ui/Spinner.tsx';
import { lookName, lookWords, lookWordsIn } from './lookNames.ts';
import styles from './LookGallery.module.css';

/** Longer side of a picture in the gallery, and of the preview, px. */
const galleryPx = 160;
const previewPx = 640;

const groups: readonly { readonly name: 'style' | 'film' | 'light' | 'focus'; readonly kinds: readonly LookKind[] }[] =
  [
    { name: 'style', kinds: ['style'] },
    { name: 'film', kinds: ['film'] },
    { name: 'light', kinds: ['light', 'weather', 'season'] },
    { name: 'focus', kinds: ['focus'] },
  ];

const each: readonly (readonly LookId[])[] = lookIds.map((id) => [id]);
const fullStrength = 1;

/** The language of the window, into which the names that were chosen follow it. */
function useNamesInLanguage(prompt: string): Language {
  const { i18n } = useTranslation();
  const language: Language = i18n.language.startsWith('zh') ? 'zh' : 'en';
  useEffect(() => {
    const translated = lookWordsIn(language, prompt);
    if (translated !== prompt) setPrompt('restyle', translated);
  }, [language, prompt]);
  return language;
}

/** A frame with every look there is: pressing one writes its name into the words. */
export function LookGallery({ picture }: { picture: PictureRef | null }) {
  const { t } = useTranslation('aiPanel');
  const prompt = useDraft((draft) => draft.prompts.restyle);
  const language = useNamesInLanguage(prompt);
  const { pictures, failure, isWaiting } = useLookPictures(picture, each, fullStrength, galleryPx);
  const chosen = readLooks(prompt).looks;
  const choose = (id: LookId) => {
    // one of each kind: what is pressed takes the place of its kind, or goes when it is pressed again
    const others = chosen.filter((other) => other !== id && looks[other].kind !== looks[id].kind);
    const next = chosen.includes(id) ? others : [...others, id];
    setPrompt('restyle', lookWords(next, language));
  };
  return (
    <>
      {groups.map(({ name, kinds }, index) => (
        <div key={name}>
          <div className={styles.label}>
            {t(`looks.${name}`)}
            {isWaiting && index === 0 ? (
              <span className={styles.drawing} role="status">
                <Spinner size={12} />
                {t('looks.drawingAll', { count: lookIds.length })}
              </span>
            ) : null}
          </div>
          <div className={styles.gallery}>
            {lookIds
              .filter((id) => kinds.includes(looks[id].kind))
              .map((id) => {
                const drawn = pictures[lookIds.indexOf(id)];
                return (
                  <button
                    key={id}
                    type="button"
                    className={styles.look}
                    aria-pressed={chosen.includes(id)}
                    title={t(`looks.about.${id}`)}
                    onClick={() => choose(id)}
                  >
                    <span
                      className={classes(
                        styles.picture,
                        chosen.includes(id) && styles.chosen,
                        isWaiting && styles.waiting,
                      )}
                      style={drawn ? { backgroundImage: `url("${drawn}")` } : undefined}
                    />
                    <span className={styles.name}>{lookName(id, language)}</span>
                  </button>
                );
              })}
          </div>
        </div>
      ))}
      {failure ? <p className={styles.note}>{failureSentence(failure)}</p> : null}
    </>
  );
}

/** A frame with the looks that the words name and the one of the reference picture; none = the frame itself. */
export function LookPreview({ picture }: { picture: PictureRef | null }) {
  const { t } = useTranslation('aiPanel');
  const chosen = useDraft((draft) => readLooks(draft.prompts.restyle).looks.join(' '))
    .split(' ')
    .filter((id): id is LookId => id in looks);
  const strength = useDraft((draft) => draft.strength);
  const keepFaces = useDraft((draft) => draft.keepFaces);
  const reference = useDraft((draft) => draft.settings.restyle.references[0] ?? null);
  const { pictures, isWaiting, failure } = useLookPictures(picture, [chosen], strength, previewPx, {
    reference,
    keepFaces,
  });
  const [drawn] = pictures;
  if (failure) return <p className={styles.note}>{failureSentence(failure)}</p>;
  if (!drawn) return <div className={classes(styles.preview, styles.empty)}>{t('looks.drawing')}</div>;
  const alt = t(chosen.length > 0 || reference ? 'looks.preview' : 'looks.frame');
  return <img className={classes(styles.preview, isWaiting && styles.waiting)} src={drawn} alt={alt} />;
}
