import { LoaderCircle } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useViewerWork } from '../../services/viewerWork.ts';
import { Icon } from '../../ui/Icon.tsx';
import styles from './Viewer.module.css';

/** Says what the picture waits for. It appears after a moment: most pictures are there sooner. */
export function WorkSign() {
  const { t } = useTranslation('viewer');
  const work = useViewerWork((state) => state.work);
  if (work === null) return null;
  return (
    <span className={styles.work} role="status">
      <Icon of={LoaderCircle} size={14} />
      {t(`work.${work}`)}
    </span>
  );
}
