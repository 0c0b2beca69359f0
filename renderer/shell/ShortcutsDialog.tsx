import { RotateCcw } from 'lucide-react';
import { useEffect, useState, useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import { actionName } from '../actions/actionName.ts';
import { actionIds, actions, type ActionId } from '../actions/registry.ts';
import { menuIds } from '../actions/menus.ts';
import {
  formatShortcut,
  ownerOf,
  resetShortcuts,
  setShortcuts,
  shortcutFromEvent,
  shortcutsOf,
} from '../actions/shortcuts.ts';
import { onPreferences, preferences } from '../services/preferences.ts';
import { Button } from '../ui/Button.tsx';
import { classes } from '../ui/classes.ts';
import { Dialog } from '../ui/Dialog.tsx';
import { IconButton } from '../ui/IconButton.tsx';
import { Kbd } from '../ui/Kbd.tsx';
import { SearchField } from '../ui/SearchField.tsx';
import { closeDialog } from './closeDialog.ts';
import styles from './Dialogs.module.css';

/** Menus with their actions whose name or shortcut contains `search`; menus without any are left out. */
function matchingGroups(search: string, label: (id: ActionId) => string) {
  const wanted = search.trim().toLowerCase();
  const matches = (id: ActionId) =>
    label(id).toLowerCase().includes(wanted) ||
    shortcutsOf(id).some((keys) => formatShortcut(keys).toLowerCase().includes(wanted));
  return menuIds
    .map((group) => ({ group, ids: actionIds.filter((id) => id.startsWith(`${group}.`) && matches(id)) }))
    .filter(({ ids }) => ids.length > 0);
}

/** The action that waits for new keys, null when none does, and why the last keys were refused. */
function useShortcutChange() {
  const { t } = useTranslation('shell');
  const { t: tActions } = useTranslation('actions');
  const [changing, setChanging] = useState<ActionId | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  useEffect(() => {
    if (!changing) return;
    // capture: neither the dialog nor the actions may see these keys
    const onKey = (event: KeyboardEvent) => {
      event.preventDefault();
      event.stopPropagation();
      if (event.key === 'Escape') return setChanging(null);
      const keys = shortcutFromEvent(event);
      if (!keys) return;
      const owner = ownerOf(keys, changing);
      if (owner) return setProblem(t('shortcuts.taken', { name: actionName(owner, tActions) }));
      setShortcuts(changing, [keys, ...(actions[changing].shortcuts ?? []).slice(1)]);
      setProblem(null);
      setChanging(null);
    };
    window.addEventListener('keydown', onKey, true);
    return () => window.removeEventListener('keydown', onKey, true);
  }, [changing, t, tActions]);
  const change = (id: ActionId) => {
    setProblem(null);
    setChanging(id);
  };
  return { changing, problem, change };
}

/** Every shortcut by menu; clicking one waits for new keys. */
export function ShortcutsDialog() {
  const { t } = useTranslation(['shell', 'common', 'actions']);
  const { t: tActions } = useTranslation('actions');
  const custom = useSyncExternalStore(onPreferences, () => preferences().shortcuts);
  const [search, setSearch] = useState('');
  const { changing, problem, change } = useShortcutChange();
  const groups = matchingGroups(search, (id) => actionName(id, tActions));
  return (
    <Dialog
      open
      onClose={closeDialog}
      title={t('shortcuts.title')}
      closeLabel={t('common:close')}
      width={640}
      height={640}
      foot={
        <>
          <span className={classes('small', 'grow', problem ? styles.problem : 'faint')} role="status">
            {problem ?? t('shortcuts.hint')}
          </span>
          <Button disabled={Object.keys(custom).length === 0} onClick={() => resetShortcuts()}>
            {t('shortcuts.resetAll')}
          </Button>
        </>
      }
    >
      <div className={styles.toolbar}>
        <SearchField
          className="grow"
          label={t('shortcuts.search')}
          clearLabel={t('common:clearSearch')}
          value={search}
          onChange={setSearch}
        />
      </div>
      {groups.map(({ group, ids }) => (
        <section key={group} aria-label={t(`actions:menus.${group}`)}>
          <h3 className={styles.group}>{t(`actions:menus.${group}`)}</h3>
          {ids.map((id) => (
            <ShortcutRow key={id} id={id} custom={id in custom} changing={changing === id} change={change} />
          ))}
        </section>
      ))}
      {search.trim() === '' ? <PointerKeys /> : null}
    </Dialog>
  );
}

interface ShortcutRowProps {
  readonly id: ActionId;
  /** The user has changed the shortcut. */
  readonly custom: boolean;
  readonly changing: boolean;
  readonly change: (id: ActionId) => void;
}

function ShortcutRow({ id, custom, changing, change }: ShortcutRowProps) {
  const { t } = useTranslation('shell');
  const { t: tActions } = useTranslation('actions');
  const label = actionName(id, tActions);
  return (
    <div className={styles.shortcut}>
      <span className="cut">{label}</span>
      <button
        type="button"
        className={classes(styles.keys, changing && styles.pressing)}
        aria-label={t('shortcuts.change', { name: label })}
        onClick={() => change(id)}
      >
        {changing ? (
          t('shortcuts.press')
        ) : shortcutsOf(id).length === 0 ? (
          <span className="faint small">{t('shortcuts.unset')}</span>
        ) : (
          shortcutsOf(id).map((keys) => <Kbd key={keys}>{formatShortcut(keys)}</Kbd>)
        )}
      </button>
      {custom ? (
        <IconButton icon={RotateCcw} size="s" label={t('shortcuts.reset')} onClick={() => resetShortcuts(id)} />
      ) : (
        <span />
      )}
    </div>
  );
}

const pointerRows = [
  ['trim', '', 'edge'],
  ['ripple', 'Shift', 'edge'],
  ['roll', 'Ctrl', 'cut'],
  ['slip', 'Ctrl Alt', 'clip'],
  ['slide', 'Shift Alt', 'clip'],
  ['insert', 'Alt', 'drop'],
  ['scrub', 'Shift', 'ruler'],
] as const;

/** What the modifiers do while the pointer drags; they cannot be changed. */
function PointerKeys() {
  const { t } = useTranslation('shell');
  return (
    <section aria-label={t('pointer.title')}>
      <h3 className={styles.group}>{t('pointer.title')}</h3>
      {pointerRows.map(([what, keys, how]) => (
        <div key={what} className={styles.shortcut}>
          <span className="cut">{t(`pointer.${what}`)}</span>
          <span className={styles.pointer}>
            {keys ? <Kbd>{keys}</Kbd> : null}
            <span className="small faint">{t(`pointer.${how}`)}</span>
          </span>
          <span />
        </div>
      ))}
    </section>
  );
}
