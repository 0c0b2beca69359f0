import { expect, test } from 'vitest';
import { withoutPlayers } from './orchestration.ts';
import { wordsWithoutEffect } from './readWords.ts';
import { cleanPrompt, tokenise, unknownWords } from './text.ts';

const vocabulary = new Set(['rain', 'footsteps', 'gravel', 'walk', 'forest']);

test('a prompt is lower-cased, collapsed and cut', () => {
  expect(cleanPrompt('  Heavy\n RAIN  ')).toBe('heavy rain');
  expect(cleanPrompt('x'.repeat(10_000))).toHaveLength(2000);
});

test('unknown words are named once, small words and known stems are not', () => {
  expect(unknownWords('The unicorn walks on gravel, walking in a Unicorn forest', vocabulary)).toEqual(['unicorn']);
  expect(unknownWords('雨 rain', vocabulary)).toEqual(['雨']);
});

test('an apostrophe is no token: the graph has no row for one', () => {
  const model = {
    type: 'WordPiece',
    unk_token: '[UNK]',
    continuing_subword_prefix: '##',
    max_input_chars_per_word: 40,
    vocab: { '[PAD]': 0, '[UNK]': 1, rain: 2, s: 3, "'": 4 },
  };
  const json = JSON.stringify({
    version: '1.0',
    truncation: null,
    padding: null,
    added_tokens: [],
    normalizer: { type: 'BertNormalizer', lowercase: true },
    pre_tokenizer: { type: 'BertPreTokenizer' },
    post_processor: null,
    decoder: null,
    model,
  });
  for (const written of ["the rain's", 'rain’s', "'rain'"])
    expect([...tokenise(json, written, 4).ids].filter((id) => id === 3n || id === 4n)).toEqual([]);
});

test('who plays is no sound; a player that is one as well stays', () => {
  const sounds = (word: string): boolean => ['engine', 'revving', 'leaves', 'bells', 'rain', 'vehicle'].includes(word);
  expect(withoutPlayers("an all-terrain vehicle's engine revving under a guitar", sounds)).toBe(
    "an all-terrain vehicle's engine revving",
  );
  expect(withoutPlayers('leaves rustling and twigs snapping under an orchestra', sounds)).toBe(
    'leaves rustling and twigs snapping',
  );
  expect(withoutPlayers('rain, slow piano and a violin', sounds)).toBe('rain');
  expect(withoutPlayers('church bells with an electric guitar', sounds)).toBe('church bells');
  expect(withoutPlayers('harpoon in the rain', sounds)).toBe('harpoon in the rain');
});

test('tempo and key, who plays and the mood have an effect: they are not told as unknown', () => {
  expect(wordsWithoutEffect('rain, calm piano in d minor at 90 bpm, zxqwv', new Set(['rain']))).toEqual(['zxqwv']);
});
