/** Finds where packets of sound were lost: a demuxer that loses its place goes on behind the loss without a word. */
import type { Packet } from '../../ffmpeg/packet.ts';

const mostHoles = 200;
/** A block of sound follows the one before it; one that is this much of a block late has lost its neighbour. */
const lostPart = 0.75;

/** Takes the packets of one stream in file order whose blocks all have the same number of samples. */
export class SoundHoles {
  /** Where sound is missing, s on the file's own clock. */
  readonly found: number[] = [];
  #end: number | null = null;

  /** Packets without a time or a length say nothing. */
  push({ pts, duration }: Packet): void {
    if (pts === null || duration === null || duration <= 0) return;
    const late = this.#end === null ? 0 : pts - this.#end;
    if (late > duration * lostPart && this.found.length < mostHoles) this.found.push(this.#end!);
    this.#end = Math.max(this.#end ?? pts, pts + duration);
  }
}
