/** Who plays: ensembles by mood or by the prompt's words. The notes are the same; orchestration is code. */
import {
  accordion,
  bass,
  bells,
  brass,
  cello,
  choir,
  clarinet,
  electricGuitar,
  electricPiano,
  flute,
  guitar,
  harp,
  harpsichord,
  lead,
  marimba,
  musicBox,
  organ,
  piano,
  strings,
  synthBass,
  synthLead,
  synthPad,
  trumpet,
  vibraphone,
  violin,
  type Play,
} from './instruments.ts';
import type { Track } from './musicTokens.ts';

export interface Seat {
  readonly play: Play;
  readonly name: string;
  readonly gain: number;
  /** -1 left .. 1 right */
  readonly pan: number;
  /** Share sent to the room. */
  readonly room: number;
  /** General MIDI program, 0..127: who plays where a SoundFont is there. */
  readonly program: number;
  /** Octaves up or down from what is written, to where the instrument speaks. */
  readonly octaves?: number;
}

export interface Kit {
  /** Loudness of each of musicTokens' drums, and 0 for those an ensemble does not have. */
  readonly levels: readonly [kick: number, snare: number, hat: number, tom: number, shaker: number];
  /** Drum kit of a SoundFont, by its General MIDI 2 number. */
  readonly program: number;
}
const kits = {
  pop: { levels: [1, 1, 1, 1, 1], program: 0 },
  orchestral: { levels: [0.6, 0.35, 0, 1.25, 0.5], program: 48 },
  brushes: { levels: [0.4, 0.3, 0.8, 0.4, 1], program: 40 },
  none: { levels: [0, 0, 0, 0, 0], program: 0 },
  electronic: { levels: [1.3, 1, 1.2, 0.8, 0.8], program: 24 },
} as const satisfies Record<string, Kit>;

export interface Ensemble {
  readonly name: string;
  readonly seats: Readonly<Record<Track, Seat>>;
  readonly kit: Kit;
}

/** Each instrument with the gain at which it sits beside the others, and its octave as a melody. */
const instruments = {
  piano: { play: piano, program: 0, gain: 0.5, room: 0.25 },
  'electric piano': { play: electricPiano, program: 4, gain: 0.5, room: 0.25 },
  guitar: { play: guitar, program: 24, gain: 0.42, room: 0.25, octaves: -1 },
  'electric guitar': { play: electricGuitar, program: 30, gain: 0.5, room: 0.2, octaves: -1 },
  harp: { play: harp, program: 46, gain: 0.5, room: 0.35 },
  harpsichord: { play: harpsichord, program: 6, gain: 0.42, room: 0.25 },
  violin: { play: violin, program: 40, gain: 0.55, room: 0.4 },
  cello: { play: cello, program: 42, gain: 0.6, room: 0.4, octaves: -1 },
  strings: { play: strings, program: 48, gain: 0.45, room: 0.4 },
  flute: { play: flute, program: 73, gain: 0.5, room: 0.4 },
  clarinet: { play: clarinet, program: 71, gain: 0.45, room: 0.35 },
  trumpet: { play: trumpet, program: 56, gain: 0.45, room: 0.35 },
  brass: { play: brass, program: 61, gain: 0.5, room: 0.4, octaves: -1 },
  choir: { play: choir, program: 52, gain: 0.5, room: 0.5 },
  organ: { play: organ, program: 19, gain: 0.35, room: 0.45 },
  accordion: { play: accordion, program: 21, gain: 0.38, room: 0.25 },
  vibraphone: { play: vibraphone, program: 11, gain: 0.55, room: 0.35 },
  marimba: { play: marimba, program: 12, gain: 0.65, room: 0.25 },
  'music box': { play: musicBox, program: 10, gain: 0.55, room: 0.35, octaves: 1 },
  bells: { play: bells, program: 14, gain: 0.4, room: 0.5 },
  synth: { play: synthLead, program: 81, gain: 0.42, room: 0.3 },
  'synth pad': { play: synthPad, program: 89, gain: 0.4, room: 0.4 },
  lead: { play: lead, program: 79, gain: 0.75, room: 0.35 },
  bass: { play: bass, program: 33, gain: 0.5, room: 0.05 },
  'synth bass': { play: synthBass, program: 38, gain: 0.42, room: 0.05 },
  // the same built-in sound under another name: a SoundFont tells them apart
  'double bass': { play: bass, program: 32, gain: 0.5, room: 0.05 },
  'rock organ': { play: organ, program: 18, gain: 0.35, room: 0.25 },
  'low strings': { play: cello, program: 43, gain: 0.5, room: 0.25 },
} as const satisfies Record<string, Omit<Seat, 'pan' | 'name'>>;

