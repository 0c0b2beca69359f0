import { allClips, findClip } from '../document/query.ts';
import { takeSchema, type Clip, type Take } from '../document/schema.ts';
import type { Command } from './commands.ts';
import { valueName } from './refusal.ts';
import { peek, requireShape } from './shared/require.ts';

/**
 * Record: a take arrived. It is kept for ever and becomes active on its clip, and on clips that ask for exactly the
 * same (the halves of a placeholder that was split while it was being made). A clip that is off the timeline learns of
 * it when an undo brings it back (shared/reconcile.ts), since the take names its clip.
 */
export const addTake: Command<'addTake'> = (draft, { take, clipId }) => {
  const checked: Take = { ...structuredClone(requireShape(takeSchema, take, valueName('take'))), clipId };
  draft.takes[take.id] ??= checked;
  const document = peek(draft);
  const target = clipId === null ? null : (findClip(document, clipId)?.clip ?? null);
  if (!target?.generation) return;
  const asked = JSON.stringify(target.generation.request);
  for (const clip of Object.values(document.sequences).flatMap(allClips)) {
    if (clip.generation && (clip.id === target.id || JSON.stringify(clip.generation.request) === asked)) {
      activate(findClip(draft, clip.id)!.clip, take.id);
    }
  }
};

function activate(clip: Clip, takeId: string): void {
  if (!clip.generation || clip.generation.takeIds.includes(takeId)) return;
  clip.generation.takeIds.push(takeId);
  clip.generation.activeTakeId = takeId;
  clip.generation.failure = null;
}
