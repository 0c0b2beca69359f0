import { Dialog } from '@base-ui/react/dialog';
import { Command } from 'cmdk';
import { Search } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { actionIds, actions, runAction, type ActionId } from '../actions/registry.ts';
import { shownShortcut } from '../actions/shortcuts.ts';
import { useEditor } from '../services/store.ts';
import { Icon } from '../ui/Icon.tsx';
import { Kbd } from '../ui/Kbd.tsx';
import dialog from '../ui/Dialog.module.css';
import styles from './CommandPalette.module.css';
import { closeDialog } from './closeDialog.ts';

/** Every action by name. What cannot be done right now is not offered. English words find it in Chinese too. */
export function CommandPalette() {
  const { t, i18n } = useTranslation(['actions', 'shell']);
  const state = useEditor.getState();
  const offered = actionIds.filter((id) => {
    const action = actions[id];
    return !action.keyOnly && !action.hidden?.(state) && (action.enabled?.(state) ?? true);
  });
  const choose = (id: ActionId) => {
    closeDialog();
    // after the dialog has given the focus back: an action may open another, or move the focus itself
    setTimeout(() => runAction(id), 0);
  };
  return (
    <Dialog.Root open onOpenChange={(open) => { if (!open) closeDialog(); }}>
      <Dialog.Portal>
        <Dialog.Backdrop className={dialog.scrim} />
        <Dialog.Popup className={styles.palette} aria-label={t('shell:palette.title')}>
          <Command label={t('shell:palette.title')} loop>
            <div className={styles.field}>
              <Icon of={Search} className="faint" />
              <Command.Input autoFocus placeholder={t('shell:palette.placeholder')} />
            </div>
            <Command.List className={styles.list}>
              <Command.Empty className={styles.empty}>{t('shell:palette.empty')}</Command.Empty>
              {offered.map((id) => {
                const action = actions[id];
                const group = t(`menus.${id.slice(0, id.indexOf('.')) as 'file'}`);
                const shortcut = shownShortcut(id);
                const label = paletteLabel(id, t(id), t);
                return (
                  <Command.Item key={id} value={id} keywords={[label, group, i18n.getFixedT('en', 'actions')(id)]} onSelect={() => choose(id)} className={styles.item}>
                    <span className={styles.icon}>{action.icon ? <Icon of={action.icon} size={14} /> : null}</span>
                    {label}
                    <span className={styles.group}>{group}</span>
                    {shortcut ? <Kbd>{shortcut}</Kbd> : <span />}
                  </Command.Item>
                );
              })}
            </Command.List>
          </Command>
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

/** '50 %' says nothing outside of its submenu: there the submenu's name goes first. */
function paletteLabel(id: ActionId, label: string, t: (key: 'clip.speed' | 'timeline.addTrack' | 'view.theme' | 'view.language') => string): string {
  if (/^clip\.(speed\d|reverse)/.test(id)) return `${t('clip.speed')}: ${label}`;
  if (/^timeline\.add\w+Track$/.test(id)) return `${t('timeline.addTrack')}: ${label}`;
  if (id === 'view.dark' || id === 'view.light') return `${t('view.theme')}: ${label}`;
  if (id === 'view.english' || id === 'view.chinese') return `${t('view.language')}: ${label}`;
  return label;
}
