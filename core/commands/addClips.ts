import { clipSchema, type Clip } from '../document/schema.ts';
import { clipEnd } from '../document/query.ts';
import { rangesOverlap } from '../time/ticks.ts';
import type { Command } from './commands.ts';
import { clearRange, insertClip, openGap } from './shared/place.ts';
import {
  peek,
  requireFitsTrack,
  requireSequence,
  requireShape,
  requireTrack,
  requireUnlocked,
} from './shared/require.ts';
import { fitFades } from './shared/edges.ts';
import { refuse, valueName } from './refusal.ts';
import { tidySequence } from './shared/tidy.ts';

/** Puts clips on tracks; see `CommandParams` for the two modes. */
export const addClips: Command<'addClips'> = (draft, { sequenceId, clips, mode }) => {
  const sequence = requireSequence(draft, sequenceId);
  if (clips.length === 0) refuse('nothingToAdd');
  const known = new Set(peek(sequence).tracks.flatMap((track) => track.clips.map((clip) => clip.id)));
  const added = clips.map(({ trackId, clip }) => {
    const track = requireTrack(sequence, trackId);
    requireUnlocked(track);
    const checked: Clip = structuredClone(requireShape(clipSchema, clip, valueName('clip', { name: clip.name })));
    requireFitsTrack(draft, track, checked);
    if (known.has(checked.id)) refuse('clipThere', { clip: checked.name });
    known.add(checked.id);
    const listed = checked.generation?.takeIds ?? [];
    if (listed.some((takeId) => !draft.takes[takeId])) refuse('takeNotInProject', { clip: checked.name });
    fitFades(checked);
    return { track, clip: checked };
  });
  for (const [index, one] of added.entries()) {
    const other = added.find(
      (candidate, place) =>
        place > index && candidate.track.id === one.track.id && rangesOverlap(candidate.clip, one.clip),
    );
    if (other) refuse('overlap', { clip: one.clip.name, other: other.clip.name });
  }
  if (mode === 'insert') {
    const startTicks = Math.min(...added.map(({ clip }) => clip.startTicks));
    const endTicks = Math.max(...added.map(({ clip }) => clipEnd(clip)));
    openGap(sequence, new Set(added.map(({ track }) => track.id)), startTicks, endTicks - startTicks);
  }
  for (const { track, clip } of added) {
    if (mode === 'overwrite') clearRange(track, clip.startTicks, clipEnd(clip));
    insertClip(track, clip);
  }
  tidySequence(sequence);
};
