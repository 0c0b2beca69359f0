import { newId } from '../document/create.ts';
import { abut, transitionBetween } from '../document/query.ts';
import { maxTransitionTicks } from '../document/sources.ts';
import { secondsFromTicks } from '../time/ticks.ts';
import type { Command } from './commands.ts';
import { refuse } from './refusal.ts';
import { requireOpenClip, requireSequence, requireTicks } from './shared/require.ts';

/**
 * A crossfade centred on a cut. Each side uses its handle; where that is too short the edge frame is held
 * (`missingHandles`).
 */
export const addTransition: Command<'addTransition'> = (draft, { sequenceId, fromClipId, toClipId, durationTicks }) => {
  requireTicks(durationTicks);
  const sequence = requireSequence(draft, sequenceId);
  const from = requireOpenClip(sequence, fromClipId);
  const to = requireOpenClip(sequence, toClipId);
  if (from.track.id !== to.track.id || !abut(from.clip, to.clip)) {
    refuse('notAbutting', { left: from.clip.name, right: to.clip.name });
  }
  if (transitionBetween(from.track, fromClipId, toClipId)) refuse('transitionExists');
  requireTransitionFits(from.clip, to.clip, durationTicks);
  from.track.transitions.push({ id: newId(), kind: 'crossfade', fromClipId, toClipId, durationTicks });
};

/**
 * Refuses a transition without a length ('transitionWithoutLength') or one longer than the material allows
 * ('transitionTooLong').
 */
export function requireTransitionFits(
  from: Parameters<typeof maxTransitionTicks>[0],
  to: Parameters<typeof maxTransitionTicks>[1],
  durationTicks: number,
): void {
  const longest = maxTransitionTicks(from, to);
  if (durationTicks <= 0) refuse('transitionWithoutLength');
  if (durationTicks > longest) {
    refuse('transitionTooLong', { seconds: secondsFromTicks(longest).toFixed(2) });
  }
}
