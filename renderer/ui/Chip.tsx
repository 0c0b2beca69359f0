import { X } from 'lucide-react';
import type { ReactNode } from 'react';
import { classes } from './classes.ts';
import { Icon, type IconType } from './Icon.tsx';
import styles from './Chip.module.css';

export interface ChipProps {
  children: ReactNode;
  icon?: IconType;
  /** Only an outline. */
  line?: boolean;
  on?: boolean;
  onClick?: () => void;
  onRemove?: () => void;
  removeLabel?: string;
}

/** 20 px: a fact, a choice, or something that can be taken off. */
export function Chip({ children, icon, line, on, onClick, onRemove, removeLabel }: ChipProps) {
  const name = classes(styles.chip, line && styles.line, on && styles.on);
  const inside = (
    <>
      {icon ? <Icon of={icon} size={12} /> : null}
      {children}
    </>
  );
  if (onClick)
    return (
      <button type="button" className={name} aria-pressed={on} onClick={onClick}>
        {inside}
      </button>
    );
  return (
    <span className={name}>
      {inside}
      {onRemove ? (
        <button type="button" aria-label={removeLabel} className={styles.remove} onClick={onRemove}>
          <X size={12} aria-hidden="true" />
        </button>
      ) : null}
    </span>
  );
}

export type BadgeTone = 'good' | 'warn' | 'bad' | 'info' | 'plain' | 'ai' | 'queued' | 'generating' | 'stale';

/** 16 px: a state in a word. */
export function Badge({ tone = 'plain', icon, children }: { tone?: BadgeTone; icon?: IconType; children: ReactNode }) {
  return (
    <span className={classes(styles.badge, styles[tone])}>
      {icon ? <Icon of={icon} size={10} /> : null}
      {children}
    </span>
  );
}
