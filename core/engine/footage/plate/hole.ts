/**
 * The hole of a frame. It is the mask grown a little, so that neither the soft edge of the removed thing nor the halo
 * that compression left around it is seen by anything that fills: its pixels are read nowhere. Pure.
 */
import type { Box } from '../../../render/place.ts';
import type { FrameLayout } from './planes.ts';

/** What is hidden of a frame. */
export interface Hole {
  /** One byte a pixel: 1 = hidden. */
  readonly pixels: Uint8Array;
  /** The same at the size of the other planes; `pixels` itself where they have its size. */
  readonly chroma: Uint8Array;
  /** Around all that is hidden; null where nothing is. */
  readonly box: Box | null;
}

/** From this value of the mask on a pixel is to be removed. */
export const insideFrom = 128;

/** How far the mask grows, px: two at 480 rows, three at 720, four at 1080. */
export function growthFor(height: number): number {
  return Math.max(2, Math.min(8, Math.round(height / 260)));
}

/** The hole of a mask (grey, the picture's size). `allocate`: zeros to write it in. */
export function holeOf(
  mask: Uint8Array,
  layout: FrameLayout,
  growth: number,
  allocate: (length: number) => Uint8Array = (length) => new Uint8Array(length),
): Hole {
  const { width, height } = layout;
  const box = boxOf(mask, width, height);
  const chromaShape = layout.planes[1] ?? layout.planes[0]!;
  const hasOwnChroma = chromaShape.width !== width || chromaShape.height !== height;
  const pixels = allocate(width * height);
  const chroma = hasOwnChroma ? allocate(chromaShape.width * chromaShape.height) : pixels;
  if (!box) return { pixels, chroma, box };
  const left = Math.max(0, box.x - growth);
  const top = Math.max(0, box.y - growth);
  const right = Math.min(width, box.x + box.width + growth);
  const bottom = Math.min(height, box.y + box.height + growth);
  // runs of a row, wider on both sides and over the rows beside it: a square, which is all that the halo of a block
  // codec asks for
  for (let y = box.y; y < box.y + box.height; y++) {
    const [firstRow, lastRow] = [Math.max(top, y - growth), Math.min(bottom - 1, y + growth)];
    const end = y * width + box.x + box.width;
    for (let at = y * width + box.x; at < end; at++) {
      if (mask[at]! < insideFrom) continue;
      let stop = at + 1;
      while (stop < end && mask[stop]! >= insideFrom) stop++;
      const from = Math.max(left, at - y * width - growth);
      const to = Math.min(right, stop - y * width + growth);
      for (let row = firstRow; row <= lastRow; row++) pixels.fill(1, row * width + from, row * width + to);
      at = stop;
    }
  }
  if (hasOwnChroma) {
    const { x: sx, y: sy } = chromaShape.shift;
    for (let y = top; y < bottom; y++) {
      for (let x = left; x < right; x++)
        if (pixels[y * width + x] === 1) chroma[(y >> sy) * chromaShape.width + (x >> sx)] = 1;
    }
  }
  return { pixels, chroma, box: { x: left, y: top, width: right - left, height: bottom - top } };
}

function boxOf(mask: Uint8Array, width: number, height: number): Box | null {
  let [left, top, right, bottom] = [width, height, 0, 0];
  for (let y = 0; y < height; y++) {
    const row = mask.subarray(y * width, (y + 1) * width);
    for (let x = 0; x < width; x++) {
      if (row[x]! < insideFrom) continue;
      if (x < left) left = x;
      if (x >= right) right = x + 1;
      if (y < top) top = y;
      bottom = y + 1;
    }
  }
  return right === 0 ? null : { x: left, y: top, width: right - left, height: bottom - top };
}

/** A mask of [height, width] bytes, 1 = inside, grown by a square of `by` samples on each side. */
export function grown(mask: Uint8Array, width: number, height: number, by: number): Uint8Array {
  const rows = new Uint8Array(mask.length);
  const made = new Uint8Array(mask.length);
  for (let i = 0; i < mask.length; i++) {
    if (mask[i] === 0) continue;
    const x = i % width;
    rows.fill(1, i - Math.min(x, by), i + Math.min(width - x, by + 1));
  }
  for (let i = 0; i < rows.length; i++) {
    if (rows[i] === 0) continue;
    const y = Math.floor(i / width);
    for (let row = Math.max(0, y - by); row <= Math.min(height - 1, y + by); row++) made[row * width + (i % width)] = 1;
  }
  return made;
}
