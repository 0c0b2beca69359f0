import type { ButtonHTMLAttributes, ReactNode, Ref } from 'react';
import { classes } from './classes.ts';
import { Icon, type IconType } from './Icon.tsx';
import { Kbd } from './Kbd.tsx';
import styles from './Button.module.css';

export interface ButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  /** 'primary': the one emphasised thing of a panel. 'quiet': no ground until hovered. */
  variant?: 'normal' | 'primary' | 'quiet';
  size?: 's' | 'm' | 'l';
  icon?: IconType;
  shortcut?: string | null;
  /** Takes the room that is left in its row. */
  grow?: boolean;
  children?: ReactNode;
  ref?: Ref<HTMLButtonElement>;
}

/** A push button with an optional icon and shortcut. */
export function Button({
  variant = 'normal',
  size = 'm',
  icon,
  shortcut,
  grow,
  className,
  children,
  type = 'button',
  ...rest
}: ButtonProps) {
  return (
    <button
      type={type}
      className={classes(
        styles.button,
        variant !== 'normal' && styles[variant],
        size !== 'm' && styles[size],
        grow && styles.grow,
        className,
      )}
      {...rest}
    >
      {icon ? <Icon of={icon} size={size === 'l' ? 16 : 14} /> : null}
      {children}
      {shortcut ? <Kbd>{shortcut}</Kbd> : null}
    </button>
  );
}
