/** Speech to text with Whisper (Radford et al., 2022), a window at a time. */
import { decodeText, type DecodedText } from './decodeText.ts';
import { createStepper, hear, type DecoderShape, type HeardSound } from './graphs.ts';
import { wordsRateHz, type MelReader } from './logMel.ts';
import { logSum, type TokenRules } from './rules.ts';
import { timeWords, type TimedWord } from './timeWords.ts';
import { textOf, type TokenTable } from './tokens.ts';
import { samplesOf, type VoicedFrame } from './voicedSound.ts';
import type { GraphSession } from '../pipeline.ts';

/** A loaded model. */
export interface WordsModel {
  readonly encoder: GraphSession;
  readonly decoder: GraphSession;
  readonly shape: DecoderShape;
  readonly mel: MelReader;
  readonly table: TokenTable;
  readonly suppressed: readonly number[];
  readonly suppressedFirst: readonly number[];
  readonly textLength: number;
  /** As `placeEdges` takes it. */
  readonly lateSeconds: number;
}

/** How to listen. */
export interface RecogniseOptions {
  /** A code of the model's languages; null: found out by the first window that holds speech. */
  readonly language: string | null;
  readonly beams: number;
  random(): number;
  checkCancelled(): void;
}

/** What a window holds. */
export interface RecognisedWindow {
  readonly language: string;
  /** s from the window's beginning; `probability` 0..1, how sure the model is of its spelling. */
  readonly words: readonly (TimedWord & { readonly probability: number })[];
  /** The model repeated itself or was unsure at every try. */
  readonly isDoubtful: boolean;
}

/** Tried one after the other until the text neither repeats itself nor is a guess. Whisper's own. */
const temperatures = [0, 0.2, 0.4, 0.6, 0.8, 1];
/** Text that is compressed further repeats itself; a little over it only where the very words come again and again. */
const mostCompression = 2.4;
const loopCompression = 4;
const leastMeanLog = -1;
/** More likely than this, and unsure of the text: nobody speaks. */
const silentAbove = 0.6;

/** Reads one window of at most 30 s. */
export async function recognise(
  frames: readonly VoicedFrame[],
  model: WordsModel,
  options: RecogniseOptions,
): Promise<RecognisedWindow> {
  const { table } = model;
  const samples = samplesOf(frames);
  const heard = await hear(model.encoder, model.mel.read(samples), model.mel.bands);
  options.checkCancelled();
  const { silent, language } = await firstImpression(heard, model, options.language);
  const prompt = promptOf(table, language);
  const seconds = samples.length / wordsRateHz;
  const found = await decodeSurely(heard, prompt, model, options, seconds);
  if (found.meanLogProbability < leastMeanLog && silent > silentAbove)
    return { language, words: [], isDoubtful: false };
  const spoken = found.tokens
    .map((token, i) => ({ token, log: found.logProbabilities[i] ?? 0 }))
    .filter(({ token }) => token < table.endOfText);
  const timed = await timeWords(createStepper(model.decoder, heard, model.shape), [...prompt, table.noTimestamps], {
    tokens: spoken.map(({ token }) => token),
    ...{ language, table, samples, lateSeconds: model.lateSeconds },
  });
  const words = timed.map((word) => ({ ...word, probability: meanOf(spoken.slice(word.from, word.to)) }));
  return { language, words, isDoubtful: found.isDoubtful };
}

function meanOf(tokens: readonly { readonly log: number }[]): number {
  return Math.exp(tokens.reduce((sum, { log }) => sum + log, 0) / Math.max(1, tokens.length));
}

function promptOf(table: TokenTable, language: string): readonly number[] {
  const code = table.languages.get(language);
  return code === undefined ? [table.start] : [table.start, code, table.transcribe];
}

/** How likely nobody speaks, and the language, by the first token. */
async function firstImpression(
  heard: HeardSound,
  { decoder, shape, table }: WordsModel,
  wanted: string | null,
): Promise<{ readonly silent: number; readonly language: string }> {
  const { logits } = await createStepper(decoder, heard, shape).step([[table.start]], [0]);
  const first = logits[0]!;
  const silent = Math.exp(first[table.noSpeech]! - logSum(first));
  if (wanted !== null) return { silent, language: wanted };
  let [language, most] = ['en', -Infinity];
  for (const [code, token] of table.languages) if (first[token]! > most) [language, most] = [code, first[token]!];
  return { silent, language };
}

/** Tries again by chance what repeats itself or is a guess; the last resort is the least bad try. */
async function decodeSurely(
  heard: HeardSound,
  prompt: readonly number[],
  model: WordsModel,
  options: RecogniseOptions,
  seconds: number,
): Promise<DecodedText & { readonly isDoubtful: boolean }> {
  const { table, suppressed, suppressedFirst, textLength, decoder, shape } = model;
  const rules: TokenRules = { table, suppressed, suppressedFirst, timed: true };
  // nobody says more; a loop ends here
  const mostTokens = Math.min(Math.floor(textLength / 2), 24 + Math.ceil(14 * seconds));
  let least: { readonly text: DecodedText; readonly compression: number } | null = null;
  for (const temperature of temperatures) {
    const stepper = createStepper(decoder, heard, shape);
    const text = await decodeText(stepper, prompt, rules, { ...options, temperature, mostTokens });
    const compression = await compressionOf(textOf(text.tokens, table));
    const isLoop = compression > (endsInLoop(text.tokens) ? mostCompression : loopCompression);
    if (!isLoop && text.meanLogProbability >= leastMeanLog) return { ...text, isDoubtful: temperature > 0.5 };
    if (!least || badness(text, compression) < badness(least.text, least.compression)) least = { text, compression };
  }
  return { ...least!.text, isDoubtful: true };
}

/** Whether the end is one sequence of tokens three times or more, over at least a dozen tokens. */
export function endsInLoop(tokens: readonly number[]): boolean {
  for (let length = 1; length * 3 <= tokens.length; length++) {
    let same = 0;
    while (same + length < tokens.length && tokens.at(-1 - same) === tokens.at(-1 - same - length)) same++;
    if (same >= 2 * length && same + length >= 12) return true;
  }
  return false;
}

function badness({ meanLogProbability }: DecodedText, compression: number): number {
  return Math.max(0, compression - mostCompression) * 2 - meanLogProbability;
}

/** How many times as long a text is as its compressed form. */
async function compressionOf(text: string): Promise<number> {
  const bytes = new TextEncoder().encode(text);
  const packed = new Response(new Blob([bytes]).stream().pipeThrough(new CompressionStream('deflate')));
  return bytes.length / Math.max(1, (await packed.arrayBuffer()).byteLength);
}
