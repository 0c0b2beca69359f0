import { toFailure } from '../../core/contract/errors.ts';
import type { GenerationFailure } from '../../core/document/schema.ts';
import { i18n } from '../i18n/i18n.ts';
import { useEditor } from './store.ts';

/** The sentence for a failure: the engine's own in English, in Chinese the code's words with the file's name. */
export function failureSentence(failure: GenerationFailure): string {
  const key = `common:failure.${failure.code}`;
  if (i18n.language !== 'zh' || failure.code === 'internal' || !i18n.exists(key)) return failure.message;
  const words = i18n.t(key as 'common:failure.notFound');
  const name = failure.path?.split(/[\\/]/).at(-1);
  return name ? `${name}：${words}` : words;
}

/** For expected failures of something the user asked for: a notice that stays in the list. */
export function sayFailure(error: unknown): void {
  useEditor.getState().notify('error', failureSentence(toFailure(error)));
}

/** Starts something asynchronous from a button or key; a failure becomes a notice. */
export function start(work: Promise<unknown>): void {
  work.catch(sayFailure);
}
