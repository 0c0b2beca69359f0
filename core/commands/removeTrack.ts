import type { Command } from './commands.ts';
import { requireSequence, requireTrack, requireUnlocked } from './shared/require.ts';
import { refuse } from './refusal.ts';
import { tidySequence } from './shared/tidy.ts';

/** Takes a track and its clips away. The last track of a kind stays: new material has to go somewhere. */
export const removeTrack: Command<'removeTrack'> = (draft, { sequenceId, trackId }) => {
  const sequence = requireSequence(draft, sequenceId);
  const track = requireTrack(sequence, trackId);
  requireUnlocked(track);
  if (sequence.tracks.filter((other) => other.kind === track.kind).length === 1) {
    refuse(track.kind === 'video' ? 'lastPictureTrack' : 'lastSoundTrack', { track: track.name });
  }
  sequence.tracks.splice(
    sequence.tracks.findIndex((other) => other.id === trackId),
    1,
  );
  tidySequence(sequence);
};
