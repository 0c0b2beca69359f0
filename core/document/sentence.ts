/** A sentence of the engine as it is kept and sent: core/contract/sentence.ts makes them. */
import { z } from 'zod';

/** A word, a number, or a whole sentence inside another ('The pack X cannot be used: <reason>'). */
export type SentenceParam = string | number | Sentence;

/** One thing to tell the user. */
export interface Sentence {
  /** 'area.name'; '' for words that exist in one language only, such as ffmpeg's own. */
  readonly key: string;
  readonly params: { readonly [name: string]: SentenceParam };
  /** The whole sentence in English. */
  readonly text: string;
}

/** A sentence from disk or from the contract: texts of bounded length. */
export const sentenceSchema: z.ZodType<Sentence> = z.object({
  key: z.string().max(100),
  params: z.record(
    z.string().max(60),
    z.union([z.string().max(20_000), z.number(), z.lazy((): z.ZodType<Sentence> => sentenceSchema)]),
  ),
  text: z.string().max(40_000),
});
