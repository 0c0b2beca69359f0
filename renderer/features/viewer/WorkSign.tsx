import { useTranslation } from 'react-i18next';
import { useViewerWork } from '../../services/viewerWork.ts';
import { Spinner } from '../../ui/Spinner.tsx';
import styles from './Viewer.module.css';

/** Says what the picture waits for. It appears after a moment: most pictures are there sooner. */
export function WorkSign() {
  const { t } = useTranslation('viewer');
  const work = useViewerWork((state) => state.work);
  if (work === null) return null;
  return (
    <span className={styles.work} role="status">
      <Spinner />
      {t(`work.${work}`)}
    </span>
  );
}
