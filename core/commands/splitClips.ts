import { newId } from '../document/create.ts';
import { clipEnd, withLinkedIds } from '../document/query.ts';
import type { Clip } from '../document/schema.ts';
import type { Command } from './commands.ts';
import { splitOnTrack } from './shared/place.ts';
import { refuse, requireOpenClips, requireSequence, requireTicks } from './shared/require.ts';
import { tidySequence } from './shared/tidy.ts';

/** Cuts clips in two at a tick. The rights of linked clips are linked among themselves. */
export const splitClips: Command<'splitClips'> = (draft, { sequenceId, clipIds, atTicks }) => {
  requireTicks(atTicks);
  const sequence = requireSequence(draft, sequenceId);
  const inside = (clip: Clip) => clip.startTicks < atTicks && atTicks < clipEnd(clip);
  const named = withLinkedIds(sequence, clipIds);
  const places = requireOpenClips(sequence, named.filter((id) => sequence.tracks.some((track) => track.clips.some((clip) => clip.id === id && inside(clip)))));
  if (places.length === 0) refuse('nothingToSplit', 'No clip lies under the cut.');
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
