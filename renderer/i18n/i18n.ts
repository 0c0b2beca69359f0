/**
 * Words in English and Chinese. One file a feature and language: `en/<feature>.json` and `zh/<feature>.json`, each a
 * namespace of its own: `const { t } = useTranslation('timeline')`, then `t('toolbar.blade')`; outside React
 * `i18n.t('timeline:toolbar.blade')`. Files are found by themselves at run time; for typed keys a new feature is also
 * named in `resources.ts`. `i18n.test.ts` holds both languages to the same keys.
 */
import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';

export type Language = 'en' | 'zh';
/** The languages of the editor, each with its own name for itself. */
export const languages: readonly { id: Language; name: string }[] = [
  { id: 'en', name: 'English' },
  { id: 'zh', name: '中文' },
];

const files = import.meta.glob<Record<string, unknown>>('./{en,zh}/*.json', { eager: true, import: 'default' });

function resources(): Record<string, Record<string, Record<string, unknown>>> {
  const found: Record<string, Record<string, Record<string, unknown>>> = {};
  for (const [path, words] of Object.entries(files)) {
    const [, language, feature] = /\.\/(\w+)\/(\w+)\.json$/.exec(path) ?? [];
    if (language && feature) (found[language] ??= {})[feature] = words;
  }
  return found;
}

/** The i18next instance, for code outside components. */
export const i18n = i18next;

/** Loads all resources and sets the first language; resolves when text can be translated. */
export async function startI18n(language: Language): Promise<void> {
  await i18next.use(initReactI18next).init({
    lng: language,
    fallbackLng: 'en',
    defaultNS: 'common',
    resources: resources() as never,
    interpolation: { escapeValue: false },
    returnNull: false,
  });
}
