import type { TFunction } from 'i18next';

/** 'edited today, 14:32', 'yesterday', '18 November', and the year where it is another. */
export function editedWords(editedAt: string, now: Date, language: 'en' | 'zh', t: TFunction<'start'>): string {
  const date = new Date(editedAt);
  if (Number.isNaN(date.getTime())) return '';
  const locale = language === 'zh' ? 'zh-CN' : 'en-GB';
  const dayOf = (at: Date) => new Date(at.getFullYear(), at.getMonth(), at.getDate()).getTime();
  const days = Math.round((dayOf(now) - dayOf(date)) / 86_400_000);
  if (days === 0)
    return t('editedToday', { time: date.toLocaleTimeString(locale, { hour: '2-digit', minute: '2-digit' }) });
  if (days === 1) return t('yesterday');
  const sameYear = date.getFullYear() === now.getFullYear();
  return date.toLocaleDateString(locale, { day: 'numeric', month: 'long', ...(sameYear ? {} : { year: 'numeric' }) });
}
