import { afterAll, expect, it } from 'vitest';
import { i18n, startI18n } from '../i18n/i18n.ts';
import { noticeKeys, noticeText, words } from './noticeWords.ts';

await startI18n('en');
afterAll(() => i18n.changeLanguage('en'));

it('has words for every key in both languages', async () => {
  for (const language of ['en', 'zh']) {
    await i18n.changeLanguage(language);
    for (const key of noticeKeys) expect(i18n.exists(key), `${language} ${key}`).toBe(true);
  }
});

it('is worded in the language of the moment', async () => {
  const said = words('shell:exported', { name: 'film.mp4' });
  await i18n.changeLanguage('en');
  const english = noticeText(
    said,
    (failure) => failure.message,
    ({ text }) => text,
  );
  await i18n.changeLanguage('zh');
  const chinese = noticeText(
    said,
    (failure) => failure.message,
    ({ text }) => text,
  );
  expect(english).toContain('film.mp4');
  expect(chinese).toContain('film.mp4');
  expect(chinese).not.toBe(english);
});
