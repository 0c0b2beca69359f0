import type { ReactNode } from 'react';
import { classes } from './classes.ts';
import styles from './PanelHead.module.css';

/** The 36 px bar on top of a panel. */
export function PanelHead({ children, className }: { children: ReactNode; className?: string }) {
  return <div className={classes(styles.head, className)}>{children}</div>;
}

/** The thin line between groups of a toolbar. */
export function Rule() {
  return <span className={styles.rule} aria-hidden="true" />;
}
