import type { CSSProperties } from 'react';
import { classes } from './classes.ts';
import styles from './Progress.module.css';

/** `fraction` 0..1. tone 'ai' for what is being made, 'accent' for exports, 'plain' for how full something is. */
export function ProgressBar({
  fraction,
  label,
  tone = 'plain',
  className,
}: {
  fraction: number;
  label: string;
  tone?: 'plain' | 'ai' | 'accent';
  className?: string;
}) {
  const percent = Math.min(1, Math.max(0, fraction)) * 100;
  return (
    <div
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={Math.round(percent)}
      className={classes(styles.bar, styles[tone], className)}
      style={{ '--at': percent } as CSSProperties}
    >
      <i />
    </div>
  );
}
