import { expect, it } from 'vitest';
import { optionWords } from './option.ts';
import { flags, seconds, text } from './filterValue.ts';

it('options mean the same after they crossed to another process', () => {
  const options = [
    ['x265-params', text('log-level=error:lossless=1')],
    ['movflags', flags('faststart', 'frag_keyframe')],
    ['t', seconds(1.5)],
    ['r', { num: 24, den: 1 }],
    ['crf', 14],
  ] as const;
  expect(optionWords(structuredClone(options))).toEqual(optionWords(options));
  expect(optionWords(options)).toContain('log-level=error:lossless=1');
});
