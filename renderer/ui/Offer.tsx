import type { ReactNode } from 'react';
import { Button } from './Button.tsx';
import type { IconType } from './Icon.tsx';
import styles from './Offer.module.css';

/** Something that can be done about what is selected: a sentence and a button, or why there is none. */
export function Offer({
  icon,
  label,
  disabled = false,
  problem = null,
  onAccept,
  children,
}: {
  icon: IconType;
  label: string;
  disabled?: boolean;
  /** Why it cannot be done; shown in the button's place. */
  problem?: string | null;
  onAccept: () => void;
  children: ReactNode;
}) {
  return (
    <div className={styles.offer}>
      <p>{children}</p>
      {problem === null ? (
        <Button icon={icon} disabled={disabled} onClick={onAccept}>
          {label}
        </Button>
      ) : (
        <p className={styles.problem}>{problem}</p>
      )}
    </div>
  );
}
