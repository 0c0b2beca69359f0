import { mediaItemSchema } from '../document/schema.ts';
import type { Command } from './commands.ts';
import { refuse, requireShape } from './shared/require.ts';

/** Record: a file was found again, or replaced. */
export const relinkMedia: Command<'relinkMedia'> = (draft, { item }) => {
  if (!draft.media[item.id]) refuse('mediaNotFound', `'${item.name}' is no longer in the project.`);
  draft.media[item.id] = structuredClone(requireShape(mediaItemSchema, item, `The file '${item.name}'`));
};
