import { Menu as Base } from '@base-ui/react/menu';
import { Check, ChevronRight } from 'lucide-react';
import { Icon, type IconType } from './Icon.tsx';
import styles from './Menu.module.css';

/** What stands in a menu, the same for the menu bar, drop-downs and context menus. */
export type MenuEntry =
  | {
      readonly kind: 'item';
      readonly id: string;
      readonly label: string;
      readonly icon?: IconType;
      readonly shortcut?: string | null;
      readonly disabled?: boolean;
      readonly checked?: boolean;
      readonly run: () => void;
    }
  | {
      readonly kind: 'submenu';
      readonly id: string;
      readonly label: string;
      readonly icon?: IconType;
      readonly disabled?: boolean;
      readonly entries: readonly MenuEntry[];
    }
  | { readonly kind: 'separator'; readonly id: string }
  | { readonly kind: 'heading'; readonly id: string; readonly label: string }
  | { readonly kind: 'empty'; readonly id: string; readonly label: string };

/** The entries of one menu. */
export function MenuItems({ entries }: { entries: readonly MenuEntry[] }) {
  return entries.map((entry) => <Entry key={entry.id} entry={entry} />);
}

function Entry({ entry }: { entry: MenuEntry }) {
  switch (entry.kind) {
    case 'separator':
      return <div role="separator" className={styles.separator} />;
    case 'heading':
      return <div className={styles.group}>{entry.label}</div>;
    case 'empty':
      return <div className={styles.empty}>{entry.label}</div>;
    case 'submenu':
      return (
        <Base.SubmenuRoot disabled={entry.disabled}>
          <Base.SubmenuTrigger className={styles.item}>
            <span className={styles.mark}>{entry.icon ? <Icon of={entry.icon} size={14} /> : null}</span>
            {entry.label}
            <span className={styles.arrow}>
              <ChevronRight size={14} aria-hidden="true" />
            </span>
          </Base.SubmenuTrigger>
          <Base.Portal>
            <Base.Positioner className={styles.positioner} sideOffset={-2} alignOffset={-4}>
              <Base.Popup className={styles.popup}>
                <MenuItems entries={entry.entries} />
              </Base.Popup>
            </Base.Positioner>
          </Base.Portal>
        </Base.SubmenuRoot>
      );
    case 'item':
      if (entry.checked !== undefined) {
        return (
          <Base.CheckboxItem
            checked={entry.checked}
            disabled={entry.disabled}
            closeOnClick
            onClick={() => entry.run()}
            className={styles.item}
          >
            <span className={styles.mark}>
              <Base.CheckboxItemIndicator>
                <Check size={14} aria-hidden="true" />
              </Base.CheckboxItemIndicator>
            </span>
            {entry.label}
            {entry.shortcut ? <span className={styles.hint}>{entry.shortcut}</span> : null}
          </Base.CheckboxItem>
        );
      }
      return (
        <Base.Item disabled={entry.disabled} onClick={() => entry.run()} className={styles.item}>
          <span className={styles.mark}>{entry.icon ? <Icon of={entry.icon} size={14} /> : null}</span>
          {entry.label}
          {entry.shortcut ? <span className={styles.hint}>{entry.shortcut}</span> : null}
        </Base.Item>
      );
  }
}
