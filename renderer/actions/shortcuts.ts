/** Shortcuts of actions: defaults, the user's changes, and how they are displayed. */
import { parseKeybinding } from 'tinykeys';
import { preferences, setPreferences } from '../services/preferences.ts';
import { actionIds, actions, type ActionId } from './registry.ts';

const isMac = /Mac/.test(globalThis.navigator?.platform ?? '');

/** The keys of an action as they are now. */
export function shortcutsOf(id: ActionId): readonly string[] {
  return preferences().shortcuts[id] ?? actions[id].shortcuts ?? [];
}

/** Replaces the shortcuts of an action; an empty list removes them. */
export function setShortcuts(id: ActionId, keys: readonly string[]): void {
  setPreferences({ shortcuts: { ...preferences().shortcuts, [id]: keys } });
}

/** Restores the default shortcuts of one action, or of all without an id. */
export function resetShortcuts(id?: ActionId): void {
  if (id === undefined) return setPreferences({ shortcuts: {} });
  const { [id]: _gone, ...shortcuts } = preferences().shortcuts;
  setPreferences({ shortcuts });
}

/** One spelling for the same keys, so that they can be compared. */
export function normalShortcut(keys: string): string {
  return parseKeybinding(keys)
    .map(([mods, key]) => [...mods.map((mod) => mod.toLowerCase()).sort(), String(key).toLowerCase()].join('+'))
    .join(' ');
}

/** The action that has these keys, other than `except`. */
export function ownerOf(keys: string, except?: ActionId): ActionId | null {
  const wanted = normalShortcut(keys);
  return (
    actionIds.find((id) => id !== except && shortcutsOf(id).some((other) => normalShortcut(other) === wanted)) ?? null
  );
}

const keyNames: Readonly<Record<string, string>> = {
  arrowleft: '←',
  arrowright: '→',
  arrowup: '↑',
  arrowdown: '↓',
  space: 'Space',
  escape: 'Esc',
  delete: 'Del',
  backspace: '⌫',
  enter: '↵',
};
const macMods: Readonly<Record<string, string>> = { Control: '⌃', Alt: '⌥', Shift: '⇧', Meta: '⌘' };
const pcMods: Readonly<Record<string, string>> = { Control: 'Ctrl', Alt: 'Alt', Shift: 'Shift', Meta: 'Win' };

/** 'Ctrl Shift Z', '⇧⌘Z': for menus and tooltips. */
export function formatShortcut(keys: string): string {
  return parseKeybinding(keys)
    .map(([mods, key]) => {
      const order = ['Control', 'Alt', 'Shift', 'Meta'].filter((mod) => mods.includes(mod));
      const name = String(key);
      const shown =
        keyNames[name.toLowerCase()] ??
        name
          .replace(/^(Key|Digit)/, '')
          .toUpperCase()
          .replace(/^F(\d+)$/, 'F$1');
      return isMac
        ? order.map((mod) => macMods[mod]).join('') + shown
        : [...order.map((mod) => pcMods[mod]), shown].join(' ');
    })
    .join(', ');
}

/** The shortcut to show beside an action, or null. */
export function shownShortcut(id: ActionId): string | null {
  const [first] = shortcutsOf(id);
  return first === undefined ? null : formatShortcut(first);
}

/** As tinykeys writes them, from a key press; null while only modifiers are held. */
export function shortcutFromEvent(event: KeyboardEvent): string | null {
  if (['Control', 'Shift', 'Alt', 'Meta', 'Dead', 'Process'].includes(event.key)) return null;
  const mods = [
    (isMac ? event.metaKey : event.ctrlKey) && '$mod',
    isMac && event.ctrlKey && 'Control',
    !isMac && event.metaKey && 'Meta',
    event.altKey && 'Alt',
    event.shiftKey && 'Shift',
  ].filter(Boolean);
  // with Shift or Alt the key's letter depends on the layout: its place on the board does not
  const key =
    event.key === ' '
      ? 'Space'
      : /^[a-z]$/i.test(event.key)
        ? event.key.toLowerCase()
        : event.altKey || (event.shiftKey && /^Digit/.test(event.code))
          ? event.code
          : event.key;
  return [...mods, key].join('+');
}

/** Electron's spelling, for the system menu. */
export function acceleratorOf(id: ActionId): string | null {
  const [first] = shortcutsOf(id);
  if (first === undefined || first.includes(' ')) return null;
  const parts = first
    .split('+')
    .filter(Boolean)
    .map(
      (part) =>
        ({
          $mod: 'CmdOrCtrl',
          Control: 'Ctrl',
          ArrowLeft: 'Left',
          ArrowRight: 'Right',
          ArrowUp: 'Up',
          ArrowDown: 'Down',
        })[part] ?? part.replace(/^(Key|Digit)/, ''),
    );
  const key = first.endsWith('++') ? 'Plus' : undefined;
  return [...parts.map((part) => (part.length === 1 ? part.toUpperCase() : part)), ...(key ? [key] : [])].join('+');
}
