import type { InputHTMLAttributes, ReactNode, Ref, TextareaHTMLAttributes } from 'react';
import { classes } from './classes.ts';
import { Icon, type IconType } from './Icon.tsx';
import styles from './Field.module.css';

export interface TextFieldProps extends Omit<InputHTMLAttributes<HTMLInputElement>, 'size' | 'onChange'> {
  label: string;
  value: string;
  onChange: (value: string) => void;
  icon?: IconType;
  /** Shown after the text: a unit, an ending. */
  suffix?: ReactNode;
  size?: 's' | 'm';
  invalid?: boolean;
  ref?: Ref<HTMLInputElement>;
}

/** A single-line text field; `label` is its accessible name. */
export function TextField({
  label,
  value,
  onChange,
  icon,
  suffix,
  size = 'm',
  invalid,
  className,
  disabled,
  ref,
  ...rest
}: TextFieldProps) {
  return (
    <div
      className={classes(
        styles.field,
        size === 's' && styles.s,
        invalid && styles.invalid,
        disabled && styles.disabled,
        className,
      )}
    >
      {icon ? <Icon of={icon} size={14} className="faint" /> : null}
      <input
        ref={ref}
        type="text"
        aria-label={label}
        aria-invalid={invalid || undefined}
        value={value}
        disabled={disabled}
        spellCheck={false}
        autoComplete="off"
        onChange={(event) => onChange(event.target.value)}
        {...rest}
      />
      {suffix ? <span className={styles.suffix}>{suffix}</span> : null}
    </div>
  );
}

export interface TextAreaProps extends Omit<TextareaHTMLAttributes<HTMLTextAreaElement>, 'onChange'> {
  label: string;
  value: string;
  onChange: (value: string) => void;
  ref?: Ref<HTMLTextAreaElement>;
}

/** A multi-line text field; `label` is its accessible name. */
export function TextArea({ label, value, onChange, className, rows = 3, ...rest }: TextAreaProps) {
  return (
    <textarea
      aria-label={label}
      value={value}
      rows={rows}
      spellCheck={false}
      onChange={(event) => onChange(event.target.value)}
      className={classes(styles.field, styles.area, className)}
      {...rest}
    />
  );
}
