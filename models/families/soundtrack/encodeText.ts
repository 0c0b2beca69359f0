/** Runs the text encoder. */
import type { SoundtrackFamily } from '../pack.ts';
import type { PipelineContext, Tensor } from '../pipeline.ts';
import { tokenise } from './text.ts';

/** The text encoder's output for a prompt, f32[1, L, D]. */
export async function encodeText(text: string, family: SoundtrackFamily, context: PipelineContext): Promise<Tensor> {
  const tokens = tokenise(await context.pack.readText(family.tokenizer), text, family.maxTextTokens);
  const encoder = await context.pack.session(family.graphs.textEncoder);
  const dims = [1, family.maxTextTokens];
  const out = await encoder.run({
    input_ids: { type: 'int64', data: tokens.ids, dims },
    attention_mask: { type: 'int64', data: tokens.mask, dims },
  });
  const states = out['encoder_hidden_states'];
  if (states?.type !== 'float32') throw new Error('the text encoder gave no encoder_hidden_states');
  return states;
}
