import { findClipIn } from '../document/query.ts';
import { requireTransitionFits } from './addTransition.ts';
import type { Command } from './commands.ts';
import { refuse } from './refusal.ts';
import { requireSequence, requireTicks, requireUnlocked } from './shared/require.ts';

/**
 * Sets how long a transition lasts, in ticks. Refuses 'transitionNotFound' and what `requireTransitionFits` refuses.
 */
export const setTransitionDuration: Command<'setTransitionDuration'> = (
  draft,
  { sequenceId, transitionId, durationTicks },
) => {
  requireTicks(durationTicks);
  const sequence = requireSequence(draft, sequenceId);
  for (const track of sequence.tracks) {
    const transition = track.transitions.find((candidate) => candidate.id === transitionId);
    if (!transition) continue;
    requireUnlocked(track);
    const from = findClipIn(sequence, transition.fromClipId);
    const to = findClipIn(sequence, transition.toClipId);
    if (from && to) requireTransitionFits(from.clip, to.clip, durationTicks);
    transition.durationTicks = durationTicks;
    return;
  }
  refuse('transitionNotFound');
};
