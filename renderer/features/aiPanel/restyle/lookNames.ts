/** Looks by the names that the gallery writes into the words. */
import { lookIds, looks, type LookId } from '../../../../core/actions/restyle/looks.ts';
import { i18n, languages, type Language } from '../../../i18n/i18n.ts';

/** A look's name in a language, with a capital where labels have one. */
export function lookName(id: LookId, language: Language): string {
  const [name] = language === 'zh' ? looks[id].chinese : looks[id].words;
  return name.slice(0, 1).toUpperCase() + name.slice(1);
}

const commaIn = (language: Language): string => i18n.getFixedT(language, 'aiPanel')('words.comma');

/** The words that ask for these looks, in a language. */
export function lookWords(ids: readonly LookId[], language: Language): string {
  return ids.map((id) => lookName(id, language)).join(commaIn(language));
}

/** Names that the gallery wrote in another language, in this one. What somebody typed otherwise stays as it is. */
export function lookWordsIn(language: Language, written: string): string {
  for (const { id: other } of languages) {
    if (other === language || written === '') continue;
    const ids = written.split(commaIn(other)).map((name) => lookIds.find((id) => lookName(id, other) === name));
    if (ids.every((id) => id !== undefined)) return lookWords(ids, language);
  }
  return written;
}
