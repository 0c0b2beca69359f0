import type { Command } from './commands.ts';

/** Shows or hides everything that generates in this project. */
export const setAiEnabled: Command<'setAiEnabled'> = (draft, { enabled }) => {
  draft.aiEnabled = enabled;
};
