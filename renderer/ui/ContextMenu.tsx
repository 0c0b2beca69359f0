import { ContextMenu as Base } from '@base-ui/react/context-menu';
import type { ReactElement, ReactNode } from 'react';
import { LazyItems } from './Menu.tsx';
import type { MenuEntry } from './menuItems.tsx';
import styles from './Menu.module.css';

export interface ContextMenuProps {
  entries: readonly MenuEntry[] | (() => readonly MenuEntry[]);
  children?: ReactNode;
  className?: string;
  /** The element it belongs to, when a div around the children would be in the way. */
  render?: ReactElement;
  onOpenChange?: (open: boolean) => void;
}

/** Opens on right click, long press and the menu key (Shift+F10). */
export function ContextMenu({ entries, children, className, render, onOpenChange }: ContextMenuProps) {
  return (
    <Base.Root onOpenChange={(open) => onOpenChange?.(open)}>
      <Base.Trigger className={className} render={render as ReactElement<Record<string, unknown>> | undefined}>
        {children}
      </Base.Trigger>
      <Base.Portal>
        <Base.Positioner className={styles.positioner}>
          <Base.Popup className={styles.popup}>
            <LazyItems entries={entries} />
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}
