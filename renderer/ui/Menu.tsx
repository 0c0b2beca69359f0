import { Menu as Base } from '@base-ui/react/menu';
import type { ReactElement } from 'react';
import { MenuItems, type MenuEntry } from './menuItems.tsx';
import styles from './Menu.module.css';

export type { MenuEntry } from './menuItems.tsx';

export interface MenuProps {
  /** The button that opens it; must take a ref and spread props. */
  trigger: ReactElement;
  /** A function is called when the menu opens, so that the entries show the current state. */
  entries: readonly MenuEntry[] | (() => readonly MenuEntry[]);
  side?: 'top' | 'bottom' | 'left' | 'right';
  align?: 'start' | 'center' | 'end';
}

/** A drop-down menu that opens at its trigger. */
export function Menu({ trigger, entries, side = 'bottom', align = 'start' }: MenuProps) {
  return (
    <Base.Root modal={false}>
      <Base.Trigger render={trigger as ReactElement<Record<string, unknown>>} />
      <Base.Portal>
        <Base.Positioner className={styles.positioner} side={side} align={align} sideOffset={4}>
          <Base.Popup className={styles.popup}>
            <LazyItems entries={entries} />
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}

/** Mounted only while open: a function of entries is then asked at the right moment. */
export function LazyItems({ entries }: { entries: readonly MenuEntry[] | (() => readonly MenuEntry[]) }) {
  return <MenuItems entries={typeof entries === 'function' ? entries() : entries} />;
}
