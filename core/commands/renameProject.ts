import { projectDocumentSchema } from '../document/schema.ts';
import type { Command } from './commands.ts';
import { valueName } from './refusal.ts';
import { requireShape } from './shared/require.ts';

/** The name on the title bar; the folder keeps its own. */
export const renameProject: Command<'renameProject'> = (draft, { name }) => {
  draft.name = requireShape(projectDocumentSchema.shape.name, name.trim(), valueName('name'));
};
