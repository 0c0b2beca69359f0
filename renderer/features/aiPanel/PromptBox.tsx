import { useTranslation } from 'react-i18next';
import { Check, CircleAlert, TextCursorInput } from 'lucide-react';
import type { Estimate } from '../../../core/contract/jobs.ts';
import type { AiAction } from '../../services/editor.ts';
import { Icon } from '../../ui/Icon.tsx';
import { classes } from '../../ui/classes.ts';
import { longestPrompt } from '../../../core/actions/requestBase.ts';
import { setPrompt, useDraft } from '../../services/aiDraft.ts';
import styles from './AiPanel.module.css';

/** The words, what the pack reads in them, and which of them it does not know. */
export function PromptBox({ action, estimate }: { action: AiAction; estimate: Estimate | null }) {
  const { t } = useTranslation('aiPanel');
  const prompt = useDraft((draft) => draft.prompts[action]);
  const removing = useDraft((draft) => action === 'inpaint' && draft.edit === 'remove');
  const written = prompt.trim() !== '';
  const label = action === 'soundtrack' ? t('mood') : t('instruction');
  const placeholder = removing ? t('placeholder.remove') : t(`placeholder.${action}`);
  const unknown = written ? (estimate?.unknownWords ?? []) : [];
  return (
    <div>
      <div className={styles.label}>
        {label}
        {written && estimate && unknown.length === 0 ? (
          <span className={styles.right}>
            <Icon of={Check} size={12} />
            {t('allKnown')}
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
        {estimate && estimate.rewrittenPrompt !== '' && estimate.rewrittenPrompt !== prompt.trim() ? (
          <div className={styles.reads}>
            <Icon of={TextCursorInput} size={14} />
            <span>
              <b>{t('readAs')}</b> {estimate.rewrittenPrompt}
            </span>
          </div>
        ) : null}
      </div>
      {unknown.length > 0 ? (
        <div className={classes(styles.note, styles.warn)} role="status" style={{ marginTop: 4 }}>
          <Icon of={CircleAlert} size={12} />
          <span>{t('unknown', { words: unknown.join(', ') })}</span>
        </div>
      ) : null}
    </div>
  );
}
