import { useTranslation } from 'react-i18next';
import { TextCursorInput } from 'lucide-react';
import type { AiAction } from '../../services/editor.ts';
import { classes } from '../../ui/classes.ts';
import { Icon } from '../../ui/Icon.tsx';
import { Spinner } from '../../ui/Spinner.tsx';
import { longestPrompt } from '../../../core/actions/requestBase.ts';
import { setPrompt, useDraft } from '../../services/aiDraft.ts';
import type { WordsAnswer } from './useEstimate.ts';
import { WordsRead } from './WordsRead.tsx';
import styles from './AiPanel.module.css';

/**
 * The words, and what the pack makes of them. A reading of older words keeps its place, so that nothing moves under the
 * hand, but is shown as what it is.
 */
export function PromptBox({ action, words }: { action: AiAction; words: WordsAnswer }) {
  const { t } = useTranslation('aiPanel');
  const { reading, isWaiting } = words;
  const prompt = useDraft((draft) => draft.prompts[action]);
  const removing = useDraft((draft) => action === 'inpaint' && draft.edit === 'remove');
  const written = prompt.trim() !== '';
  // a style alone is read as 'watercolour:', the beginning of a sentence for the model
  const read = (reading?.rewrittenPrompt ?? '').replace(/:$/, '');
  const same = read.toLowerCase() === prompt.trim().toLowerCase();
  // without words only a soundtrack makes up a scene; a picture's empty prompt asks for nothing
  const readsElse = read !== '' && !same && (written || action === 'soundtrack');
  const label = action === 'soundtrack' ? t('mood') : t('instruction');
  const placeholder = removing ? t('placeholder.remove') : t(`placeholder.${action}`);
  return (
    <div>
      <div className={styles.label}>
        {label}
        {isWaiting ? (
          <span className={styles.right} role="status">
            <Spinner size={12} />
            {t('words.reading')}
          </span>
        ) : null}
      </div>
      <div className={styles.promptBox}>
        <textarea
          className={styles.prompt}
          aria-label={label}
          placeholder={placeholder}
          aria-invalid={prompt.trim().length > longestPrompt}
          value={prompt}
          onChange={(event) => setPrompt(action, event.target.value)}
        />
        {readsElse ? (
          <div className={classes(styles.reads, isWaiting && styles.older)} aria-hidden={isWaiting}>
            <Icon of={TextCursorInput} size={14} />
            <span>
              <b>{written ? t('readAs') : t('notSure')}</b> {read}
            </span>
          </div>
        ) : null}
      </div>
      {written && reading ? (
        <div className={classes(isWaiting && styles.older)} aria-hidden={isWaiting}>
          <WordsRead {...reading} />
        </div>
      ) : null}
    </div>
  );
}
