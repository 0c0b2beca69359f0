import { findClip } from '../document/query.ts';
import { generationFailureSchema } from '../document/schema.ts';
import type { Command } from './commands.ts';
import { valueName } from './refusal.ts';
import { requireShape } from './shared/require.ts';

/** Record: the last attempt failed (or null: a new one began). For a clip that is gone there is nothing to say. */
export const setGenerationFailure: Command<'setGenerationFailure'> = (draft, { clipId, failure }) => {
  const clip = findClip(draft, clipId)?.clip;
  if (clip?.generation)
    clip.generation.failure = failure && requireShape(generationFailureSchema, failure, valueName('failure'));
};
