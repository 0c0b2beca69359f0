/** What a decoder may say next. After `ApplyTimestampRules` and the suppressed tokens of OpenAI's Whisper (MIT). */
import type { TokenTable } from './tokens.ts';

/** The rules of one text. */
export interface TokenRules {
  readonly table: TokenTable;
  /** Never said: brackets, notes, special tokens. */
  readonly suppressed: readonly number[];
  /** Not said first: a blank, the end. */
  readonly suppressedFirst: readonly number[];
  /** Whether sentences are given times; their words are timed by attention either way. */
  readonly timed: boolean;
}

/** The first time is at most this, in steps of 20 ms: 1 s. */
const latestFirstTime = 50;

/** Forbids by minus infinity, in place. `said`: the tokens so far, without the prompt. */
export function applyRules(logits: Float32Array, said: readonly number[], rules: TokenRules): void {
  const { table, suppressed, suppressedFirst, timed } = rules;
  const forbid = (from: number, to: number): void => void logits.fill(-Infinity, from, Math.max(from, to));
  for (const token of suppressed) if (token < logits.length) logits[token] = -Infinity;
  if (said.length === 0) for (const token of suppressedFirst) if (token < logits.length) logits[token] = -Infinity;
  forbid(table.endOfText + 1, table.firstTime);
  if (!timed) return forbid(table.firstTime, logits.length);
  timeRules(logits, said, table, forbid);
}

function timeRules(
  logits: Float32Array,
  said: readonly number[],
  { endOfText, firstTime }: TokenTable,
  forbid: (from: number, to: number) => void,
): void {
  if (said.length === 0) {
    forbid(0, firstTime);
    return forbid(firstTime + latestFirstTime + 1, logits.length);
  }
  const isTime = (token: number | undefined) => token !== undefined && token >= firstTime;
  const afterTime = isTime(said.at(-1));
  const afterPair = afterTime && (said.length < 2 || isTime(said.at(-2)));
  // times come in pairs: one ends a sentence, one begins the next
  if (afterTime) {
    if (afterPair) forbid(firstTime, logits.length);
    else forbid(0, endOfText);
  }
  const latest = said.findLast(isTime);
  if (latest !== undefined) forbid(firstTime, afterTime && !afterPair ? latest : latest + 1);
  // a time is due where all times together are likelier than any text
  if (logSum(logits, firstTime) > highest(logits, firstTime)) forbid(0, firstTime);
}

function highest(logits: Float32Array, end: number): number {
  let most = -Infinity;
  for (let i = 0; i < end; i++) if (logits[i]! > most) most = logits[i]!;
  return most;
}

/** Logarithm of the sum of exponentials from `start` on. */
export function logSum(logits: Float32Array, start = 0): number {
  let most = -Infinity;
  for (let i = start; i < logits.length; i++) if (logits[i]! > most) most = logits[i]!;
  if (most === -Infinity) return -Infinity;
  let sum = 0;
  for (let i = start; i < logits.length; i++) sum += Math.exp(logits[i]! - most);
  return most + Math.log(sum);
}
