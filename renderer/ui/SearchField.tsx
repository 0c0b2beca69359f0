import { Search, X } from 'lucide-react';
import { classes } from './classes.ts';
import { Icon } from './Icon.tsx';
import { IconButton } from './IconButton.tsx';
import styles from './Field.module.css';

export interface SearchFieldProps {
  label: string;
  /** Name of the button that empties it. */
  clearLabel: string;
  value: string;
  onChange: (value: string) => void;
  placeholder?: string;
  className?: string;
}

/** Escape empties it first, and only then leaves it. */
export function SearchField({ label, clearLabel, value, onChange, placeholder, className }: SearchFieldProps) {
  return (
    <div className={classes(styles.field, className)} role="search">
      <Icon of={Search} size={14} className="faint" />
      <input
        type="text"
        aria-label={label}
        placeholder={placeholder ?? label}
        value={value}
        spellCheck={false}
        autoComplete="off"
        onChange={(event) => onChange(event.target.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Escape' || value === '') return;
          event.stopPropagation();
          onChange('');
        }}
      />
      {value ? <IconButton icon={X} label={clearLabel} size="xs" onClick={() => onChange('')} /> : null}
    </div>
  );
}
