import { useRef, type PointerEvent } from 'react';
import { classes } from './classes.ts';
import styles from './Splitter.module.css';

export interface SplitterProps {
  label: string;
  /** 'vertical': a line that moves sideways. */
  orientation: 'vertical' | 'horizontal';
  /** px of the panel that it sizes. */
  size: number;
  min: number;
  max: number;
  /** +1 when dragging right/down makes the panel larger, -1 when it makes it smaller. */
  direction: 1 | -1;
  /** `raw` may lie outside min..max: under half of min means 'close it'. */
  onResize: (raw: number) => void;
  onEnd?: () => void;
  onRestore: () => void;
}

const keyStep = 16;

/** A divider that can be dragged, moved by arrow keys, and restored by a double click or Enter. */
export function Splitter({ label, orientation, size, min, max, direction, onResize, onEnd, onRestore }: SplitterProps) {
  const start = useRef<{ at: number; size: number } | null>(null);
  const where = (event: PointerEvent) => (orientation === 'vertical' ? event.clientX : event.clientY);
  return (
    <div
      role="separator"
      tabIndex={0}
      aria-label={label}
      aria-orientation={orientation}
      aria-valuenow={Math.round(size)}
      aria-valuemin={min}
      aria-valuemax={max}
      className={classes(styles.splitter, styles[orientation])}
      onPointerDown={(event) => {
        if (event.button !== 0) return;
        event.currentTarget.setPointerCapture(event.pointerId);
        start.current = { at: where(event), size };
      }}
      onPointerMove={(event) => {
        if (start.current) onResize(start.current.size + (where(event) - start.current.at) * direction);
      }}
      onPointerUp={() => {
        start.current = null;
        onEnd?.();
      }}
      onPointerCancel={() => {
        start.current = null;
        onEnd?.();
      }}
      onDoubleClick={onRestore}
      onKeyDown={(event) => {
        const forward = orientation === 'vertical' ? 'ArrowRight' : 'ArrowDown';
        const back = orientation === 'vertical' ? 'ArrowLeft' : 'ArrowUp';
        if (event.key === forward || event.key === back) {
          event.preventDefault();
          onResize(size + (event.key === forward ? keyStep : -keyStep) * direction);
        } else if (event.key === 'Enter') {
          onRestore();
        }
      }}
    />
  );
}
