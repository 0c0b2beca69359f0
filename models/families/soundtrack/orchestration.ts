/** Who plays: the mood's ensemble, or the one requested. Orchestration is code; it does not change the notes. */
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

/** An instrument at its place in an ensemble. */
export interface Seat {
  readonly play: Play;
  readonly name: string;
  readonly gain: number;
  /** -1 left .. 1 right */
  readonly pan: number;
  /** Share sent to the room. */
  readonly room: number;
  /** General MIDI program, 0..127, for a SoundFont. */
  readonly program: number;
  /** Octaves to transpose the written notes into the instrument's range. */
  readonly octaves?: number;
}

/** The drums of an ensemble. */
export interface Kit {
  /** Level of each drum of musicTokens.ts; 0 for drums the kit lacks. */
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

/** Who plays which track. */
export interface Ensemble {
  readonly name: string;
  readonly seats: Readonly<Record<Track, Seat>>;
  readonly kit: Kit;
}

/** Each instrument with the gain that balances it against the others, and its octave for melodies. */
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
  // these share a built-in sound; only a SoundFont tells them apart
  'double bass': { play: bass, program: 32, gain: 0.5, room: 0.05 },
  'rock organ': { play: organ, program: 18, gain: 0.35, room: 0.25 },
  'low strings': { play: cello, program: 43, gain: 0.5, room: 0.25 },
} as const satisfies Record<string, Omit<Seat, 'pan' | 'name'>>;

/** Name of an instrument. */
export type InstrumentName = keyof typeof instruments;
/** Names of all instruments. */
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

/** Ensembles that a prompt can name. */
export const ensembles = {
  'string quartet': ensemble('string quartet', 'violin', 'violin', 'strings', 'low strings', 'none'),
  orchestra: ensemble('orchestra', 'brass', 'harp', 'strings', 'low strings', 'orchestral'),
  'rock band': ensemble('rock band', 'electric guitar', 'electric guitar', 'rock organ', 'bass', 'pop'),
  'jazz trio': ensemble('jazz trio', 'piano', 'vibraphone', 'electric piano', 'double bass', 'brushes'),
  electronic: ensemble('electronic', 'synth', 'synth', 'synth pad', 'synth bass', 'electronic'),
  folk: ensemble('folk', 'flute', 'guitar', 'accordion', 'double bass', 'brushes'),
  baroque: ensemble('baroque', 'harpsichord', 'harpsichord', 'strings', 'low strings', 'none'),
  'brass band': ensemble('brass band', 'trumpet', 'brass', 'brass', 'low strings', 'orchestral'),
  'organ and choir': ensemble('organ and choir', 'choir', 'organ', 'choir', 'organ', 'none'),
  ambient: ensemble('ambient', 'lead', 'synth', 'synth pad', 'synth bass', 'none'),
  'music box': ensemble('music box', 'music box', 'harp', 'synth pad', 'bass', 'none'),
  'lo-fi': ensemble('lo-fi', 'electric piano', 'vibraphone', 'synth pad', 'bass', 'brushes'),
} as const satisfies Record<string, Ensemble>;

/** Name of an ensemble. */
export type EnsembleName = keyof typeof ensembles;

/** Requested players. */
export interface PlayerWishes {
  /** null = the mood's own ensemble. */
  readonly ensemble: EnsembleName | null;
  /** The first plays the melody, the second the figure under it. */
  readonly instruments: readonly InstrumentName[];
  /** The first instrument plays every part. */
  readonly solo: boolean;
  /** 'wanted' adds drums even if the ensemble has no kit. */
  readonly drums: 'none' | 'wanted' | 'asUsual';
}

/** No particular players requested. */
export const anyPlayers: PlayerWishes = { ensemble: null, instruments: [], solo: false, drums: 'asUsual' };

/** The requested ensemble, or `fallback`, with the requested instruments and drums. */
export function chooseEnsemble(
  { ensemble: asked, instruments: named, solo, drums }: PlayerWishes,
  fallback: Ensemble,
): Ensemble {
  const called = asked === null ? fallback : ensembles[asked];
  const kit = drums === 'none' ? kits.none : drums === 'wanted' && called.kit === kits.none ? kits.pop : called.kit;
  const [melody, figure] = named;
  if (melody === undefined) return { ...called, kit };
  const everyPart = {
    ARP: seat(melody, -0.2, 0.6, true),
    PAD: seat(melody, 0, 0.3, true),
    BASS: seat(melody, 0, 0.8, true),
  };
  return {
    name: named.join(' and '),
    seats: {
      ...called.seats,
      MEL: seat(melody, 0.1),
      ...(figure !== undefined ? { ARP: seat(figure, -0.3, 0.7, true) } : solo ? everyPart : {}),
    },
    kit,
  };
}

export { ensemble as makeEnsemble };
