/** Turns the user's sentence into the text encoder's tokens. */
import { Tokenizer } from '@huggingface/tokenizers';

/** The prompt in lower case with single spaces, cut to 2,000 characters. */
export function cleanPrompt(prompt: string): string {
  return prompt.normalize('NFC').replace(/\s+/gu, ' ').trim().slice(0, 2000).toLowerCase();
}

/** Tokens of a prompt and which of them are not padding, both [1, length]. */
export interface TokenIds {
  readonly ids: BigInt64Array;
  readonly mask: BigInt64Array;
}

/** Ids padded to `length`; an empty prompt is all padding. */
export function tokenise(tokenizerJson: string, prompt: string, length: number): TokenIds {
  const tokenizer = new Tokenizer(JSON.parse(tokenizerJson) as object, {});
  // training sentences have no apostrophes and the graph no embedding for one: "a vehicle's engine" becomes 'a vehicle
  // engine'
  const text = cleanPrompt(prompt).replace(/['’`´](?:s(?![\p{L}]))?/gu, '');
  const encoded = text === '' ? [] : tokenizer.encode(text, { add_special_tokens: false }).ids.slice(0, length);
  const ids = new BigInt64Array(length);
  const mask = new BigInt64Array(length);
  encoded.forEach((id, i) => {
    ids[i] = BigInt(id);
    mask[i] = 1n;
  });
  return { ids, mask };
}
