/** What becomes of each word: used, guessed with the guess, or not used. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ensembles, instrumentNames } from '../../families/soundtrack/orchestration.ts';
import { feelNames } from '../../families/soundtrack/moods.ts';
import { moodInWords, moodWords } from './moodWords.ts';
import { playersInWords, withoutPlayers } from './playerWords.ts';
import { readWords } from './reading.ts';

const starter: ReadonlySet<string> = new Set(
  readFileSync(join(import.meta.dirname, '../../packs/starter/soundtrack/vocabulary.txt'), 'utf8').split(/\s+/),
);
const guesses = (prompt: string): readonly string[] =>
  readWords(prompt, starter).guessed.map(({ word, takenFor }) => `${word} -> ${takenFor}`);

test('every word that carries meaning stands in one of the three lists, once', () => {
  expect(readWords('rain on leaves, a rain of zxqwv', starter)).toEqual({
    text: 'rain on leaves, a rain of zxqwv',
    used: ['rain', 'leaves'],
    guessed: [],
    unused: ['zxqwv'],
  });
  expect(readWords('雨 rain', starter).unused).toEqual(['雨']);
  expect(readWords('', starter)).toEqual({ text: '', used: [], guessed: [], unused: [] });
});

test('tempo, key, who plays and the mood are used', () => {
  const reading = readWords('rain, calm piano in d minor at 90 bpm, zxqwv', new Set(['rain']));
  expect(reading).toMatchObject({ text: 'rain, calm, zxqwv', guessed: [], unused: ['zxqwv'] });
  expect(reading.used).toEqual(['rain', 'calm', 'piano', 'd', 'minor', '90', 'bpm']);
});

test.each([
  ['ukulele music', 'ukulele -> guitar'],
  ['a xylophone and drums', 'xylophone -> marimba'],
  ['french horn', 'french horn -> brass'],
  ['gospel', 'gospel -> organ and choir'],
  ['a trailer', 'trailer -> epic'],
])('%s is shown as a guess', (prompt, guess) => {
  expect(guesses(prompt)).toEqual([guess]);
  expect(readWords(prompt, starter).unused).toEqual([]);
});

test('an instrument by its own name is no guess', () => {
  expect(guesses('guitar, piano and a fiddle')).toEqual([]);
});

test.each([
  ['a cup on a table', ['cup', 'table']],
  ['a car drives on a motorway', ['drives', 'motorway']],
  ['voices hum', ['hum']],
  ['children jump on a bed', ['bed']],
])('%s: what the model never heard is not used', (prompt, unused) => {
  expect(readWords(prompt, starter).unused).toEqual(unused);
});

test('an inflected word is given to the model in the form it knows', () => {
  expect(readWords('rains, barked', starter)).toMatchObject({ text: 'rain, bark', used: ['rains', 'barked'] });
});

test('only the first word for a mood has an effect', () => {
  expect(moodInWords('happy, playful, piano')).toBe('happy');
  expect(readWords('happy, playful, piano', new Set()).unused).toEqual(['playful']);
});

test('every mood is called by its own name and by each of its words, and no word calls two', () => {
  const all = feelNames.flatMap((name) => [...moodWords[name].same, ...moodWords[name].near]);
  expect(all.filter((word, at) => all.indexOf(word) !== at)).toEqual([]);
  for (const name of feelNames)
    for (const word of [name, ...moodWords[name].same, ...moodWords[name].near])
      expect(moodInWords(`a ${word} tune`), word).toBe(name);
});

test('every ensemble and every instrument but the low ones is called by its own name', () => {
  for (const name of Object.keys(ensembles).filter((each) => each !== 'organ and choir'))
    expect(playersInWords(`calm ${name}`).ensemble, name).toBe(name);
  const silent = ['bass', 'synth bass', 'double bass', 'rock organ', 'low strings', 'lead'];
  for (const name of instrumentNames.filter((each) => !silent.includes(each)))
    expect(playersInWords(`a ${name}`).instruments, name).toContain(name);
});

test('instruments play in the order of the words; drums and solo are heard', () => {
  expect(playersInWords('a harp under a cello').instruments).toEqual(['harp', 'cello']);
  expect(playersInWords('harpsichord').instruments).toEqual(['harpsichord']);
  expect(playersInWords('waves on rocks, footsteps').instruments).toEqual([]);
  expect(playersInWords('happy, no drums').drums).toBe('none');
  expect(playersInWords('calm, drums').drums).toBe('wanted');
  expect(playersInWords('solo piano')).toMatchObject({ solo: true, drums: 'none' });
  expect(playersInWords('rain').drums).toBe('asUsual');
});

test('who plays is no sound; a player that is one as well stays', () => {
  const sounds = (word: string): boolean => ['engine', 'revving', 'leaves', 'bells', 'rain', 'vehicle'].includes(word);
  expect(withoutPlayers("an all-terrain vehicle's engine revving under a guitar", sounds)).toBe(
    "an all-terrain vehicle's engine revving",
  );
  expect(withoutPlayers('leaves rustling and twigs snapping under an orchestra', sounds)).toBe(
    'leaves rustling and twigs snapping',
  );
  expect(withoutPlayers('rain, slow piano and a violin', sounds)).toBe('rain');
  expect(withoutPlayers('church bells with an electric guitar', sounds)).toBe('church bells');
  expect(withoutPlayers('harpoon in the rain', sounds)).toBe('harpoon in the rain');
});
