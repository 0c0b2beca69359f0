import { Select as Base } from '@base-ui/react/select';
import { Check, ChevronDown } from 'lucide-react';
import { classes } from './classes.ts';
import field from './Field.module.css';
import menu from './Menu.module.css';
import styles from './Select.module.css';

export interface SelectOption<Value extends string> {
  value: Value;
  label: string;
  /** Second, fainter part of the line. */
  hint?: string;
  disabled?: boolean;
}

export interface SelectProps<Value extends string> {
  label: string;
  value: Value;
  options: readonly SelectOption<Value>[];
  onChange: (value: Value) => void;
  size?: 's' | 'm';
  /** No field around it: for toolbars. */
  quiet?: boolean;
  disabled?: boolean;
  className?: string;
  id?: string;
}

/** A drop-down that chooses one of the options. */
export function Select<Value extends string>({
  label,
  value,
  options,
  onChange,
  size = 'm',
  quiet,
  disabled,
  className,
  id,
}: SelectProps<Value>) {
  const chosen = options.find((option) => option.value === value);
  return (
    <Base.Root
      id={id}
      value={value}
      disabled={disabled}
      items={options.map((option) => ({ value: option.value, label: option.label }))}
      onValueChange={(next) => {
        if (next !== null) onChange(next as Value);
      }}
    >
      <Base.Trigger
        aria-label={label}
        className={classes(
          quiet ? styles.quiet : field.field,
          size === 's' && field.s,
          styles.trigger,
          disabled && field.disabled,
          className,
        )}
      >
        <Base.Value className={classes(styles.value, 'cut')}>{chosen?.label ?? value}</Base.Value>
        <Base.Icon className={styles.icon}>
          <ChevronDown size={14} strokeWidth={1.75} aria-hidden="true" />
        </Base.Icon>
      </Base.Trigger>
      <Base.Portal>
        <Base.Positioner className={menu.positioner} sideOffset={4} alignItemWithTrigger={false}>
          <Base.Popup className={classes(menu.popup, styles.popup)}>
            <Base.List>
              {options.map((option) => (
                <Base.Item key={option.value} value={option.value} disabled={option.disabled} className={menu.item}>
                  <span className={menu.mark}>
                    <Base.ItemIndicator>
                      <Check size={14} aria-hidden="true" />
                    </Base.ItemIndicator>
                  </span>
                  <Base.ItemText>{option.label}</Base.ItemText>
                  {option.hint ? <span className={menu.hint}>{option.hint}</span> : null}
                </Base.Item>
              ))}
            </Base.List>
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}