export type InstrumentName = keyof typeof instruments;
export const instrumentNames = Object.keys(instruments) as readonly InstrumentName[];

const seat = (name: InstrumentName, pan: number, share = 1, keepOctave = false): Seat => {
  const { octaves, ...own }: Omit<Seat, 'pan' | 'name'> = instruments[name];
  return { ...own, name, pan, gain: own.gain * share, ...(octaves === undefined || keepOctave ? {} : { octaves }) };
};

const ensemble = (
  name: string,
  melody: InstrumentName,
  arpeggio: InstrumentName,
  pad: InstrumentName,
  low: InstrumentName,
  kit: keyof typeof kits,
): Ensemble => ({
  name,
  seats: {
    MEL: seat(melody, 0.1),
    ARP: seat(arpeggio, -0.3, 0.7, true),
    PAD: seat(pad, 0, 0.65, true),
    BASS: seat(low, 0, 1, true),
  },
  kit: kits[kit],
});

/** Words that call an ensemble, most telling first. */
export const ensembles: readonly { readonly words: readonly string[]; readonly ensemble: Ensemble }[] = [
  {
    words: ['string quartet', 'quartet', 'chamber music'],
    ensemble: ensemble('string quartet', 'violin', 'violin', 'strings', 'low strings', 'none'),
  },
  {
    words: ['orchestra', 'orchestral', 'symphony', 'symphonic', 'cinematic', 'film score'],
    ensemble: ensemble('orchestra', 'brass', 'harp', 'strings', 'low strings', 'orchestral'),
  },
  {
    words: ['rock band', 'rock music', 'rock song', 'rock guitar', 'heavy metal', 'punk'],
    ensemble: ensemble('rock band', 'electric guitar', 'electric guitar', 'rock organ', 'bass', 'pop'),
  },
  {
    words: ['jazz trio', 'jazz', 'lounge'],
    ensemble: ensemble('jazz trio', 'piano', 'vibraphone', 'electric piano', 'double bass', 'brushes'),
  },
  {
    words: ['electronic', 'techno', 'house music', 'edm', 'synthwave', 'electro', 'trance'],
    ensemble: ensemble('electronic', 'synth', 'synth', 'synth pad', 'synth bass', 'electronic'),
  },
  {
    words: ['folk', 'country music', 'acoustic'],
    ensemble: ensemble('folk', 'flute', 'guitar', 'accordion', 'double bass', 'brushes'),
  },
  {
    words: ['baroque', 'harpsichord'],
    ensemble: ensemble('baroque', 'harpsichord', 'harpsichord', 'strings', 'low strings', 'none'),
  },
  {
    words: ['brass band', 'marching band', 'fanfare'],
    ensemble: ensemble('brass band', 'trumpet', 'brass', 'brass', 'low strings', 'orchestral'),
  },
  {
    words: ['church organ', 'hymn', 'gospel'],
    ensemble: ensemble('organ and choir', 'choir', 'organ', 'choir', 'organ', 'none'),
  },
  { words: ['ambient', 'new age'], ensemble: ensemble('ambient', 'lead', 'synth', 'synth pad', 'synth bass', 'none') },
  {
    words: ['lullaby', 'music box'],
    ensemble: ensemble('music box', 'music box', 'harp', 'synth pad', 'bass', 'none'),
  },
  {
    words: ['lo-fi', 'lofi', 'chill'],
    ensemble: ensemble('lo-fi', 'electric piano', 'vibraphone', 'synth pad', 'bass', 'brushes'),
  },
];

