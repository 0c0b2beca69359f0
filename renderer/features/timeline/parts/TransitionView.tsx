/** A crossfade over its cut: a box with a diagonal. */
import { memo, type CSSProperties } from 'react';
import { useTranslation } from 'react-i18next';
import { secondsFromTicks } from '../../../../core/time/ticks.ts';
import { useEditor } from '../../../services/store.ts';
import { classes } from '../../../ui/classes.ts';
import { secondsText } from '../view/words.ts';
import styles from './Lanes.module.css';

interface TransitionViewProps {
  readonly id: string;
  readonly at: number;
  readonly durationTicks: number;
}

/** One crossfade as a grid cell of its lane. */
export const TransitionView = memo(function TransitionView({ id, at, durationTicks }: TransitionViewProps) {
  const { t } = useTranslation('timeline');
  const chosen = useEditor((state) => state.selection.transitionId === id);
  return (
    <div
      role="gridcell"
      tabIndex={-1}
      data-transition={id}
      aria-selected={chosen}
      aria-label={t('transition', { length: t('seconds', { n: secondsText(durationTicks) }) })}
      className={classes(styles.xfade, chosen && styles.chosen)}
      style={{ '--at': at, '--len': secondsFromTicks(durationTicks) } as CSSProperties}
    >
      <svg viewBox="0 0 32 40" preserveAspectRatio="none" aria-hidden="true">
        <path d="M0 0L32 40V0z" />
      </svg>
    </div>
  );
});
