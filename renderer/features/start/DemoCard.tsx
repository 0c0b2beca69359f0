import { Clapperboard, Play } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { sayFailure } from '../../services/errors.ts';
import { openDemo } from '../../services/projects.ts';
import { Button } from '../../ui/Button.tsx';
import { Icon } from '../../ui/Icon.tsx';
import { DemoDrawing } from './drawings.tsx';
import styles from './StartScreen.module.css';

/** The card that opens the demo project. */
export function DemoCard() {
  const { t } = useTranslation('start');
  const [opening, setOpening] = useState(false);
  const open = () => {
    setOpening(true);
    openDemo()
      .catch(sayFailure)
      .finally(() => setOpening(false));
  };
  return (
    <section className={styles.demo} aria-labelledby="demo-title">
      <div className={styles.demoWords}>
        <span className="small muted flex gap2">
          <Icon of={Clapperboard} size={14} />
          {t('demo.eyebrow')}
        </span>
        <h2 id="demo-title" className={styles.demoTitle}>
          {t('demo.title')}
        </h2>
        <p className={styles.demoText}>{t('demo.text')}</p>
        <span className="grow" />
        <div>
          <Button size="l" icon={Play} disabled={opening} onClick={open}>
            {opening ? t('demo.opening') : t('demo.open')}
          </Button>
        </div>
      </div>
      <div className={styles.demoShot} aria-hidden="true">
        <DemoDrawing />
      </div>
    </section>
  );
}
