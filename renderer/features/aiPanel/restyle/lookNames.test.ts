import { beforeAll, expect, it } from 'vitest';
import { lookIds } from '../../../../core/actions/restyle/looks.ts';
import { startI18n } from '../../../i18n/i18n.ts';
import { lookWords, lookWordsIn } from './lookNames.ts';

beforeAll(() => startI18n('en'));

it('names that the gallery wrote follow the language of the window, there and back', () => {
  expect(lookWordsIn('zh', 'Oil painting, Snow')).toBe('油画、下雪');
  for (const id of lookIds) {
    const chinese = lookWords([id], 'zh');
    expect(lookWordsIn('en', chinese)).toBe(lookWords([id], 'en'));
    expect(lookWordsIn('zh', chinese)).toBe(chinese);
  }
});

it('words that somebody typed stay as they are', () => {
  for (const typed of ['', 'oil painting in the snow', 'Oil painting,Snow', 'Oil painting, please'])
    expect(lookWordsIn('zh', typed)).toBe(typed);
});
