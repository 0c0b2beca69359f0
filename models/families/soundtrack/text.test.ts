import { expect, test } from 'vitest';
import { cleanPrompt, tokenise } from './text.ts';

test('a prompt is lower-cased, collapsed and cut', () => {
  expect(cleanPrompt('  Heavy\n RAIN  ')).toBe('heavy rain');
  expect(cleanPrompt('x'.repeat(10_000))).toHaveLength(2000);
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
