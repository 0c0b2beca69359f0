import type { Draft } from '../../../services/aiDraft.ts';
import type { EditorState } from '../../../services/editor.ts';
import type { Goal } from '../goal.ts';

/** The current request of the panel's clip, if it generates from words or pictures. */
export function askedOf(goal: Goal | null) {
  const request = goal?.kind === 'takeOf' ? goal.place.clip.generation?.request : undefined;
  return request?.action === 'generate' ? request : null;
}

/** Whether there is a size to choose: edits have their source's. */
export const isOpen = (goal: Goal | null): boolean => goal?.kind === 'newClip' || askedOf(goal) !== null;

/** What the size may be multiplied by; null where there is nothing to choose: edits have their source's size. */
export function factorOf({ packs }: Pick<EditorState, 'packs'>, goal: Goal | null, packId: string | null): 4 | null {
  return isOpen(goal) ? (packs.find((pack) => pack.id === packId)?.video?.upscale ?? null) : null;
}

/** Factor for the pack's upscaler; null for none. Another take is as large as the clip's other takes. */
export function upscaleOf(
  state: Pick<EditorState, 'packs'>,
  goal: Goal | null,
  draft: Draft,
  packId: string | null,
): 4 | null {
  return (draft.upscale ?? Boolean(askedOf(goal)?.upscale)) ? factorOf(state, goal, packId) : null;
}
