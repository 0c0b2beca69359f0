import { Info, TriangleAlert } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { FileNotes } from '../../services/mediaFacts.ts';
import { Icon } from '../../ui/Icon.tsx';
import { Tooltip } from '../../ui/Tooltip.tsx';
import { classes } from '../../ui/classes.ts';
import styles from './MediaBin.module.css';

/** A quiet sign that there is something to know of a file; pointing at it lists what. The inspector lists it too. */
export function NotesBadge({ notes: { damage, remarks } }: { notes: FileNotes }) {
  const { t } = useTranslation('mediaBin');
  const isDamaged = damage.length > 0;
  return (
    <Tooltip
      label={
        <ul className={styles.notes}>
          {[...damage, ...remarks].map((line) => (
            <li key={line}>{line}</li>
          ))}
        </ul>
      }
    >
      <span
        className={classes(styles.over, styles.tr, styles.mark, isDamaged && styles.damaged)}
        role="img"
        aria-label={t('notes', { count: damage.length + remarks.length })}
      >
        <Icon of={isDamaged ? TriangleAlert : Info} size={12} />
      </span>
    </Tooltip>
  );
}
