/** Grey pictures and their pyramids, for motion. */
import { planeOf, type Picture, type Plane } from '../select/raster.ts';

/** Luma of a picture, 0..255. */
export function greyOf({ data, width, height }: Picture): Plane {
  const grey = planeOf(width, height);
  for (let i = 0, from = 0; i < grey.data.length; i++, from += 3)
    grey.data[i] = 0.299 * data[from]! + 0.587 * data[from + 1]! + 0.114 * data[from + 2]!;
  return grey;
}

/** Half the size, blurred by 1 2 1 first. */
export function halved({ data, width, height }: Plane): Plane {
  const half = planeOf(Math.max(1, width >> 1), Math.max(1, height >> 1));
  for (let y = 0; y < half.height; y++) {
    const above = Math.max(0, 2 * y - 1) * width;
    const here = Math.min(height - 1, 2 * y) * width;
    const below = Math.min(height - 1, 2 * y + 1) * width;
    for (let x = 0; x < half.width; x++) {
      const left = Math.max(0, 2 * x - 1);
      const right = Math.min(width - 1, 2 * x + 1);
      const mid = Math.min(width - 1, 2 * x);
      half.data[y * half.width + x] =
        (data[above + left]! +
          data[above + right]! +
          data[below + left]! +
          data[below + right]! +
          2 * (data[above + mid]! + data[below + mid]! + data[here + left]! + data[here + right]!) +
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
