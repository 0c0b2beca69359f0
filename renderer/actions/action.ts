/**
 * One descriptor an action: menus, buttons, context menus, shortcuts and the palette all read the same one. Its words
 * stand in i18n `actions.json` under its id ('edit.undo'). Shortcuts are written as tinykeys reads them.
 */
import type { IconType } from '../ui/Icon.tsx';
import type { EditorState } from '../services/editor.ts';

export interface ActionDescriptor {
  readonly icon?: IconType;
  /** Defaults; the user may change them. '$mod' is Ctrl, and Command on a Mac. The first is the one that is shown. */
  readonly shortcuts?: readonly string[];
  /**
   * Also works while a text field has the focus. Those with $mod do anyway, unless the field needs them (undo, copy).
   */
  readonly whileTyping?: boolean;
  /** Default: whenever it is shown. */
  readonly enabled?: (state: EditorState) => boolean;
  /** Makes it a check item. */
  readonly checked?: (state: EditorState) => boolean;
  /** Not shown anywhere: AI switched off. */
  readonly hidden?: (state: EditorState) => boolean;
  /** Left out of the palette: it only makes sense by its key. */
  readonly keyOnly?: boolean;
  /** A held key runs it once: it would only flicker. */
  readonly once?: boolean;
  readonly run: () => void;
}

/** Keeps the ids as literals, so that a wrong one does not compile. */
export function defineActions<const Id extends string>(
  actions: Readonly<Record<Id, ActionDescriptor>>,
): Readonly<Record<Id, ActionDescriptor>> {
  return actions;
}