/** Words that call one instrument; longer names are looked for first. */
const instrumentWords: readonly (readonly [string, InstrumentName])[] = [
  ['electric piano', 'electric piano'],
  ['rhodes', 'electric piano'],
  ['electric guitar', 'electric guitar'],
  ['distorted guitar', 'electric guitar'],
  ['rock guitar', 'electric guitar'],
  ['music box', 'music box'],
  ['synth pad', 'synth pad'],
  ['piano', 'piano'],
  ['guitar', 'guitar'],
  ['ukulele', 'guitar'],
  ['harpsichord', 'harpsichord'],
  ['harp', 'harp'],
  ['violin', 'violin'],
  ['fiddle', 'violin'],
  ['cello', 'cello'],
  ['strings', 'strings'],
  ['flute', 'flute'],
  ['clarinet', 'clarinet'],
  ['trumpet', 'trumpet'],
  ['brass', 'brass'],
  ['french horn', 'brass'],
  ['choir', 'choir'],
  ['singing', 'choir'],
  ['organ', 'organ'],
  ['accordion', 'accordion'],
  ['vibraphone', 'vibraphone'],
  ['marimba', 'marimba'],
  ['xylophone', 'marimba'],
  ['bells', 'bells'],
  ['glockenspiel', 'music box'],
  ['synthesizer', 'synth'],
  ['synth', 'synth'],
];

/** Every word that this file hears. */
export const orchestraWords: readonly string[] = [
  ...ensembles.flatMap(({ words }) => words),
  ...instrumentWords.map(([word]) => word),
  'drums',
].flatMap((words) => words.split(' '));

const players = [...ensembles.flatMap(({ words }) => words), ...instrumentWords.map(([word]) => word)].toSorted(
  (a, b) => b.length - a.length,
);

/**
 * The prompt without who plays ('under a guitar', 'and an orchestra'): these are no sounds. A player that is a sound as
 * well (bells) stays.
 */
export function withoutPlayers(prompt: string, isSound: (word: string) => boolean): string {
  const only = players.filter((words) => !words.split(' ').some(isSound));
  const named = new RegExp(
    `(?:(?<![\\p{L}])(?:under|over|beneath|behind|with|to|by|and|plus)\\s+)?(?:(?:a|an|the|some|solo|soft|slow)\\s+)*(?<![\\p{L}])(?:${only.join('|')})s?(?![\\p{L}])`,
    'giu',
  );
  return prompt
    .replace(named, ' ')
    .replace(/\s+([,.;])/g, '$1')
    .replace(/\s+/g, ' ')
    .replace(/(?:[,;]\s*)+([,;])/g, '$1')
    .replace(/^[\s,;]+|[\s,;]+$/g, '');
}

/** Is the word or its plural there, as a word of its own? */
export function hears(text: string, word: string): boolean {
  return new RegExp(`(^|[^\\p{L}])${word}s?($|[^\\p{L}])`, 'iu').test(text);
}

/**
 * An ensemble named in the prompt, else the mood's; instruments named in it take the melody, then the figure under it.
 * 'no drums' and 'solo' leave the kit out.
 */
export function chooseEnsemble(prompt: string, fallback: Ensemble): Ensemble {
  const text = prompt.toLowerCase();
  const called = ensembles.find(({ words }) => words.some((word) => hears(text, word)))?.ensemble ?? fallback;
  let rest = text;
  const named: InstrumentName[] = [];
  for (const [word, name] of instrumentWords) {
    if (!hears(rest, word)) continue;
    rest = rest.replaceAll(word, ' ');
    if (!named.includes(name)) named.push(name);
  }
  const inOrder = named.toSorted((a, b) => first(text, a) - first(text, b));
  const [melody, figure] = inOrder;
  const kit =
    hears(text, 'no drums') || hears(text, 'without drums') || hears(text, 'solo')
      ? kits.none
      : called.kit === kits.none && hears(text, 'drums')
        ? kits.pop
        : called.kit;
  if (melody === undefined) return { ...called, kit };
  const alone = hears(text, 'solo');
  return {
    name: inOrder.join(' and '),
    seats: {
      ...called.seats,
      MEL: seat(melody, 0.1),
      ...(figure !== undefined
        ? { ARP: seat(figure, -0.3, 0.7, true) }
        : alone
          ? {
              ARP: seat(melody, -0.2, 0.6, true),
              PAD: { ...seat(melody, 0, 0.3, true) },
              BASS: seat(melody, 0, 0.8, true),
            }
          : {}),
    },
    kit,
  };
}

function first(text: string, name: InstrumentName): number {
  const places = instrumentWords
    .filter(([, own]) => own === name)
    .map(([word]) => text.indexOf(word))
    .filter((at) => at >= 0);
  return Math.min(...places, text.length);
}

export { ensemble as makeEnsemble };
