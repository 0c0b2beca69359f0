/** Notes to sound with the built-in instruments and a small room. */
import type { Sound } from '../pipeline.ts';
import { bass, drum, lead, piano, pluck, strings } from './instruments.ts';
import type { Mood, Note, Track } from './musicTokens.ts';
import { Random } from './random.ts';

type Instrument = (pitch: number, seconds: number) => Float32Array;
interface Seat {
  readonly play: Instrument;
  readonly gain: number;
  /** -1 left .. 1 right */
  readonly pan: number;
  /** Share sent to the room. */
  readonly room: number;
}

const pianoSeat: Seat = { play: piano, gain: 0.5, pan: 0.1, room: 0.25 };
const leadSeat: Seat = { play: lead, gain: 0.55, pan: 0.05, room: 0.35 };
const pluckSeat: Seat = { play: pluck, gain: 0.42, pan: -0.3, room: 0.25 };
const softPianoSeat: Seat = { play: piano, gain: 0.3, pan: -0.25, room: 0.3 };
const stringsSeat: Seat = { play: strings, gain: 0.3, pan: 0, room: 0.4 };
const stringLead: Seat = { play: strings, gain: 0.5, pan: 0.1, room: 0.4 };
const bassSeat: Seat = { play: bass, gain: 0.5, pan: 0, room: 0.05 };

/** Who plays what, by mood. */
function seats(mood: Mood): Readonly<Record<Track, Seat>> {
  const melody: Readonly<Record<Mood, Seat>> = {
    calm: pianoSeat, happy: pluckSeat, sad: pianoSeat, epic: stringLead, tense: leadSeat, playful: pluckSeat, dreamy: leadSeat,
    driving: { ...pluckSeat, pan: 0.2 }, romantic: leadSeat, mysterious: leadSeat,
  };
  const arpeggio = mood === 'calm' || mood === 'sad' || mood === 'romantic' || mood === 'happy' ? softPianoSeat : pluckSeat;
  return { MEL: melody[mood], ARP: arpeggio, PAD: stringsSeat, BASS: bassSeat };
}

/** Four delay lines fed into each other (Hadamard), damped: a room of about 1.4 s. In place. */
function addRoom(send: Float32Array, left: Float32Array, right: Float32Array): void {
  const lengths = [1559, 1907, 2311, 2767];
  const lines = lengths.map((length) => new Float32Array(length));
  const damp = [0, 0, 0, 0];
  const at = [0, 0, 0, 0];
  for (let i = 0; i < send.length; i++) {
    const out = lines.map((line, k) => line[at[k]!]!);
    const a = out[0]! + out[1]!;
    const b = out[0]! - out[1]!;
    const c = out[2]! + out[3]!;
    const d = out[2]! - out[3]!;
    const mixed = [a + c, b + d, a - c, b - d];
    for (let k = 0; k < 4; k++) {
      damp[k] = 0.65 * damp[k]! + 0.35 * 0.5 * 0.84 * mixed[k]!;
      lines[k]![at[k]!] = damp[k]! * 1.08 + send[i]! * 0.5;
      at[k] = (at[k]! + 1) % lengths[k]!;
    }
    left[i] = left[i]! + 0.6 * (out[0]! - out[2]!);
    right[i] = right[i]! + 0.6 * (out[1]! - out[3]!);
  }
}

export interface RenderOrder {
  readonly mood: Mood;
  readonly bpm: number;
  /** Semitones from C to the piece's tonic. */
  readonly keySemitones: number;
  readonly sampleCount: number;
  readonly seed: number;
  /** Seconds at which a low drum and the tonic strike. */
  readonly hitSeconds: readonly number[];
}

/** 48 kHz stereo of exactly sampleCount samples. Timing is loosened by a few milliseconds, by the seed. */
export function renderNotes(notes: readonly Note[], order: RenderOrder): Sound {
  const { sampleCount, bpm } = order;
  const left = new Float32Array(sampleCount);
  const right = new Float32Array(sampleCount);
  const send = new Float32Array(sampleCount);
  const chairs = seats(order.mood);
  const random = new Random(order.seed, 21);
  const sixteenth = 60 / bpm / 4;
  const cache = new Map<string, Float32Array>();
  const recall = (key: string, make: () => Float32Array): Float32Array => {
    const known = cache.get(key);
    if (known !== undefined) return known;
    const made = make();
    if (cache.size > 96) cache.clear(); // a long piece must not keep every note it ever played
    cache.set(key, made);
    return made;
  };
  const mix = (sound: Float32Array, start: number, gain: number, pan: number, room: number): void => {
    const gainLeft = gain * Math.cos(((1 + pan) * Math.PI) / 4);
    const gainRight = gain * Math.sin(((1 + pan) * Math.PI) / 4);
    for (let i = Math.max(0, -start); i < sound.length && start + i < sampleCount; i++) {
      const value = sound[i]!;
      left[start + i] = left[start + i]! + value * gainLeft;
      right[start + i] = right[start + i]! + value * gainRight;
      send[start + i] = send[start + i]! + value * gain * room;
    }
  };
  for (const note of notes) {
    const loose = (random.next() - 0.5) * 0.008;
    const start = Math.round((note.startSixteenth * sixteenth + Math.max(0, loose)) * 48000);
    if (start >= sampleCount) continue;
    const velocity = note.velocity * (0.94 + 0.12 * random.next());
    if (note.track === 'DRUM') {
      mix(recall(`drum ${note.pitch}`, () => drum(note.pitch)), start, 0.5 * velocity, note.pitch === 2 || note.pitch === 4 ? 0.25 : 0, 0.12);
      continue;
    }
    const seat = chairs[note.track];
    const pitch = note.pitch + order.keySemitones;
    const seconds = Math.max(0.08, note.lengthSixteenths * sixteenth * 0.96);
    mix(recall(`${note.track} ${pitch} ${note.lengthSixteenths}`, () => seat.play(pitch, seconds)), start, seat.gain * velocity, seat.pan, seat.room);
  }
  for (const hit of order.hitSeconds) {
    const start = Math.round(hit * 48000);
    if (start < 0 || start >= sampleCount) continue;
    mix(recall('accent', () => drum(5)), start, 0.8, 0, 0.3);
    mix(recall('accent note', () => piano(36 + order.keySemitones, 1.6)), start, 0.45, 0, 0.3);
  }
  addRoom(send, left, right);
  return { sampleRateHz: 48000, left, right };
}
