/** What came of words that were to select something, in the window's language. */
import type { TFunction } from 'i18next';
import type { ThingLabel, WordsAnswer } from '../../../../core/contract/masks.ts';
import { assertNever } from '../../../../core/time/assertNever.ts';

/** One or two sentences. */
export function wordsSaid(said: WordsAnswer, t: TFunction<'viewer'>, language: 'en' | 'zh'): string {
  const list = (names: readonly string[]): string => names.join(language === 'zh' ? '、' : ', ');
  const nameOf = (label: ThingLabel): string => label[language];
  switch (said.outcome) {
    case 'taken': {
      const things = list(
        said.things.map(({ label, seen, taken }) => t('mask.words.thing', { name: nameOf(label), seen, taken })),
      );
      const taken = t(said.isExcept ? 'mask.words.takenExcept' : 'mask.words.taken', { things });
      return said.unused.length === 0 ? taken : `${taken} ${t('mask.words.unused', { words: list(said.unused) })}`;
    }
    case 'notSeen': {
      const none = t('mask.words.notSeen', { name: nameOf(said.label) });
      if (said.others.length === 0) return none;
      const others = list(said.others.map(({ label, count }) => t('mask.words.other', { name: nameOf(label), count })));
      return `${none} ${t('mask.words.others', { others })}`;
    }
    case 'tooFew':
      return t('mask.words.tooFew', { name: nameOf(said.label), count: said.count });
    case 'noOutline':
      return t('mask.words.noOutline', { name: nameOf(said.label) });
    case 'noSky':
      return t(`mask.words.noSky.${said.reason}`);
    case 'unknown':
      return t('mask.words.unknown', { words: list(said.words), known: list(said.known.map(nameOf)) });
    default:
      return assertNever(said);
  }
}
