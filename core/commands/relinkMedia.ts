import { mediaItemSchema } from '../document/schema.ts';
import type { Command } from './commands.ts';
import { refuse, valueName } from './refusal.ts';
import { requireShape } from './shared/require.ts';

/** Record: a file was found again, or replaced. */
export const relinkMedia: Command<'relinkMedia'> = (draft, { item }) => {
  if (!draft.media[item.id]) refuse('fileRemoved', { media: item.name });
  draft.media[item.id] = structuredClone(requireShape(mediaItemSchema, item, valueName('file', { name: item.name })));
};
