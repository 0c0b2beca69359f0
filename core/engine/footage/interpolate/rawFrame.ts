/** Raw frames as ffmpeg gives them: planes one after the other, one byte a sample, or two (low byte first). */
import type { SampleFormat } from '../../../ffmpeg/sampleFormat.ts';
import { planeSizes } from '../../../ffmpeg/sampleFormat.ts';
import type { Size } from '../../../render/place.ts';

/** One plane of a raw frame, seen through its bytes. */
export interface Plane extends Size {
  readonly data: Uint8Array | Uint16Array;
}

/** How raw frames of one format and size lie in memory. Alpha is not read. */
export interface FrameShape {
  readonly samples: SampleFormat;
  readonly size: Size;
  readonly planes: readonly Size[];
  readonly bytes: number;
  /** The largest value of a sample. */
  readonly peak: number;
}

/** The shape of frames without alpha. */
export function frameShape(samples: SampleFormat, size: Size): FrameShape {
  const planes = planeSizes(samples, size);
  const count = planes.reduce((sum, { width, height }) => sum + width * height, 0);
  return { samples, size, planes, bytes: count * bytesPerSample(samples), peak: 2 ** samples.bitDepth - 1 };
}

function bytesPerSample({ bitDepth }: SampleFormat): 1 | 2 {
  return bitDepth > 8 ? 2 : 1;
}

/** The planes of a frame whose bytes begin at an even address. */
export function planesOf(frame: Uint8Array, { samples, planes }: FrameShape): Plane[] {
  let at = 0;
  return planes.map(({ width, height }) => {
    const count = width * height;
    const wide = bytesPerSample(samples) === 2;
    const data = wide
      ? new Uint16Array(frame.buffer, frame.byteOffset + at, count)
      : new Uint8Array(frame.buffer, frame.byteOffset + at, count);
    at += data.byteLength;
    return { width, height, data };
  });
}
