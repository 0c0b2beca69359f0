import type { Command } from './commands.ts';

export const setAiEnabled: Command<'setAiEnabled'> = (draft, { enabled }) => {
  draft.aiEnabled = enabled;
};
