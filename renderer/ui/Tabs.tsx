import { Tabs as Base } from '@base-ui/react/tabs';
import type { ReactNode } from 'react';
import { classes } from './classes.ts';
import styles from './Tabs.module.css';

export interface TabOption<Value extends string> {
  value: Value;
  label: ReactNode;
  /** A small figure after the label. */
  count?: number;
}

export interface TabsProps<Value extends string> {
  label: string;
  value: Value;
  options: readonly TabOption<Value>[];
  onChange: (value: Value) => void;
  className?: string;
}

/**
 * The row of tabs only (for a panel's head); what they show stands in `TabPanel`s of the same `TabsRoot`, or anywhere.
 */
export function Tabs<Value extends string>({ label, value, options, onChange, className }: TabsProps<Value>) {
  return (
    <Base.Root
      value={value}
      onValueChange={(next) => onChange(next as Value)}
      className={classes(styles.root, className)}
    >
      <Base.List aria-label={label} className={styles.list} activateOnFocus>
        {options.map((option) => (
          <Base.Tab key={option.value} value={option.value} className={styles.tab}>
            {option.label}
            {option.count === undefined ? null : <span className={styles.count}>{option.count}</span>}
          </Base.Tab>
        ))}
      </Base.List>
    </Base.Root>
  );
}
