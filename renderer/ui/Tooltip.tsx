import { Tooltip as Base } from '@base-ui/react/tooltip';
import type { ReactElement, ReactNode } from 'react';
import { Kbd } from './Kbd.tsx';
import styles from './Tooltip.module.css';

/** Once, at the root: tooltips beside each other then open without a new wait. */
export function TooltipProvider({ children }: { children: ReactNode }) {
  return (
    <Base.Provider delay={500} closeDelay={0}>
      {children}
    </Base.Provider>
  );
}

export interface TooltipProps {
  label: ReactNode;
  hint?: string;
  shortcut?: string | null;
  side?: 'top' | 'bottom' | 'left' | 'right';
  /** The control it belongs to; must take a ref and spread props. */
  children: ReactElement;
}

/** Shows a label, and optionally a hint and a shortcut, while its child is hovered or focused. */
export function Tooltip({ label, hint, shortcut, side = 'bottom', children }: TooltipProps) {
  return (
    <Base.Root>
      <Base.Trigger render={children as ReactElement<Record<string, unknown>>} />
      <Base.Portal>
        <Base.Positioner side={side} sideOffset={6} className={styles.positioner}>
          <Base.Popup className={styles.popup}>
            {label}
            {shortcut ? <Kbd>{shortcut}</Kbd> : null}
            {hint ? <span className={styles.hint}>{hint}</span> : null}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}
