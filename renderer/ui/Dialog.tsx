import { Dialog as Base } from '@base-ui/react/dialog';
import { X } from 'lucide-react';
import { useRef, type CSSProperties, type ReactNode } from 'react';
import { classes } from './classes.ts';
import { IconButton } from './IconButton.tsx';
import styles from './Dialog.module.css';

export interface DialogProps {
  open: boolean;
  onClose: () => void;
  title: ReactNode;
  closeLabel: string;
  children: ReactNode;
  /** Buttons at the foot, right-aligned; put <span className="grow"/> to push. */
  foot?: ReactNode;
  /** px */
  width?: number;
  /** px; else as high as its content, to 90 % of the window. */
  height?: number;
  className?: string;
  /** Ctrl+Enter presses the primary button. */
  onPrimary?: () => void;
}

/** Holds focus, closes on Escape and on a press outside, gives focus back to what opened it. */
export function Dialog({
  open,
  onClose,
  title,
  closeLabel,
  children,
  foot,
  width = 480,
  height,
  className,
  onPrimary,
}: DialogProps) {
  const popup = useRef<HTMLDivElement>(null);
  return (
    <Base.Root
      open={open}
      onOpenChange={(next) => {
        if (!next) onClose();
      }}
    >
      <Base.Portal>
        <Base.Backdrop className={styles.scrim} />
        <Base.Popup
          ref={popup}
          // not the close button, whose tooltip would open with it
          initialFocus={() =>
            popup.current?.querySelector<HTMLElement>('[data-autofocus], [autofocus]') ?? popup.current
          }
          className={classes(styles.dialog, className)}
          style={{ '--w': `${width}px`, '--h': height === undefined ? 'auto' : `${height}px` } as CSSProperties}
          onKeyDown={(event) => {
            if (onPrimary && event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
              event.preventDefault();
              onPrimary();
            }
          }}
        >
          <div className={styles.top}>
            <Base.Title className={styles.title}>{title}</Base.Title>
            <span className="grow" />
            <Base.Close render={<IconButton icon={X} label={closeLabel} />} />
          </div>
          <div className={styles.body}>{children}</div>
          {foot ? <div className={styles.foot}>{foot}</div> : null}
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  );
}
