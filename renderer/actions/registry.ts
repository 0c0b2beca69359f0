/** All actions under their ids. */
import { useEditor } from '../services/store.ts';
import type { ActionDescriptor } from './action.ts';
import { aiActions } from './aiActions.ts';
import { clipActions } from './clipActions.ts';
import { editActions } from './editActions.ts';
import { fileActions } from './fileActions.ts';
import { helpActions } from './helpActions.ts';
import { playbackActions } from './playbackActions.ts';
import { timelineActions } from './timelineActions.ts';
import { viewActions } from './viewActions.ts';

const all = {
  ...fileActions,
  ...editActions,
  ...clipActions,
  ...timelineActions,
  ...aiActions,
  ...viewActions,
  ...playbackActions,
  ...helpActions,
} as const;

export type ActionId = keyof typeof all;

/** Every action by its id. */
export const actions: Readonly<Record<ActionId, ActionDescriptor>> = all;
/** Ids of all actions, in the order of the registry. */
export const actionIds = Object.keys(all) as ActionId[];

/** Whether a string is the id of an action. */
export function isActionId(id: string): id is ActionId {
  return Object.hasOwn(all, id);
}

/** Answers false when it is not shown or not enabled right now. */
export function runAction(id: ActionId): boolean {
  const action = actions[id];
  const state = useEditor.getState();
  if (action.hidden?.(state) || (action.enabled && !action.enabled(state))) return false;
  action.run();
  return true;
}
