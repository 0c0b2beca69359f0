/** The tokens of a Whisper model in order, from any of the files that packages put beside it. */
import { z } from 'zod';
import { BadModelFile } from './modelListing.ts';

const text = z.string().max(2000);
const listSchema = z.array(text).max(200_000);
/** tokenizer.json of Hugging Face's tokenizers: the byte-pair model's own tokens and those added to them. */
const tokenizerSchema = z.object({
  model: z.object({ vocab: z.record(text, z.number().int().nonnegative().max(200_000)) }),
  added_tokens: z
    .array(z.object({ id: z.number().int().nonnegative().max(200_000), content: text }))
    .max(10_000)
    .optional(),
});

/** Names of the files that tokens are read from, the best first. */
export const tokenFiles = ['vocabulary.txt', 'vocabulary.json', 'tokenizer.json'] as const;

/** Tokens of one of `tokenFiles` by its name. Throws BadModelFile. */
export function readTokens(name: (typeof tokenFiles)[number], content: string): readonly string[] {
  if (name === 'vocabulary.txt') return content.replace(/\r?\n$/, '').split(/\r?\n/);
  const json = parseJson(content, name);
  if (name === 'vocabulary.json') {
    const list = listSchema.safeParse(json);
    if (!list.success) throw new BadModelFile(`${name} is not a list of tokens`);
    return list.data;
  }
  const tokenizer = tokenizerSchema.safeParse(json);
  if (!tokenizer.success) throw new BadModelFile(`${name} is not a tokenizer's`);
  const { model, added_tokens: added = [] } = tokenizer.data;
  const tokens: string[] = [];
  for (const [token, id] of Object.entries(model.vocab)) tokens[id] = token;
  for (const { id, content: token } of added) tokens[id] = token;
  return Array.from(tokens, (token) => token ?? '');
}

function parseJson(content: string, name: string): unknown {
  try {
    return JSON.parse(content);
  } catch {
    throw new BadModelFile(`${name} is not JSON`);
  }
}
