import type { Draft } from '../../../services/aiDraft.ts';
import type { EditorState } from '../../../services/editor.ts';
import type { Goal } from '../goal.ts';
import { askedOf, isOpen } from './upscale.ts';

/** Size of what the stage draws; null where it cannot: without a cast, from pictures, and in gaps. */
export function drawnSizeOf(
  { packs }: Pick<EditorState, 'packs'>,
  goal: Goal | null,
  draft: Draft,
  packId: string | null,
): { readonly width: number; readonly height: number } | null {
  const hasPicture = draft.firstFrame || draft.lastFrame || draft.settings.generate.references.length > 0;
  if (!isOpen(goal) || hasPicture) return null;
  return packs.find((pack) => pack.id === packId)?.video?.drawn ?? null;
}

/** Whether the stage draws it. Another take is made as the clip's other takes are, a new clip is drawn. */
export function isDrawn(
  state: Pick<EditorState, 'packs'>,
  goal: Goal | null,
  draft: Draft,
  packId: string | null,
): boolean {
  if (!drawnSizeOf(state, goal, draft, packId)) return false;
  const asked = askedOf(goal);
  return draft.drawn ?? (asked ? asked.drawn === true : true);
}
