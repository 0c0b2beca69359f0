/** Decoded sound of one file around a place, as stereo chunks. */
import type { AudioSample } from 'mediabunny';

interface Chunk {
  readonly from: number;
  readonly left: Float32Array<ArrayBuffer>;
  readonly right: Float32Array<ArrayBuffer>;
}

/** Contiguous chunks of decoded stereo sound; positions in frames of the file. */
export class SoundChunks {
  private chunks: Chunk[] = [];

  get from(): number | null {
    return this.chunks[0]?.from ?? null;
  }

  /** Chunks come in the order of time; `before` puts them in front of the others. */
  add(chunks: readonly Chunk[], before = false): void {
    this.chunks = before ? [...chunks, ...this.chunks] : [...this.chunks, ...chunks];
  }

  clear(): void {
    this.chunks = [];
  }

  /** Forgets what ends before `frame`. */
  dropBefore(frame: number): void {
    this.chunks = this.chunks.filter((chunk) => chunk.from + chunk.left.length > frame);
  }

  /** Forgets what begins after `frame`. */
  dropAfter(frame: number): void {
    this.chunks = this.chunks.filter((chunk) => chunk.from <= frame);
  }

  copy(fromFrame: number, left: Float32Array, right: Float32Array): void {
    for (const chunk of this.chunks) {
      const first = Math.max(chunk.from, fromFrame);
      const end = Math.min(chunk.from + chunk.left.length, fromFrame + left.length);
      if (end <= first) continue;
      left.set(chunk.left.subarray(first - chunk.from, end - chunk.from), first - fromFrame);
      right.set(chunk.right.subarray(first - chunk.from, end - chunk.from), first - fromFrame);
    }
  }
}

const half = Math.SQRT1_2;
/** Share of each channel in left and right, as Web Audio mixes 4 and 6 channels down to two. */
const downMix: Readonly<Record<number, readonly (readonly [number, number])[]>> = {
  4: [
    [0.5, 0],
    [0, 0.5],
    [0.5, 0],
    [0, 0.5],
  ],
  6: [
    [1, 0],
    [0, 1],
    [half, half],
    [0, 0],
    [half, 0],
    [0, half],
  ],
};

/** A decoded sample as a stereo chunk; closes it. */
export function stereoChunk(sample: AudioSample): Chunk {
  const { numberOfFrames: frames, numberOfChannels: channels } = sample;
  const from = Math.round(sample.timestamp * sample.sampleRate);
  const planes = Array.from({ length: channels }, (_, planeIndex) => {
    const plane = new Float32Array(frames);
    sample.copyTo(plane, { planeIndex, format: 'f32-planar' });
    return plane;
  });
  sample.close();
  const shares = downMix[channels];
  if (!shares) return { from, left: planes[0]!, right: planes[1] ?? planes[0]! };
  const left = new Float32Array(frames);
  const right = new Float32Array(frames);
  planes.forEach((plane, channel) => {
    const [l, r] = shares[channel]!;
    for (let frame = 0; frame < frames; frame += 1) {
      left[frame]! += plane[frame]! * l;
      right[frame]! += plane[frame]! * r;
    }
  });
  return { from, left, right };
}
