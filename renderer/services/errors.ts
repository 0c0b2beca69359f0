import { toFailure } from '../../core/contract/errors.ts';
import type { Sentence } from '../../core/contract/sentence.ts';
import type { GenerationFailure } from '../../core/document/schema.ts';
import { i18n } from '../i18n/i18n.ts';
import { failureWords, noticeText } from './noticeWords.ts';
import type { Notice } from './editor.ts';
import { useEditor } from './store.ts';

/** A sentence of the engine in the user's language; English where a translation is missing. */
export function sentenceText({ key, params, text }: Sentence): string {
  if (key === '' || i18n.language === 'en' || !i18n.exists(`engine:${key}`)) return text;
  const values = Object.entries(params).map(([name, value]) => [
    name,
    typeof value === 'object' ? sentenceText(value) : value,
  ]);
  // the catalogue's keys are the engine's, not typed here
  return String(i18n.t(`engine:${key}` as never, Object.fromEntries(values) as never));
}

/** The words for a failure. Where only English exists, a Chinese user reads the kind of failure and the file's name. */
export function failureSentence(failure: GenerationFailure): string {
  if (failure.sentence !== undefined) return sentenceText(failure.sentence);
  const key = `common:failure.${failure.code}`;
  if (i18n.language !== 'zh' || failure.code === 'internal' || !i18n.exists(key)) return failure.message;
  const words = i18n.t(key as 'common:failure.notFound');
  const name = failure.path?.split(/[\\/]/).at(-1);
  return name ? `${name}：${words}` : words;
}

/** A notice in the user's language, with its count. */
export function noticeLine(notice: Notice): string {
  const text = noticeText(notice.words, failureSentence, sentenceText);
  return notice.count > 1 ? `${text} ×${notice.count}` : text;
}

/** For expected failures of something the user asked for: a notice that stays in the list. */
export function sayFailure(error: unknown): void {
  useEditor.getState().notify('error', failureWords(toFailure(error)));
}

/** Starts something asynchronous from a button or key; a failure becomes a notice. */
export function start(work: Promise<unknown>): void {
  work.catch(sayFailure);
}
