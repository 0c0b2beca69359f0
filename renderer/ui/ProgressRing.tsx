import type { CSSProperties } from 'react';
import styles from './Progress.module.css';

/** A ring of 12 px in the colour of the text. `fraction` 0..1. */
export function ProgressRing({ fraction, label }: { fraction: number; label: string }) {
  const percent = Math.round(Math.min(1, Math.max(0, fraction)) * 100);
  return (
    <span
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={percent}
      className={styles.ring}
      style={{ '--at': percent } as CSSProperties}
    />
  );
}
