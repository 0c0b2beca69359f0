/** What a notice says: kept as key and parameters, put into words when it is shown, in the language of that moment. */
import type { CommandName } from '../../core/commands/commands.ts';
import type { GenerationFailure } from '../../core/document/schema.ts';
import { i18n } from '../i18n/i18n.ts';
import type { Sentence } from '../../core/contract/sentence.ts';

/** Keys of i18n that notices use; `noticeWords.test.ts` holds them to both languages. */
export const noticeKeys = [
  'shell:noCut',
  'shell:exported',
  'shell:matchSequence',
  'commands:heldCrossfade',
  'commands:noTrackForSource',
  'models:added',
  'models:removed',
  'models:soundFont.installed',
  'models:soundFont.removed',
  'shell:morphSearch',
] as const;
export type NoticeKey = (typeof noticeKeys)[number];

export type NoticeWords =
  | { readonly kind: 'words'; readonly key: NoticeKey; readonly params: Readonly<Record<string, string | number>> }
  | { readonly kind: 'failure'; readonly failure: GenerationFailure }
  /** A file that was refused at import, and why. */
  | { readonly kind: 'notImported'; readonly failure: GenerationFailure }
  /** A command that was refused, and the reason as the document gives it. */
  | { readonly kind: 'refusal'; readonly command: CommandName; readonly reason: Sentence }
  /** A sentence of the engine. */
  | { readonly kind: 'sentence'; readonly sentence: Sentence }
  /** Words that exist in one language only. */
  | { readonly kind: 'text'; readonly text: string };

/** The text of a notice as a translation key with its parameters. */
export function words(key: NoticeKey, params: Readonly<Record<string, string | number>> = {}): NoticeWords {
  return { kind: 'words', key, params };
}

/** The text of a notice about a failure. */
export function failureWords(failure: GenerationFailure): NoticeWords {
  return { kind: 'failure', failure };
}

/** The words as they are shown now. */
export function noticeText(
  said: NoticeWords,
  failureSentence: (failure: GenerationFailure) => string,
  sentenceText: (sentence: Sentence) => string,
): string {
  switch (said.kind) {
    case 'words':
      return String(i18n.t(said.key as never, said.params as never));
    case 'failure':
      return failureSentence(said.failure);
    case 'notImported':
      return i18n.t('shell:notImported', { reason: failureSentence(said.failure) });
    case 'refusal':
      return i18n.t('shell:refusal', {
        command: i18n.t(`commands:${said.command}`),
        reason: sentenceText(said.reason),
      });
    case 'sentence':
      return sentenceText(said.sentence);
    case 'text':
      return said.text;
  }
}
