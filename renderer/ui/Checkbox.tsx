import { Checkbox as Base } from '@base-ui/react/checkbox';
import { Check } from 'lucide-react';
import styles from './Checkbox.module.css';

/** A checkbox with its label. */
export function Checkbox({
  label,
  checked,
  onChange,
  disabled,
}: {
  label: string;
  checked: boolean;
  onChange: (checked: boolean) => void;
  disabled?: boolean;
}) {
  return (
    <Base.Root
      aria-label={label}
      checked={checked}
      disabled={disabled}
      onCheckedChange={(next) => onChange(next)}
      className={styles.root}
    >
      <Base.Indicator className={styles.tick}>
        <Check size={12} strokeWidth={2.5} aria-hidden="true" />
      </Base.Indicator>
    </Base.Root>
  );
}
