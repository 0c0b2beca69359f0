/** Raw planar frames as typed arrays, 8 or more bits a sample. Pure. */
import { planeSizes, type SampleFormat } from '../../../ffmpeg/sampleFormat.ts';
import type { Size } from '../../../render/place.ts';

/** Samples of 8 bits, or of up to 16 in machine order (little-endian, as all systems here are). */
export type Samples = Uint8Array | Uint16Array;

/** One plane of a frame. */
export interface PlaneShape extends Size {
  /** A sample covers 2^x by 2^y pixels. */
  readonly shift: { readonly x: number; readonly y: number };
  /** Where it begins in the frame, in samples. */
  readonly offset: number;
}

/** How the samples of a frame lie. */
export interface FrameLayout extends Size {
  readonly planes: readonly PlaneShape[];
  readonly sampleCount: number;
  readonly byteCount: number;
  readonly wide: boolean;
  /** One level of 8 bits in this depth: thresholds are given in those. */
  readonly level: number;
  readonly most: number;
}

/** The layout of raw frames in a format without alpha. */
export function layoutOf(format: SampleFormat, { width, height }: Size): FrameLayout {
  let offset = 0;
  const planes = planeSizes(format, { width, height }).map((size, index): PlaneShape => {
    const shift = index === 0 ? { x: 0, y: 0 } : format.chromaShift;
    const shape = { ...size, shift, offset };
    offset += size.width * size.height;
    return shape;
  });
  const wide = format.bitDepth > 8;
  return {
    ...{ width, height, planes, wide },
    sampleCount: offset,
    byteCount: offset * (wide ? 2 : 1),
    level: 2 ** (format.bitDepth - 8),
    most: 2 ** format.bitDepth - 1,
  };
}

/** The planes of a frame, without a copy. `bytes` must begin at an even address where samples have two bytes. */
export function planesOf(bytes: Uint8Array, layout: FrameLayout): Samples[] {
  const all = layout.wide
    ? new Uint16Array(bytes.buffer, bytes.byteOffset, layout.sampleCount)
    : new Uint8Array(bytes.buffer, bytes.byteOffset, layout.sampleCount);
  return layout.planes.map(({ offset, width, height }) => all.subarray(offset, offset + width * height));
}

/** Bilinear, held at the edges. */
export function sampleLinear(plane: Samples, width: number, height: number, x: number, y: number): number {
  const cx = x < 0 ? 0 : x > width - 1 ? width - 1 : x;
  const cy = y < 0 ? 0 : y > height - 1 ? height - 1 : y;
  const x0 = Math.min(width - 2, cx | 0);
  const y0 = Math.min(height - 2, cy | 0);
  if (x0 < 0 || y0 < 0) return plane[Math.round(cy) * width + Math.round(cx)]!;
  const fx = cx - x0;
  const fy = cy - y0;
  const at = y0 * width + x0;
  const above = plane[at]! * (1 - fx) + plane[at + 1]! * fx;
  const below = plane[at + width]! * (1 - fx) + plane[at + width + 1]! * fx;
  return above * (1 - fy) + below * fy;
}

/** Catmull-Rom, which keeps grain and edges; linear within two samples of the edges. */
export function sampleCubic(plane: Samples, width: number, height: number, x: number, y: number): number {
  const x0 = Math.floor(x);
  const y0 = Math.floor(y);
  const fx = x - x0;
  const fy = y - y0;
  if (fx < 1e-3 && fy < 1e-3 && x0 >= 0 && y0 >= 0 && x0 < width && y0 < height) return plane[y0 * width + x0]!;
  if (x0 < 1 || y0 < 1 || x0 > width - 3 || y0 > height - 3) return sampleLinear(plane, width, height, x, y);
  const wx0 = ((2 - fx) * fx - 1) * fx * 0.5;
  const wx1 = ((3 * fx - 5) * fx * fx + 2) * 0.5;
  const wx2 = ((4 - 3 * fx) * fx + 1) * fx * 0.5;
  const wx3 = (fx - 1) * fx * fx * 0.5;
  let at = (y0 - 1) * width + x0 - 1;
  const r0 = plane[at]! * wx0 + plane[at + 1]! * wx1 + plane[at + 2]! * wx2 + plane[at + 3]! * wx3;
  at += width;
  const r1 = plane[at]! * wx0 + plane[at + 1]! * wx1 + plane[at + 2]! * wx2 + plane[at + 3]! * wx3;
  at += width;
  const r2 = plane[at]! * wx0 + plane[at + 1]! * wx1 + plane[at + 2]! * wx2 + plane[at + 3]! * wx3;
  at += width;
  const r3 = plane[at]! * wx0 + plane[at + 1]! * wx1 + plane[at + 2]! * wx2 + plane[at + 3]! * wx3;
  return (
    r0 * (((2 - fy) * fy - 1) * fy * 0.5) +
    r1 * (((3 * fy - 5) * fy * fy + 2) * 0.5) +
    r2 * (((4 - 3 * fy) * fy + 1) * fy * 0.5) +
    r3 * ((fy - 1) * fy * fy * 0.5)
  );
}
