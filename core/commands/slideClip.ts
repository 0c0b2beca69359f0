import { abut, clipEnd } from '../document/query.ts';
import { clipHandles } from '../document/sources.ts';
import type { Command } from './commands.ts';
import { fitFades, moveEnd, moveStart } from './shared/edges.ts';
import {
  clamp,
  linkedPlaces,
  minimumTicks,
  requireOpenClip,
  requireSequence,
  requireTicks,
  requireUnlocked,
} from './shared/require.ts';
import { snapTowards } from './shared/snap.ts';
import { refuse } from './refusal.ts';
import { tidySequence } from './shared/tidy.ts';

/**
 * Moves a clip between its neighbours: those that touch it give and take, gaps grow and shrink. Linked clips slide
 * along.
 */
export const slideClip: Command<'slideClip'> = (draft, { sequenceId, clipId, deltaTicks }) => {
  requireTicks(deltaTicks);
  const sequence = requireSequence(draft, sequenceId);
  const place = requireOpenClip(sequence, clipId);
  const frame = minimumTicks(sequence);
  const group = linkedPlaces(sequence, place.clip).map((member) => {
    const { track, clip, clipIndex } = member;
    requireUnlocked(track);
    return { clip, before: track.clips[clipIndex - 1] ?? null, after: track.clips[clipIndex + 1] ?? null };
  });
  const ids = new Set(group.map(({ clip }) => clip.id));
  let low = -Infinity;
  let high = Infinity;
  for (const { clip, before, after } of group) {
    if ((before && ids.has(before.id)) || (after && ids.has(after.id))) refuse('linkedNeighbour', { clip: clip.name });
    low = Math.max(
      low,
      before && abut(before, clip) ? frame - before.durationTicks : (before ? clipEnd(before) : 0) - clip.startTicks,
    );
    if (before && abut(before, clip)) high = Math.min(high, clipHandles(draft, before).tailTicks);
    if (after && abut(clip, after)) low = Math.max(low, -clipHandles(draft, after).headTicks);
    if (after)
      high = Math.min(high, abut(clip, after) ? after.durationTicks - frame : after.startTicks - clipEnd(clip));
  }
  const allowed = clamp(deltaTicks, Math.min(0, low), Math.max(0, high));
  const delta = allowed === deltaTicks ? deltaTicks : snapTowards(sequence, place.clip.startTicks, allowed);
  if (delta === 0) return;
  for (const { clip, before, after } of group) {
    if (before && abut(before, clip)) {
      moveEnd(before, delta);
      fitFades(before);
    }
    if (after && abut(clip, after)) {
      moveStart(after, delta);
      fitFades(after);
    }
    clip.startTicks += delta;
  }
  tidySequence(sequence);
};
