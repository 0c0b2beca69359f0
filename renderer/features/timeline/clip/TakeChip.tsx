/** 'Take ‹ 2/3 ›' on a generated clip; each switch is one undo step. Shortened on narrow clips. */
import { ChevronLeft, ChevronRight } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { Clip } from '../../../../core/document/schema.ts';
import { stepTake } from '../../../services/generation.ts';
import { Icon } from '../../../ui/Icon.tsx';
import type { ClipRoom } from '../view/clipLook.ts';
import { classes } from '../../../ui/classes.ts';
import styles from './Clip.module.css';
import { takeNumbers } from './clipName.ts';

/** Shows which take of a clip is active, with arrows to the previous and next take. */
export function TakeChip({
  clip,
  room,
  reachable,
}: {
  readonly clip: Clip;
  readonly room: ClipRoom;
  readonly reachable: boolean;
}) {
  const { t } = useTranslation('timeline');
  const { n, count } = takeNumbers(clip);
  // below 56 px it would be cut
  if (count < 1 || (count === 1 && n === 1) || room === 'nameless') return null;
  const short = room !== 'full';
  const text =
    n === 0
      ? t(short ? 'takeSourceShort' : 'takeSource', { count })
      : t(short ? 'takeChipShort' : 'takeChip', { n, count });
  if (short) return <span className={classes(styles.tag, styles.loose)}>{text}</span>;
  const step = (by: 1 | -1, label: string, icon: typeof ChevronLeft) => (
    <button
      type="button"
      data-control
      aria-label={label}
      title={label}
      tabIndex={reachable ? 0 : -1}
      onClick={() => stepTake(clip.id, by)}
    >
      <Icon of={icon} size={10} />
    </button>
  );
  return (
    <span className={styles.tag} role="group" aria-label={t('takes', { name: clip.name })}>
      {step(-1, t('previousTake'), ChevronLeft)}
      <span>{text}</span>
      {step(1, t('nextTake'), ChevronRight)}
    </span>
  );
}
