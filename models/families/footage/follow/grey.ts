/** Grey pictures and their pyramids, for motion. */
import { planeOf, type Picture, type Plane, type Rect } from '../select/raster.ts';

/** Luma of a picture, 0..255. */
export function greyOf({ data, width, height }: Picture): Plane {
  const grey = planeOf(width, height);
  for (let i = 0, from = 0; i < grey.data.length; i++, from += 3)
    grey.data[i] = 0.299 * data[from]! + 0.587 * data[from + 1]! + 0.114 * data[from + 2]!;
  return grey;
}

/** Half the size, blurred by 1 2 1 first. `within`: the part of the plane that counts; the rest becomes 0. */
export function halved({ data, width, height }: Plane, within: Rect | null = null): Plane {
  const half = planeOf(Math.max(1, width >> 1), Math.max(1, height >> 1));
  const left = within ? Math.max(0, (within.left >> 1) - 1) : 0;
  const right = within ? Math.min(half.width, (within.right >> 1) + 2) : half.width;
  const bottom = within ? Math.min(half.height, (within.bottom >> 1) + 2) : half.height;
  for (let y = within ? Math.max(0, (within.top >> 1) - 1) : 0; y < bottom; y++) {
    const above = Math.max(0, 2 * y - 1) * width;
    const here = Math.min(height - 1, 2 * y) * width;
    const below = Math.min(height - 1, 2 * y + 1) * width;
    for (let x = left; x < right; x++) {
      const before = x > 0 ? 2 * x - 1 : 0;
      const mid = 2 * x < width ? 2 * x : width - 1;
      const after = 2 * x + 1 < width ? 2 * x + 1 : width - 1;
      half.data[y * half.width + x] =
        (data[above + before]! +
          data[above + after]! +
          data[below + before]! +
          data[below + after]! +
          2 * (data[above + mid]! + data[below + mid]! + data[here + before]! + data[here + after]!) +
          4 * data[here + mid]!) /
        16;
    }
  }
  return half;
}

/** The picture and its halves, the largest first. */
export function pyramidOf(grey: Plane, levels: number): readonly Plane[] {
  const pyramid = [grey];
  while (pyramid.length < levels && Math.min(pyramid.at(-1)!.width, pyramid.at(-1)!.height) >= 32)
    pyramid.push(halved(pyramid.at(-1)!));
  return pyramid;
}

/** Value between pixels; the border goes on outside. */
export function sampleAt({ data, width, height }: Plane, x: number, y: number): number {
  const cx = x < 0 ? 0 : x > width - 1 ? width - 1 : x;
  const cy = y < 0 ? 0 : y > height - 1 ? height - 1 : y;
  const x0 = cx | 0;
  const y0 = cy | 0;
  const fx = cx - x0;
  const fy = cy - y0;
  const at = y0 * width + x0;
  const right = x0 < width - 1 ? 1 : 0;
  const down = y0 < height - 1 ? width : 0;
  return (
    (data[at]! * (1 - fx) + data[at + right]! * fx) * (1 - fy) +
    (data[at + down]! * (1 - fx) + data[at + down + right]! * fx) * fy
  );
}
