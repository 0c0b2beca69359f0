import type { KeyboardEvent } from 'react';
import { NumberField as Base } from '@base-ui/react/number-field';
import { classes } from './classes.ts';
import field from './Field.module.css';
import styles from './NumberField.module.css';

export interface NumberFieldProps {
  label: string;
  value: number;
  /** While dragging or typing: for a live look. */
  onChange?: (value: number) => void;
  /** On Enter, blur, key step or when a drag ends: the moment for one undo step. */
  onCommit: (value: number) => void;
  min?: number;
  max?: number;
  /** Arrow keys and drag; Shift makes it ten times larger, Alt ten times smaller. */
  step?: number;
  decimals?: number;
  /** '%', 'dB', 's': after the figure. */
  unit?: string;
  /** 'X', 'Y': before it, the part that is dragged. Without it the unit is the handle. */
  prefix?: string;
  /** Shows '+' before positive values. */
  signed?: boolean;
  size?: 's' | 'm';
  disabled?: boolean;
  className?: string;
}

/** A figure that can be typed, stepped by arrows, or dragged sideways by its prefix or unit. */
export function NumberField(props: NumberFieldProps) {
  const {
    label,
    value,
    onChange,
    onCommit,
    min,
    max,
    step = 1,
    decimals = 0,
    unit,
    prefix,
    signed,
    size = 'm',
    disabled,
    className,
  } = props;
  const handle = (text: string, side: 'prefix' | 'unit') => (
    <Base.ScrubArea className={classes(styles.scrub, styles[side])} pixelSensitivity={2} aria-hidden="true">
      {text}
      <Base.ScrubAreaCursor className={styles.cursor} />
    </Base.ScrubArea>
  );
  return (
    <Base.Root
      value={value}
      min={min}
      max={max}
      step={step}
      largeStep={step * 10}
      smallStep={step / 10}
      disabled={disabled}
      locale="en"
      format={{
        minimumFractionDigits: decimals,
        maximumFractionDigits: Math.max(decimals, 3),
        useGrouping: false,
        signDisplay: signed ? 'exceptZero' : 'auto',
      }}
      onValueChange={(next) => {
        if (next !== null) onChange?.(next);
      }}
      onValueCommitted={(next) => {
        if (next !== null) onCommit(next);
      }}
      className={classes(field.field, size === 's' && field.s, styles.number, disabled && field.disabled, className)}
    >
      {prefix ? handle(prefix, 'prefix') : null}
      <Base.Input aria-label={label} className={styles.input} onKeyDown={commitOnEnter} />
      {unit ? handle(unit, 'unit') : null}
    </Base.Root>
  );
}

/** The field commits what was typed only when it is left: Enter leaves it, and comes back with the figure selected. */
function commitOnEnter(event: KeyboardEvent<HTMLInputElement>): void {
  const { key, ctrlKey, metaKey, nativeEvent, currentTarget } = event;
  if (key !== 'Enter' || ctrlKey || metaKey || nativeEvent.isComposing) return;
  currentTarget.blur();
  currentTarget.focus();
  currentTarget.select();
}
