/**
 * Every sentence the engine reports, in English. `{{name}}` is a parameter. The window has the same keys in Chinese
 * (renderer/i18n/zh/engine.json); a test holds the two to the same keys and parameters.
 */
import { requestSentences } from '../actions/refusal.ts';
import { commandSentences } from '../commands/refusal.ts';
import { ruleSentences } from '../document/brokenRules.ts';
import { engineSentences } from './sentences/engine.ts';
import { exportSentences } from './sentences/exports.ts';
import { ffmpegSentences } from './sentences/ffmpeg.ts';
import { fileSentences } from './sentences/files.ts';
import { cliSentences } from './sentences/cli.ts';
import { hostSentences } from './sentences/host.ts';
import { generationSentences } from './sentences/generation.ts';
import { jobSentences } from './sentences/jobs.ts';
import { joinSentences } from './sentences/joins.ts';
import { lookSentences } from './sentences/looks.ts';
import { maskSentences } from './sentences/masks.ts';
import { mediaSentences } from './sentences/media.ts';
import { packSentences } from './sentences/packs.ts';
import { projectSentences } from './sentences/projects.ts';
import { addSentences } from './sentences/add.ts';
import { removalSentences } from './sentences/removal.ts';
import { renderSentences } from './sentences/render.ts';
import { stageSentences } from './sentences/stage.ts';

/** area -> name -> template. */
export const sentences = {
  ...engineSentences,
  ...exportSentences,
  ...ffmpegSentences,
  ...fileSentences,
  ...hostSentences,
  ...cliSentences,
  ...generationSentences,
  ...jobSentences,
  ...joinSentences,
  ...lookSentences,
  ...maskSentences,
  ...mediaSentences,
  ...packSentences,
  ...projectSentences,
  ...addSentences,
  ...removalSentences,
  ...renderSentences,
  ...stageSentences,
  ...requestSentences,
  ...commandSentences,
  ...ruleSentences,
} as const;
