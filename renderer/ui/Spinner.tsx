import { LoaderCircle } from 'lucide-react';
import { Icon } from './Icon.tsx';
import styles from './Spinner.module.css';

/** Something is being waited for. Decorative: words beside it, or its container's label, say what. */
export function Spinner({ size = 14 }: { size?: 12 | 14 | 16 | 20 }) {
  return <Icon of={LoaderCircle} size={size} className={styles.spinner} />;
}
