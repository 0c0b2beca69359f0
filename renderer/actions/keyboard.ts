/** One listener for all shortcuts. */
import { createKeybindingsHandler } from 'tinykeys';
import { onPreferences } from '../services/preferences.ts';
import { focusedByKeyboard, watchFocusOrigin } from './focusOrigin.ts';
import { actionIds, actions, runAction, type ActionId } from './registry.ts';
import { shortcutsOf } from './shortcuts.ts';

const textInputs = new Set(['text', 'search', 'number', 'url', 'email', 'password', '']);

function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.isContentEditable || target instanceof HTMLTextAreaElement) return true;
  return target instanceof HTMLInputElement && textInputs.has(target.type);
}

/** Open menus, lists and dialogs have the keys to themselves. */
function isCaught(target: EventTarget | null): boolean {
  return (
    target instanceof Element &&
    target.closest('[role="menu"], [role="listbox"]:not([data-shares-keys]), [role="dialog"], [role="alertdialog"]') !==
      null
  );
}

const pressable =
  'button, a[href], summary, [role="button"], [role="switch"], [role="checkbox"], [role="radio"], [role="tab"], ' +
  '[role="menuitem"], [role="combobox"], input[type="checkbox"], input[type="radio"]';

const isPress = (event: KeyboardEvent) =>
  (event.key === ' ' || event.key === 'Enter') && !event.ctrlKey && !event.metaKey && !event.altKey && !event.shiftKey;

/**
 * Space or Enter on a control that was clicked, not reached by keyboard. It must not press the control again: the hand
 * went back to the keys to play.
 */
function repeatsClick(event: KeyboardEvent): boolean {
  const { target } = event;
  return (
    isPress(event) &&
    target instanceof Element &&
    !isTyping(target) &&
    !isCaught(target) &&
    target.matches(pressable) &&
    !focusedByKeyboard(target)
  );
}

/** Keys that a control reached by keyboard uses itself: Space presses it, arrows move in it. */
function belongsToControl(event: KeyboardEvent): boolean {
  const target = event.target;
  if (!(target instanceof HTMLElement) || event.ctrlKey || event.metaKey || event.altKey) return false;
  if (event.key === ' ' || event.key === 'Enter') return target.matches(pressable) && focusedByKeyboard(target);
  if (event.key.startsWith('Arrow') || event.key === 'Home' || event.key === 'End') {
    return (
      target.matches('input, [role="slider"], [role="tab"], [role="separator"], [role="menuitem"], [role="radio"]') ||
      (focusedByKeyboard(target) &&
        target.closest('[role="toolbar"], [role="tablist"], [role="group"] [aria-pressed]') !== null)
    );
  }
  return false;
}

/** Whether an action may run for a key event, given what has the focus. */
export function mayRun(id: ActionId, event: KeyboardEvent): boolean {
  if (event.defaultPrevented || event.isComposing) return false;
  const action = actions[id];
  if (isCaught(event.target)) return false;
  if (isTyping(event.target)) return action.whileTyping === true;
  return !belongsToControl(event);
}

function bindings(): Record<string, (event: KeyboardEvent) => void> {
  const map: Record<string, (event: KeyboardEvent) => void> = {};
  for (const id of actionIds) {
    for (const keys of shortcutsOf(id)) {
      map[keys] = (event) => {
        if (!mayRun(id, event) || (event.repeat && actions[id].once)) return;
        const ran = runAction(id);
        // an action that cannot run now still keeps the browser from its own: Ctrl+S must never save the page
        if (ran || event.ctrlKey || event.metaKey) event.preventDefault();
      };
    }
  }
  return map;
}

/** Returns the function that stops listening. Changed shortcuts take effect immediately. */
export function listenToKeys(): () => void {
  let handler = createKeybindingsHandler(bindings());
  const onKey = (event: Event) => handler(event as KeyboardEvent);
  const onPress = (event: KeyboardEvent) => {
    if (!repeatsClick(event)) return;
    if (event.type === 'keydown') handler(event);
    // a button is pressed on key down by Enter, on key up by Space
    event.preventDefault();
    event.stopPropagation();
    // else a key press would draw the focus ring; Tab still goes on from here
    if (event.target instanceof HTMLElement) event.target.blur();
  };
  window.addEventListener('keydown', onKey);
  window.addEventListener('keydown', onPress, true);
  window.addEventListener('keyup', onPress, true);
  const stopWatching = watchFocusOrigin();
  const stop = onPreferences(() => {
    handler = createKeybindingsHandler(bindings());
  });
  return () => {
    window.removeEventListener('keydown', onKey);
    window.removeEventListener('keydown', onPress, true);
    window.removeEventListener('keyup', onPress, true);
    stopWatching();
    stop();
  };
}
