/** Words with their times: attention says about when, the sound itself where a word next to a pause ends. */
import { alignTokens } from './alignTokens.ts';
import type { TokenStepper } from './graphs.ts';
import { splitWords, type SpelledWord } from './splitWords.ts';
import { placeEdges } from './placeEdges.ts';
import type { TokenTable } from './tokens.ts';
import { wordsRateHz } from './logMel.ts';

/** A word of a window; s from the window's beginning. */
export interface TimedWord extends SpelledWord {
  readonly fromSeconds: number;
  readonly toSeconds: number;
}

/** Seconds of one place of the encoder. */
const placeSeconds = 0.02;
/** No word is longer, whatever the attention says. */
const longestWordSeconds = 2;

/** What is said in a window, and how it sounds. */
export interface SaidInWindow {
  /** Text tokens only. */
  readonly tokens: readonly number[];
  readonly language: string;
  readonly table: TokenTable;
  readonly samples: Float32Array;
  /** As `placeEdges` takes it. */
  readonly lateSeconds: number;
}

/** `stepper` is at its start; `prompt`: what comes before the text, with 'no times' last. */
export async function timeWords(
  stepper: TokenStepper,
  prompt: readonly number[],
  { tokens, language, table, samples, lateSeconds }: SaidInWindow,
): Promise<readonly TimedWord[]> {
  if (tokens.length === 0) return [];
  const all = [...prompt, ...tokens, table.endOfText];
  const { align } = await stepper.step([all], [0]);
  const places = Math.min(align.dims[2] ?? 0, Math.ceil(samples.length / wordsRateHz / placeSeconds));
  // a row tells where the token after it is heard; the last one where the text ends
  const starts = alignTokens(align, prompt.length - 1, all.length - 1, places);
  const words = splitWords(tokens, language, table).map((word) => {
    const fromSeconds = starts[word.from]! * placeSeconds;
    const toSeconds = Math.max(fromSeconds + placeSeconds, starts[word.to]! * placeSeconds);
    return { ...word, fromSeconds, toSeconds };
  });
  return placeEdges(words, samples, lateSeconds).map((word) => ({
    ...word,
    toSeconds: Math.min(word.toSeconds, word.fromSeconds + longestWordSeconds),
  }));
}
