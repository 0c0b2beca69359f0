/** Words that say nothing, and stretches in which nobody speaks. Pure. */
import type { HeardWord } from '../contract/transcript.ts';
import { ticksPerSecond, type Ticks } from '../time/ticks.ts';

/** English, Chinese, German and French; 'ah' and 啊 mean something too often. */
const fillers = new Set([
  ...['um', 'umm', 'uh', 'uhh', 'uhm', 'er', 'erm', 'hm', 'hmm', 'mm', 'mmm', 'mhm'],
  ...['嗯', '呃', '额', '唔'],
  ...['äh', 'ähm', 'euh'],
]);

/** Whether a word, with its marks, only fills. */
export function isFiller(text: string): boolean {
  return fillers.has(text.toLowerCase().replace(/[\p{P}\s]+/gu, ''));
}

/** A pause this long is a silence; what is left of it at each side keeps sentences apart. */
const silenceTicks = 0.9 * ticksPerSecond;
const leftTicks = 0.25 * ticksPerSecond;

/** Between words, in order. */
export function silencesBetween(
  words: readonly Pick<HeardWord, 'fromTicks' | 'toTicks'>[],
): readonly { readonly fromTicks: Ticks; readonly toTicks: Ticks }[] {
  return words.slice(1).flatMap(({ fromTicks }, i) => {
    const ended = words[i]!.toTicks;
    return fromTicks - ended < silenceTicks ? [] : [{ fromTicks: ended + leftTicks, toTicks: fromTicks - leftTicks }];
  });
}
