import type { Command } from './commands.ts';
import { refuse } from './refusal.ts';
import { requireOpenClip, requireSequence } from './shared/require.ts';

/** Chooses which take a clip shows; null goes back to the clip's own source. Refuses 'takeOfAnother'. */
export const setActiveTake: Command<'setActiveTake'> = (draft, { sequenceId, clipId, takeId }) => {
  const { clip } = requireOpenClip(requireSequence(draft, sequenceId), clipId);
  const generation = clip.generation ?? refuse('noTakes', { clip: clip.name });
  if (takeId !== null && !generation.takeIds.includes(takeId)) refuse('takeOfAnother', { clip: clip.name });
  generation.activeTakeId = takeId;
};
