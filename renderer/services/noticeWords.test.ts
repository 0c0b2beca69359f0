import { afterAll, expect, it } from 'vitest';
import { i18n, startI18n } from '../i18n/i18n.ts';
import { CommandRefused } from '../../core/commands/refusal.ts';
import { FailureError } from '../../core/contract/errors.ts';
import { sentence } from '../../core/contract/sentence.ts';
import { broken } from '../../core/document/brokenRules.ts';
import { failureSentence, sentenceText } from './errors.ts';
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

it('a sentence inside a sentence is in the language of the moment too', async () => {
  await i18n.changeLanguage('zh');
  const said = [
    sentence('project.breaksRule', { problem: broken('fadesTooLong', { clip: '海边' }) }),
    sentence('model.noStem', { name: '包', stem: sentence('stem.foley') }),
    sentence('device.forcedUnusable', { device: '显卡', reason: sentence('device.notHere') }),
    sentence('device.withoutHalf', { report: sentence('device.slower', { ms: '4', cpuMs: '2' }) }),
    sentence('export.noEncoder', {
      reasons: sentence('export.encoderReason', { name: '甲', reason: sentence('export.encoderTried', { ms: 3 }) }),
    }),
    sentence('generation.mediaGone', { id: '1' }),
    sentence('generation.inputTakeGone', { id: '1' }),
  ];
  for (const each of said) expect(sentenceText(each).replace(/CPU|ffmpeg/g, '')).not.toMatch(/[a-z]{2}/i);
});

it('a refused file is reported as not imported', async () => {
  const failure = new FailureError('damaged', sentence('media.empty', { name: 'roof.mp4' })).failure;
  const read = () => noticeText({ kind: 'notImported', failure }, failureSentence, sentenceText);
  await i18n.changeLanguage('en');
  expect(read()).toBe('Not imported: roof.mp4 is empty: it holds 0 bytes.');
  await i18n.changeLanguage('zh');
  expect(read()).toBe('未导入：“roof.mp4”为空（0 字节）。');
});
