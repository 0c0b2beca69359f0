/** From the user's words to looks. Nothing is guessed: a word stands in the list of `looks.ts`, or has no effect. */
import { lookIds, lookKinds, looks, type LookId } from './looks.ts';

/** What the words ask for. */
export interface LookReading {
  /** In the order in which they are drawn. */
  readonly looks: readonly LookId[];
  /** Words of the prompt that chose a look, as written. */
  readonly used: readonly string[];
  /** Words without effect, as written. */
  readonly unused: readonly string[];
  /** Two looks of a kind, of which only one can be had; null = none. */
  readonly clash: readonly [LookId, LookId] | null;
}

// prettier-ignore
/** Words that only introduce a look, such as "make it": they are not reported as unused. */
const glue = new Set([
  'a', 'an', 'the', 'in', 'at', 'on', 'as', 'as if', 'of', 'to', 'with', 'and', 'by', 'into', 'like', 'it', 'is', 'be',
  'this', 'that', 'make', 'makes', 'turn', 'give', 'let', 'look', 'looks', 'style', 'styled', 'effect', 'please',
  'drawn', 'painted', 'painting', 'drawing', 'shot', 'clip', 'video', 'footage', 'picture', 'day', 'time',
]);
const chineseGlue = /[的地得了成为在把让变像一样风格效果画面视频请给它这个里中用做加上起来]/gu;
const negations = new Set(['no', 'not', 'without', 'non', "don't", 'dont', 'never', 'remove', 'less']);
const chineseNegations = ['不要', '没有', '去掉', '别', '无', '不'];

interface Phrase {
  readonly id: LookId;
  readonly words: readonly string[];
}

const phrases: readonly Phrase[] = lookIds
  .flatMap((id) => looks[id].words.map((words) => ({ id, words: words.split(' ') })))
  .toSorted((a, b) => b.words.length - a.words.length);
const chinesePhrases = lookIds
  .flatMap((id) => looks[id].chinese.map((word) => ({ id, word })))
  .toSorted((a, b) => b.word.length - a.word.length);

/** Reads a prompt in English, Chinese or both. */
export function readLooks(prompt: string): LookReading {
  const found: LookId[] = [];
  const used: string[] = [];
  const unused: string[] = [];
  for (const run of prompt.match(/\p{Script=Han}+/gu) ?? []) readChinese(run, found, used, unused);
  readEnglish(prompt.toLowerCase(), found, used, unused);
  const chosen = [...new Set(found)];
  return {
    looks: chosen.toSorted((a, b) => lookKinds.indexOf(looks[a].kind) - lookKinds.indexOf(looks[b].kind)),
    used: [...new Set(used)],
    unused: [...new Set(unused)],
    clash: clashOf(chosen),
  };
}

function readEnglish(prompt: string, found: LookId[], used: string[], unused: string[]): void {
  const words =
    prompt
      .replace(/[’]/g, "'")
      .match(/[\p{L}\p{N}&'-]+/gu)
      ?.filter((word) => !/\p{Script=Han}/u.test(word)) ?? [];
  for (let at = 0; at < words.length;) {
    const word = words[at]!;
    const phrase = phrases.find((each) => each.words.every((one, index) => words[at + index] === one));
    if (phrase) {
      found.push(phrase.id);
      used.push(phrase.words.join(' '));
      at += phrase.words.length;
      continue;
    }
    if (negations.has(word)) {
      // what is not wanted is not chosen: the word and what it denies have no effect
      const length = 1 + denied(words.slice(at + 1));
      unused.push(words.slice(at, at + length).join(' '));
      at += length;
      continue;
    }
    if (!glue.has(word)) unused.push(word);
    at += 1;
  }
}

/** Words that a negation takes with it: the next phrase, past articles. */
function denied(words: readonly string[]): number {
  const skipped = words.findIndex((word) => !glue.has(word));
  if (skipped < 0) return words.length;
  const rest = words.slice(skipped);
  const phrase = phrases.find((each) => each.words.every((one, index) => rest[index] === one));
  return skipped + (phrase?.words.length ?? 1);
}

function readChinese(text: string, found: LookId[], used: string[], unused: string[]): void {
  let unread = '';
  const flush = (): void => {
    const left = unread.replace(chineseGlue, '');
    if (left !== '') unused.push(left);
    unread = '';
  };
  const phraseAt = (at: number) => chinesePhrases.find(({ word }) => text.startsWith(word, at));
  for (let at = 0; at < text.length;) {
    const phrase = phraseAt(at);
    const negation = chineseNegations.find((word) => text.startsWith(word, at));
    if (phrase) {
      flush();
      found.push(phrase.id);
      used.push(phrase.word);
      at += phrase.word.length;
    } else if (negation) {
      flush();
      const length = negation.length + (phraseAt(at + negation.length)?.word.length ?? 0);
      unused.push(text.slice(at, at + length));
      at += length;
    } else {
      unread += text[at]!;
      at += 1;
    }
  }
  flush();
}

function clashOf(chosen: readonly LookId[]): readonly [LookId, LookId] | null {
  for (const [index, first] of chosen.entries()) {
    const second = chosen.slice(index + 1).find((other) => looks[other].kind === looks[first].kind);
    if (second) return [first, second];
  }
  return null;
}
