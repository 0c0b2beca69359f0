import { z } from 'zod';
import { sourceRefSchema } from '../../document/refs.ts';
import { requestBase } from '../requestBase.ts';

/** dB: at this, noise is turned down as far as the model can. */
export const wholeAttenuationDb = 100;

/** The same sound with a voice freed of its noise. */
export const cleanSpeechRequestSchema = z.object({
  action: z.literal('cleanSpeech'),
  ...requestBase,
  source: sourceRefSchema,
  /** Which of the file's sound streams; null = the first. */
  soundStream: z.number().int().min(0).max(9999).nullable(),
  /** Noise is turned down by at most this. */
  attenuationDb: z.number().min(1).max(wholeAttenuationDb),
});
export type CleanSpeechRequest = z.infer<typeof cleanSpeechRequestSchema>;
