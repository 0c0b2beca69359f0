import { newId } from '../document/create.ts';
import { clipsAtTick } from '../document/query.ts';
import type { Command } from './commands.ts';
import { splitOnTrack } from './shared/place.ts';
import { linkedIds, peek, requireOpenClips, requireSequence, requireTicks } from './shared/require.ts';
import { refuse } from './refusal.ts';
import { tidySequence } from './shared/tidy.ts';

/** Cuts clips in two at a tick. The rights of linked clips are linked among themselves. */
export const splitClips: Command<'splitClips'> = (draft, { sequenceId, clipIds, atTicks }) => {
  requireTicks(atTicks);
  const sequence = requireSequence(draft, sequenceId);
  const under = new Set(
    clipsAtTick(peek(sequence), atTicks)
      .filter(({ clip }) => clip.startTicks < atTicks)
      .map(({ clip }) => clip.id),
  );
  const named = linkedIds(sequence, clipIds).filter((id) => under.has(id));
  if (named.length === 0) refuse('nothingToSplit');
  const places = requireOpenClips(sequence, named);
  const links = new Map<string, string>();
  for (const { track, clip } of places) {
    const right = splitOnTrack(track, clip, atTicks);
    if (right.linkId === null) continue;
    const link = links.get(right.linkId) ?? newId();
    links.set(right.linkId, link);
    right.linkId = link;
  }
  tidySequence(sequence);
};
