import { mediaItemSchema } from '../document/schema.ts';
import type { Command } from './commands.ts';
import { valueName } from './refusal.ts';
import { requireShape } from './shared/require.ts';

/** Record: files came into the bin. */
export const addMedia: Command<'addMedia'> = (draft, { items }) => {
  for (const item of items)
    draft.media[item.id] = structuredClone(requireShape(mediaItemSchema, item, valueName('file', { name: item.name })));
};
