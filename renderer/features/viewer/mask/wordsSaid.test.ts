import { afterAll, beforeAll, expect, test } from 'vitest';
import { i18n, startI18n } from '../../../i18n/i18n.ts';
import { wordsSaid } from './wordsSaid.ts';
import type { WordsAnswer } from '../../../../core/contract/masks.ts';

const [cup, dog] = [
  { en: 'cup', zh: '杯子' },
  { en: 'dog', zh: '狗' },
];
const said = async (answer: WordsAnswer, language: 'en' | 'zh'): Promise<string> => {
  await i18n.changeLanguage(language);
  return wordsSaid(answer, i18n.getFixedT(language, 'viewer'), language);
};
beforeAll(() => startI18n('en'));
afterAll(() => i18n.changeLanguage('en'));

test('what was taken is named with how many were seen, and words without effect are not passed over', async () => {
  const answer: WordsAnswer = {
    outcome: 'taken',
    isExcept: true,
    things: [{ label: cup, seen: 3, taken: 1 }],
    unused: ['red'],
  };
  expect(await said(answer, 'en')).toBe('Selected everything but cup (1 of 3 seen). No effect: red.');
  expect(await said(answer, 'zh')).toContain('杯子（看到 3 个，选取 1 个）');
});

test('a refusal says what is seen instead, or all that could be asked for', async () => {
  const notSeen: WordsAnswer = { outcome: 'notSeen', label: dog, others: [{ label: cup, count: 2 }] };
  expect(await said(notSeen, 'en')).toBe('No dog seen here. Seen: cup (2).');
  const unknown: WordsAnswer = { outcome: 'unknown', words: ['unicorn'], known: [cup, dog] };
  expect(await said(unknown, 'en')).toBe('Not known: unicorn. Known are cup, dog.');
  expect(await said({ outcome: 'noSky', reason: 'indoors' }, 'zh')).toContain('室内');
});
