/**
 * A sentence for the user as it is kept and sent: a key and parameters, and the English text. core/contract/sentence.ts
 * makes the engine's, core/commands/refusal.ts the document's.
 */
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

type NamesIn<T> = T extends `${string}{{${infer Name}}}${infer Rest}` ? Name | NamesIn<Rest> : never;

/** What follows a key in a call: the parameters that its template names, or nothing. */
export type ParamsOf<Template> = [NamesIn<Template>] extends [never]
  ? []
  : [params: { readonly [Name in NamesIn<Template>]: SentenceParam }];

/** The sentence of a template: each `{{name}}` is filled in with the parameter as it is. */
export function fillTemplate(key: string, template: string, params: Sentence['params'] = {}): Sentence {
  const text = template.replace(/\{\{(\w+)\}\}/g, (_, name: string) => {
    const value = params[name];
    return typeof value === 'object' ? value.text : String(value ?? '');
  });
  return { key, params, text };
}
