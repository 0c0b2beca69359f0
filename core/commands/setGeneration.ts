import { generationRequestSchema } from '../actions/schema.ts';
import type { Command } from './commands.ts';
import { refuse, valueName } from './refusal.ts';
import { peek, requireOpenClip, requireSequence, requireShape } from './shared/require.ts';

/** What the AI is asked for; the takes there are stay. A new ask forgets the last failure. */
export const setGeneration: Command<'setGeneration'> = (draft, { sequenceId, clipId, request }) => {
  const { clip } = requireOpenClip(requireSequence(draft, sequenceId), clipId);
  if (request.prompt.length > 2000) {
    refuse('promptTooLong', { length: request.prompt.length.toLocaleString('en'), most: '2,000' });
  }
  const checked = structuredClone(requireShape(generationRequestSchema, request, valueName('request')));
  if (clip.generation) {
    clip.generation.request = checked;
    clip.generation.failure = null;
  } else {
    // takes that were made for it before (an ask that was undone while it ran) are its own again
    const takeIds = Object.values(peek(draft).takes)
      .filter((take) => take.clipId === clipId)
      .map((take) => take.id);
    clip.generation = { request: checked, takeIds, activeTakeId: null, failure: null };
  }
};
