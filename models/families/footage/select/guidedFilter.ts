/** Guided filter (He, Sun, Tang, 2013) with a grey guide: pulls the edge of a coarse mask onto the picture's edge. */
import type { Plane } from './raster.ts';

/** Means over squares of (2 radius + 1) px, cut off at the border. */
export function boxMean({ data, width, height }: Plane, radius: number): Plane {
  const rows = new Float32Array(data.length);
  const shares = sharesAlong(width, radius);
  for (let y = 0; y < height; y++) {
    const at = y * width;
    let sum = 0;
    for (let x = 0; x < Math.min(radius, width); x++) sum += data[at + x]!;
    for (let x = 0; x < width; x++) {
      if (x + radius < width) sum += data[at + x + radius]!;
      if (x > radius) sum -= data[at + x - radius - 1]!;
      rows[at + x] = sum * shares[x]!;
    }
  }
  const mean = new Float32Array(data.length);
  const sums = new Float64Array(width);
  const down = sharesAlong(height, radius);
  for (let y = 0; y < Math.min(radius, height); y++) addRow(sums, rows, y * width, 1);
  for (let y = 0; y < height; y++) {
    if (y + radius < height) addRow(sums, rows, (y + radius) * width, 1);
    if (y > radius) addRow(sums, rows, (y - radius - 1) * width, -1);
    const share = down[y]!;
    for (let x = 0, at = y * width; x < width; x++, at++) mean[at] = sums[x]! * share;
  }
  return { data: mean, width, height };
}

/** One over the number of places that lie within `radius` of each, along a side of `length`. */
function sharesAlong(length: number, radius: number): Float64Array {
  return Float64Array.from(
    { length },
    (_, at) => 1 / (Math.min(length - 1, at + radius) - Math.max(0, at - radius) + 1),
  );
}

function addRow(sums: Float64Array, rows: Float32Array, from: number, sign: 1 | -1): void {
  for (let x = 0; x < sums.length; x++) sums[x]! += sign * rows[from + x]!;
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
