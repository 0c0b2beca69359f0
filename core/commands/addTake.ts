import { allClips, findClip } from '../document/query.ts';
import { takeSchema, type Clip, type Take } from '../document/schema.ts';
import type { Command } from './commands.ts';
import { requireShape } from './shared/require.ts';

/**
 * Record: a take arrived. It is kept for ever and becomes active on its clip, and on clips that ask for exactly the
 * same (the halves of a placeholder that was split while it was being made). A clip that is off the timeline learns of
 * it when an undo brings it back (shared/reconcile.ts), since the take names its clip.
 */
export const addTake: Command<'addTake'> = (draft, { take, clipId }) => {
  const checked: Take = { ...structuredClone(requireShape(takeSchema, take, 'The take')), clipId };
  draft.takes[take.id] ??= checked;
  const target = clipId === null ? null : (findClip(draft, clipId)?.clip ?? null);
  if (!target?.generation) return;
  const asked = JSON.stringify(target.generation.request);
  for (const clip of Object.values(draft.sequences).flatMap(allClips)) {
    if (clip.id === target.id || (clip.generation && JSON.stringify(clip.generation.request) === asked)) activate(clip, take.id);
  }
};

function activate(clip: Clip, takeId: string): void {
  if (!clip.generation || clip.generation.takeIds.includes(takeId)) return;
  clip.generation.takeIds.push(takeId);
  clip.generation.activeTakeId = takeId;
  clip.generation.failure = null;
}
