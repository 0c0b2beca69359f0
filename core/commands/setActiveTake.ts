import type { Command } from './commands.ts';
import { refuse, requireOpenClip, requireSequence } from './shared/require.ts';

/** Chooses which take a clip shows; null goes back to the clip's own source. Refuses 'takeNotFound'. */
export const setActiveTake: Command<'setActiveTake'> = (draft, { sequenceId, clipId, takeId }) => {
  const { clip } = requireOpenClip(requireSequence(draft, sequenceId), clipId);
  const generation = clip.generation ?? refuse('noTakes', `'${clip.name}' has no takes.`);
  if (takeId !== null && !generation.takeIds.includes(takeId))
    refuse('takeNotFound', `The take is not one of '${clip.name}'.`);
  generation.activeTakeId = takeId;
};
