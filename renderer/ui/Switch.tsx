import { Switch as Base } from '@base-ui/react/switch';
import styles from './Switch.module.css';

export interface SwitchProps {
  label: string;
  checked: boolean;
  onChange: (checked: boolean) => void;
  disabled?: boolean;
  id?: string;
}

/** An on/off switch; `label` is its accessible name. */
export function Switch({ label, checked, onChange, disabled, id }: SwitchProps) {
  return (
    <Base.Root
      id={id}
      aria-label={label}
      checked={checked}
      disabled={disabled}
      onCheckedChange={(next) => onChange(next)}
      className={styles.root}
    >
      <Base.Thumb className={styles.thumb} />
    </Base.Root>
  );
}
