/** Words to captions of two short lines, as broadcasters have them. Pure. */
import type { HeardWord } from '../contract/transcript.ts';
import { ticksPerSecond, type Ticks } from '../time/ticks.ts';

/** One caption; its lines are parted by '\n'. */
export interface Caption {
  readonly text: string;
  readonly fromTicks: Ticks;
  readonly toTicks: Ticks;
}

/** Letters of a line: 42 of an alphabet, 16 of Chinese or Japanese, which are twice as wide. */
const lineLetters = { narrow: 42, wide: 16 };
const longestTicks = 6 * ticksPerSecond;
/** A caption ends where nobody speaks for as long. */
const pauseTicks = 0.7 * ticksPerSecond;
/** Shorter captions cannot be read; they stay while nothing follows. */
const shortestTicks = 1.2 * ticksPerSecond;
const sentenceEnd = /[.!?。！？…]["'”’」』)）]*$/u;
const clauseEnd = /[,;:，；：、—–]$/u;

/** In order, none over another. */
export function captionsOf(words: readonly HeardWord[]): readonly Caption[] {
  const groups: HeardWord[][] = [];
  for (const word of words) {
    const group = groups.at(-1);
    if (group && belongsTo(group, word)) group.push(word);
    else groups.push([word]);
  }
  return groups.map((group, i) => {
    const [first, last] = [group[0]!, group.at(-1)!];
    const next = groups[i + 1]?.[0]?.fromTicks ?? Infinity;
    return {
      text: inLines(group),
      fromTicks: first.fromTicks,
      toTicks: Math.max(last.toTicks, Math.min(next, first.fromTicks + shortestTicks)),
    };
  });
}

function belongsTo(group: readonly HeardWord[], word: HeardWord): boolean {
  const last = group.at(-1)!;
  if (word.fromTicks - last.toTicks >= pauseTicks) return false;
  if (word.toTicks - group[0]!.fromTicks > longestTicks) return false;
  const letters = textOfWords([...group, word]).length;
  const most = lineLettersOf(word.text);
  if (letters > 2 * most) return false;
  return !(sentenceEnd.test(last.text) || (clauseEnd.test(last.text) && letters > 1.4 * most));
}

function lineLettersOf(text: string): number {
  return /[\u3000-\u9FFF\uAC00-\uD7AF\uFF00-\uFFEF]/u.test(text) ? lineLetters.wide : lineLetters.narrow;
}

/** Words as running text. */
export function textOfWords(words: readonly Pick<HeardWord, 'text' | 'spaced'>[]): string {
  return words.map(({ text, spaced }, i) => (spaced && i > 0 ? ` ${text}` : text)).join('');
}

/** Two lines of about the same length where one is too short. */
function inLines(words: readonly HeardWord[]): string {
  const whole = textOfWords(words);
  if (whole.length <= lineLettersOf(whole)) return whole;
  const breaks = words.slice(1).map((_, i) => {
    const lines = [textOfWords(words.slice(0, i + 1)), textOfWords(words.slice(i + 1))];
    return { text: lines.join('\n'), longer: Math.max(...lines.map((line) => line.length)) };
  });
  return breaks.reduce((best, each) => (each.longer < best.longer ? each : best), { text: whole, longer: Infinity })
    .text;
}
