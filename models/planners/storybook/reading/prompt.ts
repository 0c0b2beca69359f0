/**
 * Rewrites a free sentence in words that the pack's text encoder has seen. Other words are left out and reported,
 * because noise makes a small model worse.
 */
import type { WordReading } from '../../../families/wordReading.ts';
import { chineseWords, translatePieces } from './chinese.ts';
import { isSilent } from './silent.ts';
import { synonyms } from './synonyms.ts';

/** The sentence in the pack's words, and what happened to each of the user's. */
export function rewritePrompt(prompt: string, vocabulary: ReadonlySet<string>): WordReading {
  const used = new Set<string>();
  const guessed = new Map<string, string>();
  const unused = new Set<string>();
  const out: string[] = [];
  for (const { word, spelled } of wordsOf(prompt)) {
    if (word === ',' || word === ':') {
      if (out.length > 0 && !/[,:]$/.test(out.at(-1)!)) out[out.length - 1] += word;
      continue;
    }
    const known = nearestKnownWord(word, vocabulary);
    if (known === null) {
      if (!isSilent(word)) unused.add(spelled);
      continue;
    }
    if (out.at(-1) !== known) out.push(known);
    if (isSilent(word)) continue;
    if (known === word || otherForms(word).includes(known)) used.add(spelled);
    else guessed.set(spelled, known);
  }
  return {
    text: fixArticles(out).join(' ').replace(/[,:]$/, ''),
    used: [...used],
    guessed: [...guessed].map(([word, takenFor]) => ({ word, takenFor })),
    unused: [...unused],
  };
}

/** Words, with inner hyphens and apostrophes, and the punctuation of the training captions. */
function wordsOf(prompt: string): { word: string; spelled: string }[] {
  return translatePieces(prompt, chineseWords).flatMap(({ text, source }) => {
    if (text === null) return [{ word: source, spelled: source }];
    const words = text.match(/[\p{L}\p{N}]+(?:['’-][\p{L}\p{N}]+)*|[,:]/gu) ?? [];
    return words.map((word) => ({ word: word.toLowerCase(), spelled: source ?? word }));
  });
}

/** The word itself, another form of it, or a listed synonym; null if there is none. */
export function nearestKnownWord(word: string, vocabulary: ReadonlySet<string>): string | null {
  if (vocabulary.has(word)) return word;
  for (const form of otherForms(word)) if (vocabulary.has(form)) return form;
  for (const base of [word, ...otherForms(word)]) {
    // Own keys only: 'constructor' is a word too.
    const candidates = Object.hasOwn(synonyms, base) ? synonyms[base]! : [];
    for (const candidate of candidates) if (vocabulary.has(candidate)) return candidate;
  }
  return null;
}

function otherForms(word: string): string[] {
  const forms = [`${word}s`, `${word}es`, `${word}ing`];
  if (word.endsWith('ies')) forms.push(`${word.slice(0, -3)}y`);
  if (word.endsWith('es')) forms.push(word.slice(0, -2));
  if (word.endsWith('s')) forms.push(word.slice(0, -1));
  if (word.endsWith('y')) forms.push(`${word.slice(0, -1)}ies`);
  for (const ending of ['ing', 'ed']) {
    if (!word.endsWith(ending) || word.length < ending.length + 3) continue;
    const stem = word.slice(0, -ending.length);
    forms.push(stem, `${stem}s`, `${stem}e`, `${stem}es`);
    if (stem.at(-1) === stem.at(-2)) forms.push(stem.slice(0, -1), `${stem.slice(0, -1)}s`);
  }
  return forms;
}

/** Fixes articles whose noun changed or is gone: 'a elephant' -> 'an elephant', 'a in' -> 'in'. */
function fixArticles(words: readonly string[]): string[] {
  return words.flatMap((word, i) => {
    if (word !== 'a' && word !== 'an') return [word];
    const next = words[i + 1];
    if (!next || /^(a|an|the|in|on|at|by|and|to|is)$/.test(next)) return [];
    return [/^[aeiou]/.test(next) ? 'an' : 'a'];
  });
}
