/** Plays a score with the built-in instruments in a small room, block by block. */
import type { Stroke } from './musicScore.ts';
import { Room } from './room.ts';

/** Plays a piece from its start: each call fills both channels with the next block at 48 kHz. */
export interface MusicPlayer {
  render(left: Float32Array, right: Float32Array): void;
}

/** The player of the built-in instruments. Memory does not grow with length. */
export class BuiltInPlayer implements MusicPlayer {
  private readonly strokes: readonly Stroke[];
  private readonly room = new Room();
  private readonly cache = new Map<string, Float32Array>();
  private sounding: { sound: Float32Array; stroke: Stroke }[] = [];
  private next = 0;
  private at = 0;

  constructor(strokes: readonly Stroke[]) {
    this.strokes = strokes;
  }

  render(left: Float32Array, right: Float32Array): void {
    const end = this.at + left.length;
    const send = new Float32Array(left.length);
    left.fill(0);
    right.fill(0);
    for (let stroke = this.strokes[this.next]; stroke && stroke.start < end; stroke = this.strokes[++this.next])
      this.sounding.push({ sound: this.recall(stroke), stroke });
    for (const { sound, stroke } of this.sounding) {
      const gain = stroke.level * stroke.velocity;
      const gainLeft = gain * Math.cos(((1 + stroke.pan) * Math.PI) / 4);
      const gainRight = gain * Math.sin(((1 + stroke.pan) * Math.PI) / 4);
      const gainRoom = gain * stroke.room;
      const from = Math.max(this.at, stroke.start);
      const to = Math.min(end, stroke.start + sound.length);
      for (let i = from; i < to; i++) {
        const value = sound[i - stroke.start]!;
        const k = i - this.at;
        left[k] = left[k]! + value * gainLeft;
        right[k] = right[k]! + value * gainRight;
        send[k] = send[k]! + value * gainRoom;
      }
    }
    this.sounding = this.sounding.filter(({ sound, stroke }) => stroke.start + sound.length > end);
    this.room.add(send, left, right);
    this.at = end;
  }

  private recall(stroke: Stroke): Float32Array {
    const known = this.cache.get(stroke.key);
    if (known !== undefined) return known;
    const made = stroke.make();
    if (this.cache.size > 96) this.cache.clear(); // a long piece must not keep every note it ever played
    this.cache.set(stroke.key, made);
    return made;
  }
}
