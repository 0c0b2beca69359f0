/**
 * What the engine tells the user: a key and parameters, so that the window can word it in its own language. The
 * English text travels along: for the command line, for logs, and for a window that does not know the key.
 */
import { fillTemplate, type ParamsOf, type Sentence } from '../document/sentence.ts';
import { sentences } from './sentences.ts';

export { sentenceSchema, type Sentence, type SentenceParam } from '../document/sentence.ts';

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

/** A sentence of the catalogue with its parameters filled in; which ones it needs is checked by type. */
export function sentence<K extends SentenceKey>(key: K, ...[params]: ParamsOf<TemplateOf<K>>): Sentence {
  return anySentence(key, params ?? {});
}

/** The same for a key that is only known when it runs: its parameters are not checked. */
export function anySentence(key: SentenceKey, params: Sentence['params']): Sentence {
  return fillTemplate(key, templateOf(key), params);
}

/** Words that exist in English only: another program's, or the system's. */
export function plainSentence(text: string): Sentence {
  return { key: '', params: {}, text };
}

function templateOf(key: SentenceKey): string {
  const [area, name] = key.split('.') as [keyof Areas, string];
  return (sentences[area] as { readonly [name: string]: string })[name] ?? key;
}
