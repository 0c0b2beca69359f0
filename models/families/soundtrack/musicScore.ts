/**
 * Notes to strokes: who plays what, when and how strongly. The same score is played by the built-in instruments and by
 * a SoundFont.
 */
import { accentDrum, cymbal, drum, piano } from './instruments.ts';
import { bendMode, type MusicPlan } from './musicPlan.ts';
import type { Mode } from './moods.ts';
import type { Note, Track } from './musicTokens.ts';
import type { Ensemble } from './orchestration.ts';
import { Random } from './random.ts';

export interface RenderOrder {
  readonly plan: MusicPlan;
  readonly ensemble: Ensemble;
  /** Semitones from C to the piece's tonic. */
  readonly keySemitones: number;
  /** Mode that the notes are turned to; null = as written. */
  readonly mode: Mode | null;
  readonly seed: number;
  /** Seconds at which a low drum and the tonic strike. */
  readonly hitSeconds: readonly number[];
}

/**
 * Who makes a stroke's sound. 'boom' is the low drum of a hit: no General MIDI instrument falls as low, it is always
 * the built-in one.
 */
export type Voice = Track | 'KICK' | 'SNARE' | 'HAT' | 'TOM' | 'SHAKER' | 'CYMBAL' | 'TONIC' | 'BOOM';
const drumVoices = ['KICK', 'SNARE', 'HAT', 'TOM', 'SHAKER'] as const;

export interface Stroke {
  /** Samples from the piece's start. */
  readonly start: number;
  readonly voice: Voice;
  /** MIDI number as it sounds; the drum's index for drums. */
  readonly pitch: number;
  /** How long the note is held. */
  readonly seconds: number;
  /** 0..1, linear in amplitude. */
  readonly velocity: number;
  /** Linear, beside velocity: the seat's. */
  readonly level: number;
  readonly pan: number;
  /** Share sent to the room. */
  readonly room: number;
  /** The built-in sound at level 1 and velocity 1; same key, same sound. */
  readonly key: string;
  readonly make: () => Float32Array;
}

/** Every note's place, loudness and player, in order of time. Timing is loosened by up to 4 ms, by the seed. */
export function scoreOf(notes: readonly Note[], order: RenderOrder): Stroke[] {
  const { ensemble, plan } = order;
  const random = new Random(order.seed, 21);
  const strokes: Stroke[] = [];
  for (const note of notes) {
    const loose = Math.max(0, (random.next() - 0.5) * 0.008);
    const velocity = note.velocity * (0.94 + 0.12 * random.next());
    const bar = plan.bars[Math.floor(note.startSixteenth / 16)];
    const position = note.startSixteenth % 16;
    if (!bar || position >= bar.sixteenths) continue;
    const start = Math.round((bar.startSeconds + position * bar.sixteenthSeconds + loose) * 48000);
    if (note.track === 'DRUM') {
      const level = 0.5 * (ensemble.kit.levels[note.pitch] ?? 0);
      const pan = note.pitch === 2 || note.pitch === 4 ? 0.25 : 0;
      const voice = drumVoices[note.pitch];
      if (level > 0 && voice)
        strokes.push({
          start,
          voice,
          pitch: note.pitch,
          seconds: 0.2,
          velocity,
          level,
          pan,
          room: 0.12,
          key: `drum ${note.pitch}`,
          make: () => drum(note.pitch),
        });
      continue;
    }
    const seat = ensemble.seats[note.track];
    const pitch = bendMode(note.pitch, order.mode) + order.keySemitones + 12 * (seat.octaves ?? 0);
    const seconds = Math.max(0.08, Math.round(note.lengthSixteenths * bar.sixteenthSeconds * 96) / 100);
    strokes.push({
      start,
      voice: note.track,
      pitch,
      seconds,
      velocity,
      level: seat.gain,
      pan: seat.pan,
      room: seat.room,
      key: `${seat.name} ${pitch} ${seconds}`,
      make: () => seat.play(pitch, seconds),
    });
  }
  const struck = { velocity: 1, room: 0.3 };
  for (const bar of plan.bars) {
    if (bar.onCut)
      strokes.push({
        ...struck,
        start: Math.round(bar.startSeconds * 48000),
        voice: 'CYMBAL',
        pitch: cymbal,
        seconds: 2,
        level: ensemble.kit.levels[0] > 0 ? 0.4 : 0.16,
        pan: -0.1,
        key: 'cymbal',
        make: () => drum(cymbal),
      });
  }
  const tonic = 36 + order.keySemitones;
  for (const hit of order.hitSeconds) {
    const start = Math.round(hit * 48000);
    strokes.push({
      ...struck,
      start,
      voice: 'BOOM',
      pitch: accentDrum,
      seconds: 2,
      level: 0.8,
      pan: 0,
      key: 'accent',
      make: () => drum(accentDrum),
    });
    strokes.push({
      ...struck,
      start,
      voice: 'TONIC',
      pitch: tonic,
      seconds: 1.6,
      level: 0.45,
      pan: 0,
      key: 'accent note',
      make: () => piano(tonic, 1.6),
    });
  }
  return strokes.sort((a, b) => a.start - b.start);
}
