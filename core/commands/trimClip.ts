import { clipEnd } from '../document/query.ts';
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
  roomAround,
} from './shared/require.ts';
import { ripple } from './shared/ripple.ts';
import { snapTowards } from './shared/snap.ts';
import { tidySequence } from './shared/tidy.ts';

/**
 * Sets one edge, as far as the source's ends, the neighbours (without ripple) and one frame's length allow. Linked
 * clips whose same edge stands at the same tick go along.
 */
export const trimClip: Command<'trimClip'> = (
  draft,
  { sequenceId, clipId, edge, toTicks, ripple: rippling, linked },
) => {
  requireTicks(toTicks);
  const sequence = requireSequence(draft, sequenceId);
  const place = requireOpenClip(sequence, clipId);
  const edgeTicks = edge === 'in' ? place.clip.startTicks : clipEnd(place.clip);
  const group = linked
    ? linkedPlaces(sequence, place.clip).filter(
        ({ clip }) => (edge === 'in' ? clip.startTicks : clipEnd(clip)) === edgeTicks,
      )
    : [place];
  let low = -Infinity;
  let high = Infinity;
  for (const { track, clip, clipIndex } of group) {
    requireUnlocked(track);
    const handles = clipHandles(draft, clip);
    const room = roomAround(track, clipIndex);
    const shortest = Math.max(0, clip.durationTicks - minimumTicks(sequence));
    if (edge === 'in') {
      low = Math.max(low, -handles.headTicks, rippling ? -Infinity : room.fromTicks - clip.startTicks);
      high = Math.min(high, shortest);
    } else {
      low = Math.max(low, -shortest);
      high = Math.min(high, handles.tailTicks, rippling ? Infinity : room.toTicks - clipEnd(clip));
    }
  }
  const wanted = toTicks - edgeTicks;
  const allowed = clamp(wanted, low, high);
  const delta = allowed === wanted ? wanted : snapTowards(sequence, edgeTicks, allowed);
  if (delta === 0) return;

  const growth = edge === 'in' ? -delta : delta;
  const held = new Set(group.map(({ clip }) => clip.id));
  const seeds = group.map(({ track, clip }) => ({ trackId: track.id, fromTicks: clipEnd(clip) }));
  if (rippling && growth > 0) ripple(sequence, seeds, growth, held);
  for (const { clip } of group) {
    const { startTicks } = clip;
    if (edge === 'in') moveStart(clip, delta);
    else moveEnd(clip, delta);
    // rippling at the head: the clip stays where it began, what follows closes up
    if (rippling && edge === 'in') clip.startTicks = startTicks;
    fitFades(clip);
  }
  if (rippling && growth < 0) ripple(sequence, seeds, growth, held);
  tidySequence(sequence);
};
