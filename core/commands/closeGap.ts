import { gapAt } from '../document/query.ts';
import { endTicks } from '../time/ticks.ts';
import type { Command } from './commands.ts';
import { requireSequence, requireTrack, requireUnlocked } from './shared/require.ts';
import { ripple } from './shared/ripple.ts';
import { refuse } from './refusal.ts';
import { tidySequence } from './shared/tidy.ts';

/** Closes the gap of a track at a tick; later clips move earlier, with the clips linked to them. */
export const closeGap: Command<'closeGap'> = (draft, { sequenceId, trackId, atTicks }) => {
  const sequence = requireSequence(draft, sequenceId);
  const track = requireTrack(sequence, trackId);
  requireUnlocked(track);
  const gap = gapAt(track, atTicks) ?? refuse('noGap', { track: track.name });
  ripple(sequence, [{ trackId, fromTicks: endTicks(gap) }], -gap.durationTicks);
  tidySequence(sequence);
};
