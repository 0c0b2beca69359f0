import { Dialog } from '@base-ui/react/dialog';
import { Command } from 'cmdk';
import { Search } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { actionName } from '../actions/actionName.ts';
import { actionIds, actions, runAction, type ActionId } from '../actions/registry.ts';
import { shownShortcut } from '../actions/shortcuts.ts';
import { useEditor } from '../services/store.ts';
import { Icon } from '../ui/Icon.tsx';
import { Kbd } from '../ui/Kbd.tsx';
import dialog from '../ui/Dialog.module.css';
import styles from './CommandPalette.module.css';
import { closeDialog } from './closeDialog.ts';
import { paletteScore } from './paletteScore.ts';

/** The actions that can run now and match the search, best first. */
function useOfferedActions(search: string) {
  const { t, i18n } = useTranslation('actions');
  const english = i18n.getFixedT('en', 'actions');
  const state = useEditor.getState();
  return actionIds
    .filter((id) => {
      const action = actions[id];
      return !action.keyOnly && !action.hidden?.(state) && (action.enabled?.(state) ?? true);
    })
    .map((id) => {
      const group = t(`menus.${id.slice(0, id.indexOf('.')) as 'file'}`);
      const label = actionName(id, t);
      const score = search === '' ? 1 : paletteScore(search, [label, group, english(id), wordsOfId(id)]);
      return { id, group, label, score };
    })
    .filter((row) => row.score > 0)
    .toSorted((a, b) => b.score - a.score);
}

/** Finds and runs any action by name. Actions that cannot run now are left out; English names always match. */
export function CommandPalette() {
  const { t } = useTranslation('shell');
  const [search, setSearch] = useState('');
  const [chosen, setChosen] = useState('');
  const list = useRef<HTMLDivElement>(null);
  const offered = useOfferedActions(search);
  const best = offered[0]?.id ?? '';
  // cmdk's own filter keeps the previous scroll and choice: each search starts at its best match
  useEffect(() => {
    setChosen(best);
    if (list.current) list.current.scrollTop = 0;
  }, [search, best]);
  const choose = (id: ActionId) => {
    closeDialog();
    // after the dialog has returned the focus: an action may open another dialog or move the focus itself
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
        <Dialog.Popup className={styles.palette} aria-label={t('palette.title')}>
          <Command label={t('palette.title')} loop shouldFilter={false} value={chosen} onValueChange={setChosen}>
            <div className={styles.field}>
              <Icon of={Search} className="faint" />
              <Command.Input
                autoFocus
                placeholder={t('palette.placeholder')}
                value={search}
                onValueChange={setSearch}
              />
            </div>
            <Command.List ref={list} className={styles.list}>
              <Command.Empty className={styles.empty}>{t('palette.empty')}</Command.Empty>
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

/** 'view.chinese' as 'view chinese', so that English names of languages match too. */
function wordsOfId(id: ActionId): string {
  return id.replaceAll('.', ' ').replace(/[A-Z]/g, (letter) => ` ${letter}`);
}
