import styles from './Kbd.module.css';

/** The keys of a shortcut, as `formatShortcut` writes them. */
export function Kbd({ children }: { children: string }) {
  return <kbd className={styles.kbd}>{children}</kbd>;
}
