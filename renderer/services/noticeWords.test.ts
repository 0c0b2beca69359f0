import { afterAll, expect, it } from 'vitest';
import { i18n, startI18n } from '../i18n/i18n.ts';
import { CommandRefused } from '../../core/commands/refusal.ts';
import { sentenceText } from './errors.ts';
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

it('a refused command is worded in the language of the moment, its reason too', async () => {
  const refusal = new CommandRefused('trackLocked', { track: 'Rain & wind' });
  const said = { kind: 'refusal', command: 'moveClips', reason: refusal.sentence } as const;
  const read = () => noticeText(said, (failure) => failure.message, sentenceText);
  await i18n.changeLanguage('en');
  expect(read()).toContain("The track 'Rain & wind' is locked.");
  await i18n.changeLanguage('zh');
  expect(read()).toContain('轨道“Rain & wind”已锁定。');
});
