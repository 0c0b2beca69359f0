/** Guided filter (He, Sun, Tang, 2013) with a grey guide: pulls the edge of a coarse mask onto the picture's edge. */
import type { Plane } from './raster.ts';

/** Means over squares of (2 radius + 1) px, cut off at the border. */
export function boxMean({ data, width, height }: Plane, radius: number): Plane {
  const rows = new Float32Array(data.length);
  for (let y = 0; y < height; y++) {
    let sum = 0;
    const at = y * width;
    for (let x = 0; x < Math.min(radius, width); x++) sum += data[at + x]!;
    for (let x = 0; x < width; x++) {
      if (x + radius < width) sum += data[at + x + radius]!;
      if (x - radius - 1 >= 0) sum -= data[at + x - radius - 1]!;
      rows[at + x] = sum / (Math.min(width - 1, x + radius) - Math.max(0, x - radius) + 1);
    }
  }
  const mean = new Float32Array(data.length);
  const sums = new Float64Array(width);
  for (let y = 0; y < Math.min(radius, height); y++) for (let x = 0; x < width; x++) sums[x]! += rows[y * width + x]!;
  for (let y = 0; y < height; y++) {
    const [enters, leaves] = [y + radius, y - radius - 1];
    const count = Math.min(height - 1, enters) - Math.max(0, y - radius) + 1;
    for (let x = 0; x < width; x++) {
      if (enters < height) sums[x]! += rows[enters * width + x]!;
      if (leaves >= 0) sums[x]! -= rows[leaves * width + x]!;
      mean[y * width + x] = sums[x]! / count;
    }
  }
  return { data: mean, width, height };
}

/** `guide` and `mask` are of one size, 0..1. `epsilon`: variance of the guide below which it counts as flat. */
export function guidedFilter(guide: Plane, mask: Plane, radius: number, epsilon: number): Plane {
  const { width, height } = guide;
  const product = (a: Plane, b: Plane): Plane => ({ data: a.data.map((v, i) => v * b.data[i]!), width, height });
  const meanGuide = boxMean(guide, radius);
  const meanMask = boxMean(mask, radius);
  const meanBoth = boxMean(product(guide, mask), radius);
  const meanSquare = boxMean(product(guide, guide), radius);
  const slope = new Float32Array(width * height);
  const offset = new Float32Array(width * height);
  for (let i = 0; i < slope.length; i++) {
    const g = meanGuide.data[i]!;
    slope[i] = (meanBoth.data[i]! - g * meanMask.data[i]!) / (meanSquare.data[i]! - g * g + epsilon);
    offset[i] = meanMask.data[i]! - slope[i]! * g;
  }
  const a = boxMean({ data: slope, width, height }, radius);
  const b = boxMean({ data: offset, width, height }, radius);
  const data = guide.data.map((g, i) => Math.max(0, Math.min(1, a.data[i]! * g + b.data[i]!)));
  return { data, width, height };
}
