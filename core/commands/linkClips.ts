import { newId } from '../document/create.ts';
import type { Command } from './commands.ts';
import { requireOpenClips, requireSequence } from './shared/require.ts';
import { refuse } from './refusal.ts';
import { tidySequence } from './shared/tidy.ts';

/** Ties clips together, out of whatever link they had. */
export const linkClips: Command<'linkClips'> = (draft, { sequenceId, clipIds }) => {
  const sequence = requireSequence(draft, sequenceId);
  const places = requireOpenClips(sequence, clipIds);
  if (places.length < 2) refuse('nothingToLink');
  const linkId = newId();
  for (const { clip } of places) clip.linkId = linkId;
  tidySequence(sequence);
};
