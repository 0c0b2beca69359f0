import type { ReactNode } from 'react';
import { classes } from './classes.ts';
import styles from './FormLine.module.css';

/** One line of a dialog's form: a name of 96 px, then what it sets. */
export function FormLine({ label, children, hint }: { label: string; children: ReactNode; hint?: ReactNode }) {
  return (
    <div className={classes(styles.line, hint != null && styles.withHint)}>
      <span className={styles.label}>{label}</span>
      <div className={styles.control}>
        {children}
        {hint ? <div className={styles.hint}>{hint}</div> : null}
      </div>
    </div>
  );
}
