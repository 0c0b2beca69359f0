import { Toggle } from '@base-ui/react/toggle';
import { ToggleGroup } from '@base-ui/react/toggle-group';
import type { ReactNode } from 'react';
import { classes } from './classes.ts';
import { Icon, type IconType } from './Icon.tsx';
import styles from './Segmented.module.css';

export interface SegmentedOption<Value extends string> {
  value: Value;
  label: ReactNode;
  icon?: IconType;
  disabled?: boolean;
}

export interface SegmentedProps<Value extends string> {
  /** Name for screen readers. */
  label: string;
  value: Value;
  options: readonly SegmentedOption<Value>[];
  onChange: (value: Value) => void;
  size?: 's' | 'm' | 'tall';
  disabled?: boolean;
  className?: string;
}

/** Chooses one of a few visible options. Arrow keys move the choice. */
export function Segmented<Value extends string>({
  label,
  value,
  options,
  onChange,
  size = 'm',
  disabled,
  className,
}: SegmentedProps<Value>) {
  return (
    <ToggleGroup
      aria-label={label}
      value={[value]}
      disabled={disabled}
      // pressing the chosen one again must not leave none chosen
      onValueChange={(next) => {
        if (next[0] !== undefined) onChange(next[0] as Value);
      }}
      className={classes(styles.group, size !== 'm' && styles[size], className)}
    >
      {options.map((option) => (
        <Toggle key={option.value} value={option.value} disabled={option.disabled} className={styles.item}>
          {option.icon ? <Icon of={option.icon} size={size === 'tall' ? 16 : 14} /> : null}
          {option.label}
        </Toggle>
      ))}
    </ToggleGroup>
  );
}
