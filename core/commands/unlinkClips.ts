import type { Command } from './commands.ts';
import { requireOpenClips, requireSequence } from './shared/require.ts';
import { tidySequence } from './shared/tidy.ts';

/** Frees the named clips; a clip that would remain alone in the link is freed too. */
export const unlinkClips: Command<'unlinkClips'> = (draft, { sequenceId, clipIds }) => {
  const sequence = requireSequence(draft, sequenceId);
  for (const { clip } of requireOpenClips(sequence, clipIds)) clip.linkId = null;
  tidySequence(sequence);
};
