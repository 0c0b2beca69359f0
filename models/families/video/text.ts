/** Tokenises and encodes a prompt. */
import { Tokenizer } from '@huggingface/tokenizers';
import type { VideoFamily } from '../pack.ts';
import type { PipelineContext, Tensor } from '../pipeline.ts';
import { required } from './latents.ts';

/** The text encoder's inputs. */
export interface TokenIds {
  /** i64[1, maxTextTokens]: the prompt's tokens, the end token, padding. */
  readonly ids: Tensor;
  readonly mask: Tensor;
}

const endSign = '</s>';

/** Reads the pack's tokenizer. */
export async function openTokenizer(family: VideoFamily, context: PipelineContext): Promise<Tokenizer> {
  const json = JSON.parse(await context.pack.readText(family.tokenizer)) as object;
  return new Tokenizer(json, { tokenizer_class: 'PreTrainedTokenizerFast' });
}

/** Tokens of a prompt, cut to maxTokens with the end token last; padding has id 0. */
export function tokenise(tokenizer: Tokenizer, prompt: string, maxTokens: number): TokenIds {
  const end = tokenizer.token_to_id(endSign);
  if (end === undefined) throw new Error('The pack\'s tokenizer has no "</s>".');
  const pieces = tokenizer.encode(prompt, { add_special_tokens: false }).ids.slice(0, maxTokens - 1);
  const ids = new BigInt64Array(maxTokens);
  const mask = new BigInt64Array(maxTokens);
  [...pieces, end].forEach((id, i) => {
    ids[i] = BigInt(id);
    mask[i] = 1n;
  });
  const dims = [1, maxTokens];
  return { ids: { type: 'int64', data: ids, dims }, mask: { type: 'int64', data: mask, dims } };
}

/** The text encoder's output, f32[1, maxTextTokens, D]; rows past the mask are zero. */
export async function encodeText(tokens: TokenIds, family: VideoFamily, context: PipelineContext): Promise<Tensor> {
  const session = await context.pack.session(family.graphs.textEncoder);
  const outputs = await session.run({ input_ids: tokens.ids, attention_mask: tokens.mask });
  return required(outputs, 'encoder_hidden_states');
}
