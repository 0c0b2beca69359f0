/**
 * What the engine tells the user: a key and parameters, so that the window can word it in its own language. The
 * English text travels along: for the command line, for logs, and for a window that does not know the key.
 */
import { z } from 'zod';
import { sentences } from './sentences.ts';

type Areas = typeof sentences;

/** 'area.name' of each template in `sentences`. */
export type SentenceKey = { [A in keyof Areas]: `${A}.${keyof Areas[A] & string}` }[keyof Areas];

type TemplateOf<K> = K extends `${infer A}.${infer N}`
  ? A extends keyof Areas
    ? N extends keyof Areas[A]
      ? Areas[A][N]
      : never
    : never
  : never;

type NamesIn<T> = T extends `${string}{{${infer Name}}}${infer Rest}` ? Name | NamesIn<Rest> : never;

/** A word, a number, or a whole sentence inside another ('The pack X cannot be used: <reason>'). */
export type SentenceParam = string | number | Sentence;

type ParamsOf<K extends SentenceKey> = { readonly [Name in NamesIn<TemplateOf<K>>]: SentenceParam };

/** One thing to tell the user. */
export interface Sentence {
  /** 'area.name'; '' for words that exist in one language only, such as ffmpeg's own. */
  readonly key: string;
  readonly params: { readonly [name: string]: SentenceParam };
  /** The whole sentence in English. */
  readonly text: string;
}

/** What comes from disk or over the contract as a sentence. Nested at most a few levels deep, texts of bounded length. */
export const sentenceSchema: z.ZodType<Sentence> = z.object({
  key: z.string().max(100),
  params: z.record(
    z.string().max(60),
    z.union([z.string().max(20_000), z.number(), z.lazy((): z.ZodType<Sentence> => sentenceSchema)]),
  ),
  text: z.string().max(40_000),
});

type Args<K extends SentenceKey> = NamesIn<TemplateOf<K>> extends never ? [] : [params: ParamsOf<K>];

/** A sentence of the catalogue with its parameters filled in; which ones it needs is checked by type. */
export function sentence<K extends SentenceKey>(key: K, ...[params]: Args<K>): Sentence {
  const values: { readonly [name: string]: SentenceParam } = params ?? {};
  return { key, params: values, text: fill(templateOf(key), values) };
}

/** Words that exist in English only: another program's, or the system's. */
export function plainSentence(text: string): Sentence {
  return { key: '', params: {}, text };
}

function templateOf(key: SentenceKey): string {
  const [area, name] = key.split('.') as [keyof Areas, string];
  return (sentences[area] as { readonly [name: string]: string })[name] ?? key;
}

function fill(template: string, params: { readonly [name: string]: SentenceParam }): string {
  return template.replace(/\{\{(\w+)\}\}/g, (_, name: string) => {
    const value = params[name];
    return typeof value === 'object' ? value.text : String(value ?? '');
  });
}
