import { useTranslation } from 'react-i18next';
import { ActionTextButton } from '../../actions/ActionButton.tsx';
import { sourceItem } from '../../services/shown.ts';
import { useEditor } from '../../services/store.ts';
import styles from './Viewer.module.css';

/** Under the source view: its name, and the two ways onto the timeline. */
export function SourceButtons() {
  const { t } = useTranslation('viewer');
  const source = useEditor(sourceItem);
  if (!source) return null;
  return (
    <div className={styles.sourceButtons}>
      <span className="cut muted">{source.name}</span>
      <span className="grow" />
      <ActionTextButton action="timeline.insert" size="s" withShortcut>
        {t('insert')}
      </ActionTextButton>
      <ActionTextButton action="timeline.overwrite" size="s" withShortcut>
        {t('overwrite')}
      </ActionTextButton>
    </div>
  );
}
