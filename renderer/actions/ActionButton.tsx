import { Circle } from 'lucide-react';
import { Button, type ButtonProps } from '../ui/Button.tsx';
import { IconButton, type IconButtonProps } from '../ui/IconButton.tsx';
import type { IconType } from '../ui/Icon.tsx';
import type { ActionId } from './registry.ts';
import { useAction } from './useAction.ts';

/** An icon button that is an action: its name, key, state and effect come from the descriptor. */
export function ActionButton({
  action: id,
  icon,
  toggle = 'on',
  ...rest
}: { action: ActionId; icon?: IconType; /** How a checked one looks. */ toggle?: 'on' | 'lit' } & Partial<
  Omit<IconButtonProps, 'icon' | 'label' | 'onClick'>
>) {
  const action = useAction(id);
  if (action.hidden) return null;
  const pressed = action.checked === undefined ? {} : { [toggle]: action.checked };
  return (
    <IconButton
      icon={icon ?? action.icon ?? Circle}
      label={action.label}
      shortcut={action.shortcut}
      disabled={!action.enabled}
      onClick={action.run}
      {...pressed}
      {...rest}
    />
  );
}

/** A button with words that is an action. */
export function ActionTextButton({
  action: id,
  children,
  withShortcut,
  ...rest
}: { action: ActionId; withShortcut?: boolean } & Omit<ButtonProps, 'onClick'>) {
  const action = useAction(id);
  if (action.hidden) return null;
  return (
    <Button
      icon={action.icon}
      shortcut={withShortcut ? action.shortcut : undefined}
      disabled={!action.enabled}
      onClick={action.run}
      {...rest}
    >
      {children ?? action.label}
    </Button>
  );
}
