import { useTranslation } from 'react-i18next';
import { useSelecting } from '../../../services/selectThing.ts';
import { Spinner } from '../../../ui/Spinner.tsx';
import styles from '../Viewer.module.css';

/** Over the picture: a thing is being looked for, or none was found. */
export function SelectSign() {
  const { t } = useTranslation('viewer');
  const { waiting, saidNothing } = useSelecting();
  return (
    <div className={styles.selectSign} role="status">
      {waiting > 0 ? (
        <span>
          <Spinner size={12} />
          {t('mask.looking')}
        </span>
      ) : saidNothing ? (
        <span>{t('mask.nothingFound')}</span>
      ) : null}
    </div>
  );
}
