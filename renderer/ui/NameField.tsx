import { useRef } from 'react';
import { classes } from './classes.ts';
import styles from './NameField.module.css';

/** A name being changed in its place: Enter or leaving keeps, Esc drops (null). */
export function NameField({
  name,
  label,
  onDone,
  className,
}: {
  readonly name: string;
  readonly label: string;
  readonly className?: string;
  readonly onDone: (name: string | null) => void;
}) {
  const done = useRef(false);
  const finish = (value: string | null) => {
    if (done.current) return;
    done.current = true;
    onDone(value === null || value.trim() === '' ? null : value.trim());
  };
  return (
    <input
      autoFocus
      aria-label={label}
      defaultValue={name}
      maxLength={60}
      className={classes(styles.name, className)}
      // a press inside is for the text, not for what lies around it
      onPointerDown={(event) => event.stopPropagation()}
      onDoubleClick={(event) => event.stopPropagation()}
      onFocus={(event) => event.currentTarget.select()}
      onBlur={(event) => finish(event.currentTarget.value)}
      onKeyDown={(event) => {
        event.stopPropagation();
        if (event.key === 'Enter') finish(event.currentTarget.value);
        if (event.key === 'Escape') finish(null);
      }}
    />
  );
}
