/** Reads a prompt's words: which ones the model uses, which are guesses, which have no effect. */
import type { GuessedWord, WordReading } from '../../families/wordReading.ts';
import { moodOfWord, type CalledMood } from './moodWords.ts';
import { withoutMusicWishes } from './musicWords.ts';
import { playersNamed, withoutPlayers } from './playerWords.ts';

/** Words without meaning here, which appear in none of the three lists. */
const smallWords: ReadonlySet<string> = new Set(
  (
    'a an the of on in at with and or to from by is are was were be then while into over under some we hear sound ' +
    'sounds it its his her their near very for as no not'
  ).split(' '),
);
/** Words that announce music, or introduce the words that describe it. */
const musicWords: ReadonlySet<string> = new Set(
  'music song melody tune tempo key bpm solo drums beat beats'.split(' '),
);

const wordsOf = (text: string): readonly string[] => text.match(/[\p{L}\p{N}]+/gu) ?? [];

/** The form of a word in training: the word itself, or without -s, -es, -ing or -ed; null = none. */
export function knownForm(word: string, vocabulary: ReadonlySet<string>): string | null {
  const forms = [word, ...['s', 'es', 'ing', 'ed'].map((ending) => word.replace(new RegExp(`${ending}$`, 'u'), ''))];
  return forms.find((form) => vocabulary.has(form)) ?? null;
}

/**
 * Reads a lower-case prompt against the words of the text encoder's training. `text` holds only the sounds, each word
 * in the form the encoder knows; it is '' if the prompt names no sound.
 */
export function readWords(prompt: string, vocabulary: ReadonlySet<string>): WordReading {
  const sounds = withoutMusicWishes(prompt);
  const heard = wordsOf(sounds).some((word) => word.length > 2 && knownForm(word, vocabulary) !== null);
  const text = heard ? withoutPlayers(sounds, (word) => vocabulary.has(word)) || sounds : '';
  return {
    text: text.replace(/[\p{L}\p{N}]+/gu, (word) => knownForm(word, vocabulary) ?? word),
    ...account(prompt, sounds, vocabulary),
  };
}

function account(prompt: string, sounds: string, vocabulary: ReadonlySet<string>): Omit<WordReading, 'text'> {
  const calls = playersNamed(sounds);
  const callOf = (word: string) =>
    calls.find(({ words }) => words.split(' ').some((each) => word === each || word === `${each}s`));
  const left = new Set(wordsOf(sounds));
  const used: string[] = [];
  const guessed: GuessedWord[] = [];
  const unused: string[] = [];
  let hasMood = false;
  for (const word of new Set(wordsOf(prompt))) {
    if (smallWords.has(word)) continue;
    const call = callOf(word);
    const mood: CalledMood | null = hasMood ? null : moodOfWord(word);
    hasMood ||= mood !== null;
    // words that are gone were tempo or key
    if (!left.has(word) || musicWords.has(word) || knownForm(word, vocabulary) !== null) used.push(word);
    else if (call && !call.isGuess) used.push(word);
    else if (call) {
      if (!guessed.some((each) => each.word === call.words)) guessed.push({ word: call.words, takenFor: call.name });
    } else if (mood?.isGuess) guessed.push({ word, takenFor: mood.mood });
    else (mood ? used : unused).push(word);
  }
  return { used, guessed, unused };
}
