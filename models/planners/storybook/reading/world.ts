/** Phrases for places, times, weather, looks and camera moves: the pack's own and additional ones. */
import type { Cast } from '../cast.ts';
import { isSilent } from './silent.ts';
import {
  cameraPhrases,
  placeWords,
  samePlaces,
  styleNouns,
  styleWords,
  timeWords,
  weatherWords,
} from './worldWords.ts';

/** Parts of a scene besides its figures. */
export type WorldPart = 'place' | 'time' | 'weather' | 'style' | 'camera';

/** The part of the world that a phrase names. */
export interface Found {
  readonly kind: WorldPart;
  /** The pack's name for it. */
  readonly name: string;
  readonly isGuess: boolean;
}

/** The phrases and single words of a pack's world. */
export interface World {
  readonly phrases: ReadonlyMap<string, Found>;
  readonly words: ReadonlyMap<string, Found>;
}

/** Words of phrases that alone mean something else: 'under water', 'in the dark'. */
const onlyInPhrases = new Set(['water', 'dark', 'home', 'palms', 'flowers', 'storybook']);
/** Words in the longest phrase. */
export const longestPhrase = 6;

const worlds = new WeakMap<Cast, World>();

/** The pack's world, built once per cast. */
export function worldOf(cast: Cast): World {
  const known = worlds.get(cast);
  if (known) return known;
  const phrases = new Map<string, Found>();
  const words = new Map<string, Found>();
  const add = (found: Found, said: readonly string[]): void => {
    for (const phrase of said) {
      for (const variant of variantsOf(phrase)) if (variant.includes(' ')) phrases.set(variant, found);
      const content = clean(phrase)
        .split(' ')
        .filter((word) => !isSilent(word));
      if (content.length === 1 && found.kind !== 'camera' && !onlyInPhrases.has(content[0]!))
        words.set(content[0]!, found);
    }
  };
  for (const place of cast.places) add(own('place', place.name), [place.name, ...place.phrases]);
  for (const [name, said] of Object.entries(cast.times)) add(own('time', name), [name, ...said]);
  for (const [name, said] of Object.entries(cast.weathers)) add(own('weather', name), said);
  for (const [name, said] of Object.entries(cast.styles)) add(own('style', name), stylePhrases(name, said));
  for (const [name, said] of Object.entries(cast.cameras)) add(own('camera', name), cameraSayings(name, said));
  addFurther(cast, phrases, words);
  const world = { phrases, words };
  worlds.set(cast, world);
  return world;
}

const own = (kind: WorldPart, name: string): Found => ({ kind, name, isGuess: false });

const clean = (phrase: string): string => phrase.replace(/[:,]/g, '').trim();

/** Variants of a phrase: 'in a forest', 'in the forest'; 'among trees', 'among the trees'. */
function variantsOf(phrase: string): string[] {
  const said = clean(phrase);
  return [
    said,
    said.replace(/^(\w+) (a|an) /, '$1 the '),
    said.replace(/^(among|on|in) (?!a |an |the )/, '$1 the '),
    said.replace(/^(a|an|the) /, ''),
  ];
}

function stylePhrases(name: string, said: readonly string[]): string[] {
  const kinds = styleNouns.filter((noun) => !name.endsWith(noun)).map((noun) => `${name} ${noun}`);
  return [
    name,
    ...said.filter((phrase) => !phrase.startsWith('an illustration')),
    ...[name, ...kinds].flatMap((kind) => [kind, `in ${kind}`, `as ${kind}`, `as a ${kind}`, `in ${kind} style`]),
    `${name}-style`,
  ];
}

function cameraSayings(name: string, said: readonly string[]): string[] {
  const moves = name === 'still' ? ['camera still'] : [name, `camera ${name.replace(/^\w+/, '$&s')}`];
  return [...said, ...moves];
}

/** Adds words that the pack knows under another name; its own words take precedence. */
function addFurther(cast: Cast, phrases: Map<string, Found>, words: Map<string, Found>): void {
  const put = (said: string, found: Found): void => {
    const into = said.includes(' ') ? phrases : words;
    if (!into.has(said)) into.set(said, found);
  };
  for (const [name, said] of Object.entries(weatherWords)) {
    if (name in cast.weathers) said.forEach((phrase) => put(phrase, own('weather', name)));
  }
  for (const [phrase, name] of cameraPhrases) if (name in cast.cameras) put(phrase, own('camera', name));
  for (const [word, choices] of Object.entries(placeWords)) {
    const name = choices.find((choice) => cast.places.some((place) => place.name === choice));
    if (name !== undefined)
      put(word, { kind: 'place', name, isGuess: word !== name && `${name}s` !== word && !samePlaces.has(word) });
  }
  for (const [word, { time, isGuess }] of Object.entries(timeWords))
    if (time in cast.times) put(word, { kind: 'time', name: time, isGuess });
  for (const [word, { style, isGuess }] of Object.entries(styleWords)) {
    if (!(style in cast.styles)) continue;
    const found: Found = { kind: 'style', name: style, isGuess };
    put(word, found);
    for (const noun of styleNouns)
      for (const said of [`${word} ${noun}`, `in ${word} ${noun}`, `a ${word} ${noun}`]) put(said, found);
  }
}
