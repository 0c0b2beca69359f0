import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { forgetSaid, selectThing } from '../../../services/selectThing.ts';
import { TextField } from '../../../ui/TextField.tsx';
import styles from '../Viewer.module.css';

/** Selecting by words: what they name is added to the mask; with Alt and Enter it is taken away. */
export function MaskWords({ clipId }: { clipId: string }) {
  const { t } = useTranslation('viewer');
  const [text, setText] = useState('');
  return (
    <TextField
      size="s"
      className={styles.maskWords}
      label={t('mask.words.label')}
      placeholder={t('mask.words.placeholder')}
      title={t('mask.words.hint')}
      value={text}
      maxLength={200}
      onChange={(value) => {
        forgetSaid();
        setText(value);
      }}
      onKeyDown={(event) => {
        // while Chinese is being composed, Enter chooses characters
        if (event.key !== 'Enter' || event.nativeEvent.isComposing || text.trim() === '') return;
        event.preventDefault();
        void selectThing(clipId, { kind: 'words', text: text.trim() }, event.altKey);
      }}
    />
  );
}
