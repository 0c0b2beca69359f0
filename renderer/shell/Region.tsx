import { Component, useState, type ErrorInfo, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useEditor } from '../services/store.ts';
import { Button } from '../ui/Button.tsx';
import { classes } from '../ui/classes.ts';
import { EmptyState } from '../ui/EmptyState.tsx';
import styles from './Region.module.css';

export type RegionName = 'bin' | 'viewer' | 'inspector' | 'timeline';

/** A panel that F6 reaches and that fails alone: the rest of the editor stays, and so does the project. */
export function Region({ name, className, children }: { name: RegionName; className?: string; children: ReactNode }) {
  const { t } = useTranslation('shell');
  const [attempt, setAttempt] = useState(0);
  return (
    <section
      data-region={name}
      aria-label={t(`regions.${name}`)}
      tabIndex={-1}
      className={classes(styles.region, className)}
    >
      <Boundary
        key={attempt}
        fallback={(message) => (
          <EmptyState action={<Button onClick={() => setAttempt(attempt + 1)}>{t('error.again')}</Button>}>
            {t('error.title')} {t('error.kept')}
            <span className="small faint" style={{ display: 'block', marginTop: 8 }}>
              {message}
            </span>
          </EmptyState>
        )}
      >
        {children}
      </Boundary>
    </section>
  );
}

class Boundary extends Component<
  { fallback: (message: string) => ReactNode; children: ReactNode },
  { message: string | null }
> {
  override state: { message: string | null } = { message: null };

  static getDerivedStateFromError(error: unknown) {
    return { message: error instanceof Error ? error.message : String(error) };
  }

  override componentDidCatch(error: unknown, info: ErrorInfo): void {
    // the panel says it; the stack is for whoever looks into it
    console.error(error, info.componentStack);
    useEditor.getState().setSession({ playing: 0 });
  }

  override render(): ReactNode {
    return this.state.message === null ? this.props.children : this.props.fallback(this.state.message);
  }
}
