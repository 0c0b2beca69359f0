import type { ButtonHTMLAttributes, Ref } from 'react';
import { classes } from './classes.ts';
import { Icon, type IconType } from './Icon.tsx';
import { Tooltip } from './Tooltip.tsx';
import styles from './IconButton.module.css';

export interface IconButtonProps extends Omit<ButtonHTMLAttributes<HTMLButtonElement>, 'children'> {
  icon: IconType;
  /** Its name for screen readers, and its tooltip. */
  label: string;
  /** A second line of the tooltip. */
  hint?: string;
  shortcut?: string | null;
  size?: 'xs' | 's' | 'm';
  iconSize?: 12 | 14 | 16 | 20;
  /** A chosen tool or view. Also sets aria-pressed. */
  on?: boolean;
  /** A switched-on setting (snapping, linking): blue. Also sets aria-pressed. */
  lit?: boolean;
  tooltipSide?: 'top' | 'bottom' | 'left' | 'right';
  ref?: Ref<HTMLButtonElement>;
}

/** A button with only an icon; `label` is its accessible name and tooltip. */
export function IconButton({
  icon,
  label,
  hint,
  shortcut,
  size = 'm',
  iconSize,
  on,
  lit,
  tooltipSide,
  className,
  type = 'button',
  ...rest
}: IconButtonProps) {
  const pressed = on ?? lit;
  return (
    <Tooltip label={label} hint={hint} shortcut={shortcut} side={tooltipSide}>
      <button
        type={type}
        aria-label={label}
        aria-pressed={pressed}
        className={classes(styles.button, size !== 'm' && styles[size], on && styles.on, lit && styles.lit, className)}
        {...rest}
      >
        <Icon of={icon} size={iconSize ?? (size === 'm' ? 16 : size === 's' ? 14 : 12)} />
      </button>
    </Tooltip>
  );
}
