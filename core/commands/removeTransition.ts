import type { Command } from './commands.ts';
import { refuse } from './refusal.ts';
import { requireSequence, requireUnlocked } from './shared/require.ts';

/** Removes a transition from an unlocked track; its clips stay where they are. Refuses 'transitionNotFound'. */
export const removeTransition: Command<'removeTransition'> = (draft, { sequenceId, transitionId }) => {
  const track = requireSequence(draft, sequenceId).tracks.find((candidate) =>
    candidate.transitions.some((transition) => transition.id === transitionId),
  );
  if (!track) return refuse('transitionNotFound');
  requireUnlocked(track);
  track.transitions = track.transitions.filter((transition) => transition.id !== transitionId);
};
