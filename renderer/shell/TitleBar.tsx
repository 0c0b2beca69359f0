import { Minus, Square, X } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { ActionButton, ActionTextButton } from '../actions/ActionButton.tsx';
import { sequenceOf } from '../services/selectors.ts';
import { desktop } from '../services/portTransport.ts';
import { useEditor } from '../services/store.ts';
import { classes } from '../ui/classes.ts';
import { IconButton } from '../ui/IconButton.tsx';
import { Logo } from '../ui/Logo.tsx';
import { Rule } from '../ui/PanelHead.tsx';
import { MenuBar } from './MenuBar.tsx';
import styles from './TitleBar.module.css';

/** On a Mac the system draws menus and window buttons itself. */
const platform = desktop()?.platform ?? null;

/** The title bar with logo, menus, project name and window buttons. */
export function TitleBar() {
  const { t } = useTranslation('shell');
  const screen = useEditor((state) => state.screen);
  const project = useEditor((state) => state.document?.name ?? null);
  const sequence = useEditor((state) => sequenceOf(state)?.name ?? null);
  const inProject = screen !== 'start' && project !== null;
  return (
    <header
      className={classes(styles.bar, platform && styles.draggable, platform === 'darwin' && styles.mac)}
      data-region="title"
      aria-label={t('regions.title')}
    >
      <div className={styles.left}>
        <Logo className={styles.logo} />
        {inProject && platform !== 'darwin' ? <MenuBar /> : null}
      </div>
      <div className={styles.project}>
        <h1 className="strong cut">{inProject ? project : 'Framewright'}</h1>
        {inProject ? <span className="faint cut">{sequence}</span> : null}
      </div>
      <div className={styles.right}>
        {inProject ? (
          <>
            <ActionButton action="edit.undo" />
            <ActionButton action="edit.redo" />
            <ActionButton action="edit.history" />
            <Rule />
            <span className={styles.panels}>
              <ActionButton action="view.bin" />
              <ActionButton action="view.timeline" />
              <ActionButton action="view.inspector" />
            </span>
            <Rule />
            <ActionTextButton action="file.export">{t('export')}</ActionTextButton>
          </>
        ) : null}
        {platform && platform !== 'darwin' ? <WindowButtons withRule={inProject} /> : null}
      </div>
    </header>
  );
}

function WindowButtons({ withRule }: { withRule: boolean }) {
  const { t } = useTranslation('shell');
  const act = (action: 'minimize' | 'toggleMaximize' | 'close') => () => desktop()?.windowAction(action);
  return (
    <>
      {withRule ? <Rule /> : null}
      <IconButton icon={Minus} iconSize={14} label={t('window.minimize')} onClick={act('minimize')} />
      <IconButton icon={Square} iconSize={12} label={t('window.maximize')} onClick={act('toggleMaximize')} />
      <IconButton icon={X} iconSize={14} label={t('window.close')} onClick={act('close')} />
    </>
  );
}
