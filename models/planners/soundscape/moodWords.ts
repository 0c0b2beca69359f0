/** Words that name a mood of the music. */
import type { FeelName } from '../../families/soundtrack/moods.ts';

/**
 * `same`: other forms and plain synonyms of the mood's name. `near`: words that suggest the mood, as films use it; they
 * are shown as guesses.
 */
interface MoodWords {
  readonly same: readonly string[];
  readonly near: readonly string[];
}

const of = (same: string, near: string): MoodWords => ({ same: same.split(' '), near: near.split(' ') });

/** Words of every mood. */
export const moodWords: Readonly<Record<FeelName, MoodWords>> = {
  calm: of('calm peaceful relaxing quiet gentle', 'slow meditation sleep soft'),
  happy: of('happy cheerful joyful joy', 'upbeat sunny summer fun'),
  sad: of('sad sorrow sorrowful melancholy melancholic', 'grief loss farewell'),
  epic: of('epic grand', 'trailer battle cinematic'),
  heroic: of('heroic hero brave', 'victory triumph triumphant adventure'),
  tense: of('tense suspense', 'danger thriller chase storm'),
  spooky: of('spooky scary creepy eerie', 'horror ghost haunted halloween'),
  playful: of('playful funny', 'comedy children child kids cute puppy kitten cartoon game'),
  dreamy: of('dreamy dream', 'space magic magical underwater stars floating snow winter'),
  driving: of(
    'driving energetic',
    'action sport sports race fast car vehicle motorcycle skateboard rock electronic guitar',
  ),
  romantic: of('romantic love tender', 'wedding sunset couple warm'),
  hopeful: of('hopeful hope', 'inspiring inspirational uplifting sunrise morning'),
  nostalgic: of('nostalgic nostalgia', 'memory memories old vintage autumn'),
  festive: of('festive celebration', 'party birthday dance carnival festival'),
  mysterious: of('mysterious mystery', 'dark night strange fog secret cave'),
  lonely: of('lonely alone solitude', 'empty desert rainy'),
};

const moods = Object.entries(moodWords) as readonly (readonly [FeelName, MoodWords])[];

/** A mood that a word names. */
export interface CalledMood {
  readonly mood: FeelName;
  /** The word only suggests the mood. */
  readonly isGuess: boolean;
}

/** The mood that a word names; null = none. */
export function moodOfWord(word: string): CalledMood | null {
  for (const [mood, { same, near }] of moods) {
    if (same.includes(word)) return { mood, isGuess: false };
    if (near.includes(word)) return { mood, isGuess: true };
  }
  return null;
}

/** The mood of the first word that names one. */
export function moodInWords(prompt: string): FeelName | null {
  for (const word of prompt.toLowerCase().match(/[\p{L}]+/gu) ?? []) {
    const called = moodOfWord(word);
    if (called) return called.mood;
  }
  return null;
}
