import { expect, test } from 'vitest';
import { cleanPrompt, unknownWords } from './text.ts';

const vocabulary = new Set(['rain', 'footsteps', 'gravel', 'walk', 'forest']);

test('a prompt is lower-cased, collapsed and cut', () => {
  expect(cleanPrompt('  Heavy\n RAIN  ')).toBe('heavy rain');
  expect(cleanPrompt('x'.repeat(10_000))).toHaveLength(2000);
});

test('unknown words are named once, small words and known stems are not', () => {
  expect(unknownWords('The unicorn walks on gravel, walking in a Unicorn forest', vocabulary)).toEqual(['unicorn']);
  expect(unknownWords('雨 rain', vocabulary)).toEqual(['雨']);
});
