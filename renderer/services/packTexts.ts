/**
 * Texts of packs in the language of the window. A manifest is written in English, and any pack may be added:
 * `packsInChinese.json` has the texts of those that come with the editor, others are shown as they are written.
 */
import { useTranslation } from 'react-i18next';
import packsInChinese from '../i18n/packsInChinese.json' with { type: 'json' };

const inChinese: Readonly<Record<string, string>> = packsInChinese;

/** Puts a text of a pack's manifest into the language of the window. */
export function usePackText(): (text: string) => string {
  const { i18n } = useTranslation();
  const isChinese = i18n.language.startsWith('zh');
  return (text) => (isChinese ? (inChinese[text] ?? text) : text);
}
