import { Dialog } from '@base-ui/react/dialog';
import { Command } from 'cmdk';
import { Search } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { actionIds, actions, runAction, type ActionId } from '../actions/registry.ts';
import { shownShortcut } from '../actions/shortcuts.ts';
import { useEditor } from '../services/store.ts';
import { Icon } from '../ui/Icon.tsx';
import { Kbd } from '../ui/Kbd.tsx';
import dialog from '../ui/Dialog.module.css';
import styles from './CommandPalette.module.css';
import { closeDialog } from './closeDialog.ts';
import { paletteScore } from './paletteScore.ts';

/** Every action by name. What cannot be done right now is not offered. English words find it in Chinese too. */
export function CommandPalette() {
  const { t, i18n } = useTranslation(['actions', 'shell']);
  const [search, setSearch] = useState('');
  const [chosen, setChosen] = useState('');
  const list = useRef<HTMLDivElement>(null);
  const state = useEditor.getState();
  const offered = actionIds
    .filter((id) => {
      const action = actions[id];
      return !action.keyOnly && !action.hidden?.(state) && (action.enabled?.(state) ?? true);
    })
    .map((id) => {
      const group = t(`menus.${id.slice(0, id.indexOf('.')) as 'file'}`);
      const label = paletteLabel(id, t(id), t);
      return {
        id,
        group,
        label,
        score:
          search === '' ? 1 : paletteScore(search, [label, group, i18n.getFixedT('en', 'actions')(id), wordsOfId(id)]),
      };
    })
    .filter((row) => row.score > 0)
    .toSorted((a, b) => b.score - a.score);
  const best = offered[0]?.id ?? '';
  // cmdk's own filter keeps the scroll and the choice of the search before: each search begins at its best match
  useEffect(() => {
    setChosen(best);
    if (list.current) list.current.scrollTop = 0;
  }, [search, best]);
  const choose = (id: ActionId) => {
    closeDialog();
    // after the dialog has given the focus back: an action may open another, or move the focus itself
    setTimeout(() => runAction(id), 0);
  };
  return (
    <Dialog.Root
      open
      onOpenChange={(open) => {
        if (!open) closeDialog();
      }}
    >
      <Dialog.Portal>
        <Dialog.Backdrop className={dialog.scrim} />
        <Dialog.Popup className={styles.palette} aria-label={t('shell:palette.title')}>
          <Command label={t('shell:palette.title')} loop shouldFilter={false} value={chosen} onValueChange={setChosen}>
            <div className={styles.field}>
              <Icon of={Search} className="faint" />
              <Command.Input
                autoFocus
                placeholder={t('shell:palette.placeholder')}
                value={search}
                onValueChange={setSearch}
              />
            </div>
            <Command.List ref={list} className={styles.list}>
              <Command.Empty className={styles.empty}>{t('shell:palette.empty')}</Command.Empty>
              {offered.map(({ id, group, label }) => {
                const action = actions[id];
                const shortcut = shownShortcut(id);
                return (
                  <Command.Item key={id} value={id} onSelect={() => choose(id)} className={styles.item}>
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

/** 'view.chinese' as 'view chinese': a language is found by its English name too. */
function wordsOfId(id: ActionId): string {
  return id.replaceAll('.', ' ').replace(/[A-Z]/g, (letter) => ` ${letter}`);
}

/** '50 %' says nothing outside of its submenu: there the submenu's name goes first. */
function paletteLabel(
  id: ActionId,
  label: string,
  t: (key: 'clip.speed' | 'timeline.addTrack' | 'view.theme' | 'view.language') => string,
): string {
  if (/^clip\.(speed\d|reverse)/.test(id)) return `${t('clip.speed')}: ${label}`;
  if (/^timeline\.add\w+Track$/.test(id)) return `${t('timeline.addTrack')}: ${label}`;
  if (id === 'view.dark' || id === 'view.light') return `${t('view.theme')}: ${label}`;
  if (id === 'view.english' || id === 'view.chinese') return `${t('view.language')}: ${label}`;
  return label;
}
