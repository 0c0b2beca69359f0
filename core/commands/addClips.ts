import { clipSchema, type Clip } from '../document/schema.ts';
import { clipEnd } from '../document/query.ts';
import { rangesOverlap } from '../time/ticks.ts';
import type { Command } from './commands.ts';
import { clearRange, insertClip, openGap } from './shared/place.ts';
import {
  peek,
  refuse,
  requireFitsTrack,
  requireSequence,
  requireShape,
  requireTrack,
  requireUnlocked,
} from './shared/require.ts';
import { fitFades } from './shared/edges.ts';
import { tidySequence } from './shared/tidy.ts';

/** Puts clips on tracks; see `CommandParams` for the two modes. */
export const addClips: Command<'addClips'> = (draft, { sequenceId, clips, mode }) => {
  const sequence = requireSequence(draft, sequenceId);
  if (clips.length === 0) refuse('nothingNamed', 'There is no clip to add.');
  const known = new Set(peek(sequence).tracks.flatMap((track) => track.clips.map((clip) => clip.id)));
  const added = clips.map(({ trackId, clip }) => {
    const track = requireTrack(sequence, trackId);
    requireUnlocked(track);
    const checked: Clip = structuredClone(requireShape(clipSchema, clip, `The clip '${clip.name}'`));
    requireFitsTrack(draft, track, checked);
    if (known.has(checked.id)) refuse('idTaken', `The clip '${checked.name}' is already on the timeline.`);
    known.add(checked.id);
    const listed = checked.generation?.takeIds ?? [];
    if (listed.some((takeId) => !draft.takes[takeId]))
      refuse('takeNotFound', `The clip '${checked.name}' names a take that is not in the project.`);
    fitFades(checked);
    return { track, clip: checked };
  });
  for (const [index, one] of added.entries()) {
    const other = added.find(
      (candidate, place) =>
        place > index && candidate.track.id === one.track.id && rangesOverlap(candidate.clip, one.clip),
    );
    if (other) refuse('overlap', `'${one.clip.name}' and '${other.clip.name}' would overlap.`);
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
