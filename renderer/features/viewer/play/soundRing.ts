/**
 * A ring buffer of stereo sound, addressed by frames since the start. Rewritten sound replaces what waits, with a short
 * crossfade; late sound is dropped; missing sound is silent and counted.
 */
export class SoundRing {
  private readonly left: Float32Array;
  private readonly right: Float32Array;
  /** Frames below this may be read. */
  private writtenTo = 0;
  private readFrame = 0;
  /** Where the last block ended: one that goes on from there is no seam. */
  private lastEnd = 0;
  private missingFrames = 0;
  private readonly capacity: number;
  private readonly blendFrames: number;

  /** `blendFrames`: length of the crossfade where waiting sound is replaced. */
  constructor(capacity: number, blendFrames: number) {
    this.capacity = capacity;
    this.blendFrames = blendFrames;
    this.left = new Float32Array(capacity);
    this.right = new Float32Array(capacity);
  }

  /** The next frame that will be played. */
  get position(): number {
    return this.readFrame;
  }

  /** Frames that were silent because nothing had been written. */
  get missing(): number {
    return this.missingFrames;
  }

  get delivered(): number {
    return this.readFrame - this.missingFrames;
  }

  reset(): void {
    this.writtenTo = 0;
    this.readFrame = 0;
    this.lastEnd = 0;
    this.missingFrames = 0;
  }

  /** Frames before the position and beyond the capacity are dropped. */
  write(fromFrame: number, left: Float32Array, right: Float32Array): void {
    const first = Math.max(fromFrame, this.readFrame);
    const end = Math.min(fromFrame + left.length, this.readFrame + this.capacity);
    this.clear(Math.max(this.writtenTo, this.readFrame), Math.min(first, end));
    const replacedTo = fromFrame === this.lastEnd ? 0 : this.writtenTo;
    this.lastEnd = fromFrame + left.length;
    for (let frame = first; frame < end; frame += 1) {
      const slot = frame % this.capacity;
      const step = frame - first + 1;
      const share = frame < replacedTo && step < this.blendFrames ? step / this.blendFrames : 1;
      this.left[slot] = mixed(this.left[slot]!, left[frame - fromFrame]!, share);
      this.right[slot] = mixed(this.right[slot]!, right[frame - fromFrame]!, share);
    }
    if (end > first) this.writtenTo = Math.max(this.writtenTo, end);
  }

  /** Fills both and moves on by their length. */
  read(left: Float32Array, right: Float32Array): void {
    const count = left.length;
    const there = Math.max(0, Math.min(count, this.writtenTo - this.readFrame));
    for (let index = 0; index < there; index += 1) {
      const slot = (this.readFrame + index) % this.capacity;
      left[index] = this.left[slot]!;
      right[index] = this.right[slot]!;
    }
    left.fill(0, there);
    right.fill(0, there);
    this.readFrame += count;
    this.missingFrames += count - there;
  }

  private clear(from: number, to: number): void {
    for (let frame = from; frame < to; frame += 1) {
      this.left[frame % this.capacity] = 0;
      this.right[frame % this.capacity] = 0;
    }
  }
}

function mixed(before: number, now: number, share: number): number {
  return share === 1 ? now : before + (now - before) * share;
}
