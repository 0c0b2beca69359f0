import { i18n, type Language } from '../i18n/i18n.ts';
import { setPreferences } from './preferences.ts';
import { useEditor } from './store.ts';

/** Writes theme and language onto the page, where CSS and screen readers look for them. */
export function showAppearance(): void {
  const { theme, language } = useEditor.getState();
  document.documentElement.dataset.theme = theme;
  document.documentElement.lang = language === 'zh' ? 'zh-CN' : 'en';
}

/** Switches the theme and remembers it. */
export function setTheme(theme: 'dark' | 'light'): void {
  useEditor.setState({ theme });
  setPreferences({ theme });
  showAppearance();
}

/** Switches the language and remembers it. */
export function setLanguage(language: Language): void {
  useEditor.setState({ language });
  setPreferences({ language });
  void i18n.changeLanguage(language);
  showAppearance();
}
