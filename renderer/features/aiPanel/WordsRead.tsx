import { useTranslation } from 'react-i18next';
import { CircleAlert, CircleCheck, CircleHelp } from 'lucide-react';
import type { Estimate } from '../../../core/contract/jobs.ts';
import { Icon } from '../../ui/Icon.tsx';
import { classes } from '../../ui/classes.ts';
import styles from './AiPanel.module.css';

type Lists = Pick<Estimate, 'unknownWords' | 'usedWords' | 'guessedWords'>;

/** What the pack makes of each word: used, taken for another, or without effect. Nothing where it read no word. */
export function WordsRead({ unknownWords, usedWords = [], guessedWords = [] }: Lists) {
  const { t } = useTranslation('aiPanel');
  const list = (words: readonly string[]): string => words.join(t('words.comma'));
  const guesses = guessedWords.map(({ word, takenFor }) => t('words.guess', { word, takenFor }));
  if (usedWords.length + guesses.length + unknownWords.length === 0) return null;
  return (
    <div className={styles.words} role="status">
      {usedWords.length > 0 ? (
        <div className={styles.note}>
          <Icon of={CircleCheck} size={12} />
          <span>{t('words.used', { words: list(usedWords) })}</span>
        </div>
      ) : null}
      {guesses.length > 0 ? (
        <div className={styles.note}>
          <Icon of={CircleHelp} size={12} />
          <span>{t('words.guessed', { words: list(guesses) })}</span>
        </div>
      ) : null}
      {unknownWords.length > 0 ? (
        <div className={classes(styles.note, styles.warn)}>
          <Icon of={CircleAlert} size={12} />
          <span>{t('words.unused', { words: list(unknownWords) })}</span>
        </div>
      ) : null}
    </div>
  );
}
