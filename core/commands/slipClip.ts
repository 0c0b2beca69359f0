import { availableRange, clipHandles, toSourceTicks } from '../document/sources.ts';
import type { Command } from './commands.ts';
import { refuse } from './refusal.ts';
import {
  clamp,
  linkedPlaces,
  requireOpenClip,
  requireSequence,
  requireTicks,
  requireUnlocked,
} from './shared/require.ts';

/**
 * Shows later (positive) or earlier source material in the same place, as far as there is any; linked clips slip along.
 */
export const slipClip: Command<'slipClip'> = (draft, { sequenceId, clipId, deltaTicks }) => {
  requireTicks(deltaTicks);
  const sequence = requireSequence(draft, sequenceId);
  const place = requireOpenClip(sequence, clipId);
  const group = linkedPlaces(sequence, place.clip).filter(({ clip }) => availableRange(draft, clip) !== null);
  if (group.length === 0) refuse('nothingToSlip', { clip: place.clip.name });
  let low = -Infinity;
  let high = Infinity;
  for (const { track, clip } of group) {
    requireUnlocked(track);
    const handles = clipHandles(draft, clip);
    // handles are counted on the timeline: of a reversed clip, earlier material is at the tail
    low = Math.max(low, -(clip.reversed ? handles.tailTicks : handles.headTicks));
    high = Math.min(high, clip.reversed ? handles.headTicks : handles.tailTicks);
  }
  const delta = clamp(deltaTicks, Math.min(0, low), Math.max(0, high));
  for (const { clip } of group)
    clip.sourceInTicks = Math.max(0, clip.sourceInTicks + Math.sign(delta) * toSourceTicks(clip, Math.abs(delta)));
};
