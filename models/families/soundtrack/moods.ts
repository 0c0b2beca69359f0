/** Moods of music: each a mood the model was taught, bent by mode, tempo and who plays. */
import { makeEnsemble, type Ensemble } from './orchestration.ts';
import type { Mood } from './musicTokens.ts';

export type Mode = 'major' | 'minor';

export interface Feel {
  /** What the model is told. */
  readonly base: Mood;
  /** Mode that the model's notes are turned to; null = as it writes them. */
  readonly mode: Mode | null;
  readonly bpm: number;
  readonly ensemble: Ensemble;
  readonly words: readonly string[];
}

const feel = (
  base: Mood,
  mode: Mode | null,
  bpm: number,
  words: string,
  ...seats: Parameters<typeof makeEnsemble> extends [string, ...infer Rest] ? Rest : never
): Feel => ({
  base,
  mode,
  bpm,
  words: words.split(' '),
  ensemble: makeEnsemble('mood', ...seats),
});

export const feels = {
  calm: feel(
    'calm',
    null,
    68,
    'calm peaceful relaxing quiet gentle slow meditation sleep soft',
    'piano',
    'piano',
    'strings',
    'bass',
    'none',
  ),
  happy: feel(
    'happy',
    null,
    104,
    'happy cheerful joy joyful upbeat sunny summer fun',
    'guitar',
    'piano',
    'strings',
    'bass',
    'pop',
  ),
  sad: feel(
    'sad',
    'minor',
    66,
    'sad melancholy melancholic grief loss farewell sorrow',
    'piano',
    'piano',
    'strings',
    'bass',
    'none',
  ),
  epic: feel(
    'epic',
    'minor',
    88,
    'epic trailer battle grand cinematic',
    'brass',
    'strings',
    'strings',
    'low strings',
    'orchestral',
  ),
  heroic: feel(
    'epic',
    'major',
    96,
    'heroic hero victory triumph triumphant adventure brave',
    'trumpet',
    'strings',
    'brass',
    'low strings',
    'orchestral',
  ),
  tense: feel(
    'tense',
    'minor',
    104,
    'tense suspense danger thriller chase storm',
    'lead',
    'strings',
    'strings',
    'low strings',
    'pop',
  ),
  spooky: feel(
    'mysterious',
    'minor',
    72,
    'spooky horror scary creepy eerie ghost haunted halloween',
    'organ',
    'music box',
    'choir',
    'low strings',
    'none',
  ),
  playful: feel(
    'playful',
    null,
    116,
    'playful funny comedy children child kids cute puppy kitten cartoon game',
    'marimba',
    'guitar',
    'strings',
    'bass',
    'brushes',
  ),
  dreamy: feel(
    'dreamy',
    null,
    70,
    'dreamy dream space magic magical underwater stars floating snow winter',
    'lead',
    'harp',
    'synth pad',
    'bass',
    'none',
  ),
  driving: feel(
    'driving',
    null,
    122,
    'driving energetic action sport sports race fast car vehicle motorcycle skateboard rock electronic guitar',
    'electric guitar',
    'guitar',
    'organ',
    'bass',
    'pop',
  ),
  romantic: feel(
    'romantic',
    null,
    80,
    'romantic love wedding tender sunset couple warm',
    'violin',
    'piano',
    'strings',
    'low strings',
    'none',
  ),
  hopeful: feel(
    'romantic',
    'major',
    98,
    'hopeful hope inspiring inspirational uplifting sunrise morning',
    'piano',
    'guitar',
    'strings',
    'bass',
    'brushes',
  ),
  nostalgic: feel(
    'calm',
    'minor',
    76,
    'nostalgic nostalgia memory memories old vintage autumn',
    'accordion',
    'piano',
    'strings',
    'bass',
    'none',
  ),
  festive: feel(
    'happy',
    'major',
    126,
    'festive party celebration birthday dance carnival festival',
    'trumpet',
    'accordion',
    'brass',
    'bass',
    'pop',
  ),
  mysterious: feel(
    'mysterious',
    null,
    70,
    'mysterious mystery dark night strange fog secret cave',
    'clarinet',
    'vibraphone',
    'strings',
    'low strings',
    'none',
  ),
  lonely: feel(
    'sad',
    'minor',
    60,
    'lonely alone empty desert solitude rainy',
    'cello',
    'harp',
    'synth pad',
    'low strings',
    'none',
  ),
} as const satisfies Record<string, Feel>;

export type FeelName = keyof typeof feels;
export const feelNames = Object.keys(feels) as readonly FeelName[];

/** The first word of the prompt that names a mood. */
export function feelInWords(prompt: string): FeelName | null {
  for (const word of prompt.toLowerCase().match(/[\p{L}]+/gu) ?? []) {
    for (const name of feelNames) if ((feels[name].words as readonly string[]).includes(word)) return name;
  }
  return null;
}
