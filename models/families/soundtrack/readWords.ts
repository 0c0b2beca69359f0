/** The user's words as the graphs take them, and those that nobody taught them. */
import type { SoundtrackFamily } from '../pack.ts';
import type { PipelineContext, Tensor } from '../pipeline.ts';
import type { PictureAnalysis } from './features.ts';
import { withoutMusicWishes } from './musicPlan.ts';
import { withoutPlayers } from './orchestration.ts';
import { isMoodWord, suggestSoundtrackPrompt } from './suggest.ts';
import { cleanPrompt, tokenise, unknownWords } from './text.ts';

/** f32 [1, L, D] */
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

/**
 * Words of a cleaned prompt that are neither sounds nor ways for music to go: in no training sentence, and heard by
 * nothing else.
 */
export function wordsWithoutEffect(cleaned: string, vocabulary: ReadonlySet<string>): string[] {
  return unknownWords(withoutMusicWishes(cleaned), vocabulary).filter((word) => !isMoodWord(word));
}

/** What the model will read, and the words nobody taught it. Without a usable word the picture speaks. */
export async function readPrompt(
  request: { readonly prompt: string },
  picture: PictureAnalysis | null,
  family: SoundtrackFamily,
  context: PipelineContext,
): Promise<{ text: string; unknown: string[] }> {
  const asked = withoutMusicWishes(cleanPrompt(request.prompt));
  if (asked === '') return { text: suggestSoundtrackPrompt(picture), unknown: [] };
  if (family.vocabulary === undefined) return { text: asked, unknown: [] };
  const vocabulary: ReadonlySet<string> = new Set((await context.pack.readText(family.vocabulary)).split(/\r?\n/));
  const words = asked.match(/[\p{L}\p{N}]+/gu) ?? [];
  const heard = words.some((word) => vocabulary.has(word) && word.length > 2);
  const sounds = withoutPlayers(asked, (word) => vocabulary.has(word)) || asked;
  return {
    text: heard ? sounds : `${asked}, ${suggestSoundtrackPrompt(picture)}`,
    unknown: wordsWithoutEffect(asked, vocabulary),
  };
}
