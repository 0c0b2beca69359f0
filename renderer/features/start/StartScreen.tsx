import { useEffect, useState, type DragEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { CircleCheck, TriangleAlert } from 'lucide-react';
import { formatBytes } from '../../services/format.ts';
import { refreshPacks } from '../../services/machine.ts';
import { refreshRecent } from '../../services/recent.ts';
import { start } from '../../services/errors.ts';
import { startWithFiles } from '../../services/recipes.ts';
import { useEditor } from '../../services/store.ts';
import { classes } from '../../ui/classes.ts';
import { Icon } from '../../ui/Icon.tsx';
import { DemoCard } from './DemoCard.tsx';
import { Rail } from './Rail.tsx';
import { Recipes } from './Recipes.tsx';
import styles from './StartScreen.module.css';

const carriesFiles = (event: DragEvent) => event.dataTransfer.types.includes('Files');

/** What the window shows without a project. Files dropped anywhere on it start one. */
export function StartScreen() {
  const { t } = useTranslation('start');
  const connection = useEditor((state) => state.connection);
  const [dropping, setDropping] = useState(false);
  useEffect(() => {
    if (connection !== 'open') return;
    refreshRecent();
    refreshPacks();
  }, [connection]);
  return (
    <div
      className={classes(styles.start, dropping && styles.dropping)}
      onDragOver={(event) => {
        if (carriesFiles(event)) {
          event.preventDefault();
          setDropping(true);
        }
      }}
      onDragLeave={(event) => {
        if (!event.currentTarget.contains(event.relatedTarget as Node | null)) setDropping(false);
      }}
      onDrop={(event) => {
        event.preventDefault();
        setDropping(false);
        const files = [...event.dataTransfer.files];
        if (files.length > 0) start(startWithFiles(files));
      }}
    >
      <Rail />
      <main className={styles.main} data-region="start" tabIndex={-1} aria-label="Framewright">
        <DemoCard />
        <div className={styles.recipesHead}>
          <h2 className={styles.recipesTitle}>{t('recipesTitle')}</h2>
          <span className="faint">{t('recipesText')}</span>
        </div>
        <Recipes />
        <span className="grow" />
        <Ready />
      </main>
      {dropping ? <div className={styles.dropSign}>{t('drop')}</div> : null}
    </div>
  );
}

/** Says whether making works out of the box, with the pack's measured size. */
function Ready() {
  const { t } = useTranslation('start');
  const packs = useEditor((state) => state.packs);
  const able = packs.filter((pack) => pack.problem === null && pack.video !== null);
  const starter = able.find((pack) => pack.builtIn) ?? able[0];
  return (
    <div className={styles.ready}>
      <span className={starter ? styles.good : styles.warn}>
        <Icon of={starter ? CircleCheck : TriangleAlert} size={16} />
      </span>
      <span>
        {starter ? t('ready', { size: formatBytes(starter.sizeBytes) }) : t('noPack')}{' '}
        <span className="faint">{t('noAccount')}</span>
      </span>
      <span className="grow" />
      <span className="small faint">{t('dropHint')}</span>
    </div>
  );
}
