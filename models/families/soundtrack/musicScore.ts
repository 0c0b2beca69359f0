/**
 * Turns notes into strokes: who plays what, when and how loudly. Built-in instruments and SoundFonts play the same
 * score.
 */
import { accentDrum, cymbal, drum, piano } from './instruments.ts';
import { bendMode, type MusicPlan } from './musicPlan.ts';
import type { Mode } from './moods.ts';
import type { Note, Track } from './musicTokens.ts';
import type { Ensemble } from './orchestration.ts';
import { Random } from './random.ts';

/** How to play the notes of a piece. */
export interface RenderOrder {
  readonly plan: MusicPlan;
  readonly ensemble: Ensemble;
  /** Semitones from C to the piece's tonic. */
  readonly keySemitones: number;
  /** Mode to change the notes to; null keeps them. */
  readonly mode: Mode | null;
  readonly seed: number;
  /** Seconds at which a low drum and the tonic strike. */
  readonly hitSeconds: readonly number[];
}

/**
 * Who plays a stroke. BOOM is the low drum of a hit; it is always the built-in one, since no General MIDI instrument is
 * as low.
 */
export type Voice = Track | 'KICK' | 'SNARE' | 'HAT' | 'TOM' | 'SHAKER' | 'CYMBAL' | 'TONIC' | 'BOOM';
const drumVoices = ['KICK', 'SNARE', 'HAT', 'TOM', 'SHAKER'] as const;

/** One sounding note or drum. */
export interface Stroke {
  /** Samples from the piece's start. */
  readonly start: number;
  readonly voice: Voice;
  /** MIDI number as it sounds; the drum's index for drums. */
  readonly pitch: number;
  /** How long the note is held, in seconds. */
  readonly seconds: number;
  /** 0..1, linear in amplitude. */
  readonly velocity: number;
  /** Linear gain of the seat, in addition to velocity. */
  readonly level: number;
  readonly pan: number;
  /** Share sent to the room. */
  readonly room: number;
  /** Cache key of the built-in sound at level 1 and velocity 1. */
  readonly key: string;
  readonly make: () => Float32Array;
}

/** The strokes of all notes in order of time. The seed loosens their timing by up to 4 ms. */
export function scoreOf(notes: readonly Note[], order: RenderOrder): Stroke[] {
  const { bars } = order.plan;
  const random = new Random(order.seed, 21);
  const played = notes.flatMap((note) => {
    const loose = Math.max(0, (random.next() - 0.5) * 0.008);
    const velocity = note.velocity * (0.94 + 0.12 * random.next());
    const bar = bars[Math.floor(note.startSixteenth / 16)];
    const position = note.startSixteenth % 16;
    if (!bar || position >= bar.sixteenths) return [];
    const start = Math.round((bar.startSeconds + position * bar.sixteenthSeconds + loose) * 48000);
    const placed = { start, velocity };
    return note.track === 'DRUM'
      ? drumStroke(note.pitch, placed, order)
      : [noteStroke(note, note.track, placed, bar.sixteenthSeconds, order)];
  });
  const cymbals = bars.filter((bar) => bar.onCut).map((bar) => cymbalStroke(bar.startSeconds, order));
  const hits = order.hitSeconds.flatMap((seconds) => hitStrokes(seconds, order));
  return [...played, ...cymbals, ...hits].sort((a, b) => a.start - b.start);
}

type Placed = Pick<Stroke, 'start' | 'velocity'>;

/** The stroke of a drum; none if the ensemble's kit lacks it. */
function drumStroke(index: number, placed: Placed, { ensemble }: RenderOrder): Stroke[] {
  const level = 0.5 * (ensemble.kit.levels[index] ?? 0);
  const voice = drumVoices[index];
  if (level === 0 || !voice) return [];
  const pan = index === 2 || index === 4 ? 0.25 : 0;
  const key = `drum ${index}`;
  return [{ ...placed, voice, pitch: index, seconds: 0.2, level, pan, room: 0.12, key, make: () => drum(index) }];
}

function noteStroke(
  note: Note,
  track: Track,
  placed: Placed,
  sixteenthSeconds: number,
  { ensemble, mode, keySemitones }: RenderOrder,
): Stroke {
  const seat = ensemble.seats[track];
  const pitch = bendMode(note.pitch, mode) + keySemitones + 12 * (seat.octaves ?? 0);
  const seconds = Math.max(0.08, Math.round(note.lengthSixteenths * sixteenthSeconds * 96) / 100);
  return {
    ...placed,
    voice: track,
    pitch,
    seconds,
    level: seat.gain,
    pan: seat.pan,
    room: seat.room,
    key: `${seat.name} ${pitch} ${seconds}`,
    make: () => seat.play(pitch, seconds),
  };
}

const struck = { velocity: 1, room: 0.3 };

/** A cymbal for a section that begins on a cut. */
function cymbalStroke(startSeconds: number, { ensemble }: RenderOrder): Stroke {
  return {
    ...struck,
    start: Math.round(startSeconds * 48000),
    voice: 'CYMBAL',
    pitch: cymbal,
    seconds: 2,
    level: ensemble.kit.levels[0] > 0 ? 0.4 : 0.16,
    pan: -0.1,
    key: 'cymbal',
    make: () => drum(cymbal),
  };
}

/** The low drum of each hit, and the tonic under it. */
function hitStrokes(hitSeconds: number, { keySemitones }: RenderOrder): Stroke[] {
  const start = Math.round(hitSeconds * 48000);
  const tonic = 36 + keySemitones;
  const both = { ...struck, start, pan: 0 };
  return [
    { ...both, voice: 'BOOM', pitch: accentDrum, seconds: 2, level: 0.8, key: 'accent', make: () => drum(accentDrum) },
    {
      ...both,
      voice: 'TONIC',
      pitch: tonic,
      seconds: 1.6,
      level: 0.45,
      key: 'accent note',
      make: () => piano(tonic, 1.6),
    },
  ];
}
