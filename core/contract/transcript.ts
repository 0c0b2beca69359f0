/** What is said in a media file, word by word. Kept in this machine's cache; corrections are in the document. */
import { z } from 'zod';

/** Another version is computed again. */
export const transcriptVersion = 1;

const ticks = z.number().int().safe().nonnegative();
/** A code of the model's, 'en'. */
export const languageSchema = z.string().regex(/^[a-z]{2,3}$/);

const wordSchema = z.object({
  /** With the marks that stand at it. */
  text: z.string().min(1).max(200),
  /** Whether a space stands before it. */
  spaced: z.boolean(),
  fromTicks: ticks,
  toTicks: ticks,
  /** How sure the model is of it, 0..1. */
  probability: z.number().min(0).max(1),
});
/** A word with its time in the file. */
export type HeardWord = Readonly<z.infer<typeof wordSchema>>;

/** As kept on disk. Times in ticks of the file. */
export const transcriptSchema = z.object({
  version: z.literal(transcriptVersion),
  packId: z.string().max(64),
  /** What was asked for; null: found out. */
  askedLanguage: languageSchema.nullable(),
  language: languageSchema,
  /** In order. */
  words: z.array(wordSchema).max(1_000_000),
  /** Where the model repeated itself or was unsure at every try. */
  doubtful: z.array(z.object({ fromTicks: ticks, toTicks: ticks })).max(100_000),
});
/** As `transcriptSchema`. */
export type Transcript = Readonly<z.infer<typeof transcriptSchema>>;
