/**
 * Every sentence the engine says, in English. `{{name}}` is a parameter. The window has the same keys in Chinese
 * (renderer/i18n/zh/engine.json); a test holds the two to the same keys and parameters.
 */
import { requestSentences } from '../actions/refusal.ts';
import { engineSentences } from './sentences/engine.ts';
import { hostSentences } from './sentences/host.ts';
import { packSentences } from './sentences/packs.ts';

/** area -> name -> template. */
export const sentences = {
  ...engineSentences,
  ...hostSentences,
  ...packSentences,
  ...requestSentences,
} as const;
