/** Notes to sound with the built-in instruments and a small room, block by block. */
import { accentDrum, cymbal, drum, piano } from './instruments.ts';
import { bendMode, type MusicPlan } from './musicPlan.ts';
import type { Mode } from './moods.ts';
import type { Note } from './musicTokens.ts';
import type { Ensemble } from './orchestration.ts';
import { Random } from './random.ts';

/** Four delay lines fed into each other (Hadamard), damped: a room of about 1.4 s. */
class Room {
  private readonly lines = [1559, 1907, 2311, 2767].map((length) => new Float32Array(length));
  private readonly damp = new Float64Array(4);
  private readonly at = new Int32Array(4);

  add(send: Float32Array, left: Float32Array, right: Float32Array): void {
    const { lines, damp, at } = this;
    const [l0, l1, l2, l3] = lines as [Float32Array, Float32Array, Float32Array, Float32Array];
    const mixed = new Float64Array(4);
    for (let i = 0; i < send.length; i++) {
      const o0 = l0[at[0]!]!;
      const o1 = l1[at[1]!]!;
      const o2 = l2[at[2]!]!;
      const o3 = l3[at[3]!]!;
      mixed[0] = o0 + o1 + o2 + o3;
      mixed[1] = o0 - o1 + o2 - o3;
      mixed[2] = o0 + o1 - o2 - o3;
      mixed[3] = o0 - o1 - o2 + o3;
      for (let k = 0; k < 4; k++) {
        damp[k] = 0.65 * damp[k]! + 0.147 * mixed[k]!;
        const line = lines[k]!;
        line[at[k]!] = damp[k]! * 1.08 + send[i]! * 0.5;
        at[k] = at[k]! + 1 === line.length ? 0 : at[k]! + 1;
      }
      left[i] = left[i]! + 0.6 * (o0 - o2);
      right[i] = right[i]! + 0.6 * (o1 - o3);
    }
  }
}

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

interface Event {
  readonly start: number;
  /** Same key, same sound. */
  readonly key: string;
  readonly make: () => Float32Array;
  readonly gain: number;
  readonly pan: number;
  readonly room: number;
}

/** Every note's place, loudness and player, in order of time. Timing is loosened by up to 4 ms, by the seed. */
function eventsOf(notes: readonly Note[], order: RenderOrder): Event[] {
  const { ensemble, plan } = order;
  const random = new Random(order.seed, 21);
  const events: Event[] = [];
  for (const note of notes) {
    const loose = Math.max(0, (random.next() - 0.5) * 0.008);
    const velocity = note.velocity * (0.94 + 0.12 * random.next());
    const bar = plan.bars[Math.floor(note.startSixteenth / 16)];
    const position = note.startSixteenth % 16;
    if (!bar || position >= bar.sixteenths) continue;
    const start = Math.round((bar.startSeconds + position * bar.sixteenthSeconds + loose) * 48000);
    if (note.track === 'DRUM') {
      const gain = 0.5 * velocity * (ensemble.kit[note.pitch] ?? 0);
      if (gain > 0) events.push({ start, key: `drum ${note.pitch}`, make: () => drum(note.pitch), gain, pan: note.pitch === 2 || note.pitch === 4 ? 0.25 : 0, room: 0.12 });
      continue;
    }
    const seat = ensemble.seats[note.track];
    const pitch = bendMode(note.pitch, order.mode) + order.keySemitones + 12 * (seat.octaves ?? 0);
    const seconds = Math.max(0.08, Math.round(note.lengthSixteenths * bar.sixteenthSeconds * 96) / 100);
    events.push({ start, key: `${seat.name} ${pitch} ${seconds}`, make: () => seat.play(pitch, seconds), gain: seat.gain * velocity, pan: seat.pan, room: seat.room });
  }
  for (const bar of plan.bars) {
    if (bar.onCut) events.push({ start: Math.round(bar.startSeconds * 48000), key: 'cymbal', make: () => drum(cymbal), gain: ensemble.kit[0] > 0 ? 0.4 : 0.16, pan: -0.1, room: 0.3 });
  }
  const tonic = 36 + order.keySemitones;
  for (const hit of order.hitSeconds) {
    const start = Math.round(hit * 48000);
    events.push({ start, key: 'accent', make: () => drum(accentDrum), gain: 0.8, pan: 0, room: 0.3 });
    events.push({ start, key: 'accent note', make: () => piano(tonic, 1.6), gain: 0.45, pan: 0, room: 0.3 });
  }
  return events.sort((a, b) => a.start - b.start);
}

/** Plays a piece forwards: each call gives the next block. Memory does not grow with length. */
export class MusicPlayer {
  private readonly events: readonly Event[];
  private readonly room = new Room();
  private readonly cache = new Map<string, Float32Array>();
  private sounding: { sound: Float32Array; event: Event }[] = [];
  private next = 0;
  private at = 0;

  constructor(notes: readonly Note[], order: RenderOrder) {
    this.events = eventsOf(notes, order);
  }

  /** 48 kHz; both channels are filled. */
  render(left: Float32Array, right: Float32Array): void {
    const end = this.at + left.length;
    const send = new Float32Array(left.length);
    left.fill(0);
    right.fill(0);
    for (let event = this.events[this.next]; event && event.start < end; event = this.events[++this.next]) this.sounding.push({ sound: this.recall(event), event });
    for (const { sound, event } of this.sounding) {
      const gainLeft = event.gain * Math.cos(((1 + event.pan) * Math.PI) / 4);
      const gainRight = event.gain * Math.sin(((1 + event.pan) * Math.PI) / 4);
      const gainRoom = event.gain * event.room;
      const from = Math.max(this.at, event.start);
      const to = Math.min(end, event.start + sound.length);
      for (let i = from; i < to; i++) {
        const value = sound[i - event.start]!;
        const k = i - this.at;
        left[k] = left[k]! + value * gainLeft;
        right[k] = right[k]! + value * gainRight;
        send[k] = send[k]! + value * gainRoom;
      }
    }
    this.sounding = this.sounding.filter(({ sound, event }) => event.start + sound.length > end);
    this.room.add(send, left, right);
    this.at = end;
  }

  private recall(event: Event): Float32Array {
    const known = this.cache.get(event.key);
    if (known !== undefined) return known;
    const made = event.make();
    if (this.cache.size > 96) this.cache.clear(); // a long piece must not keep every note it ever played
    this.cache.set(event.key, made);
    return made;
  }
}
