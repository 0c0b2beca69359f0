/** A plane of samples as numbers, row by row. */
export interface FloatPlane {
  readonly width: number;
  readonly height: number;
  readonly data: Float32Array;
}

/** Between four samples; beyond the edges the last one goes on. Places are those of sample centres. */
export function sampleAt(data: Float32Array, width: number, height: number, x: number, y: number): number {
  const px = x < 0 ? 0 : x > width - 1 ? width - 1 : x;
  const py = y < 0 ? 0 : y > height - 1 ? height - 1 : y;
  const left = px | 0;
  const top = py | 0;
  const at = top * width + left;
  const right = left + 1 < width ? 1 : 0;
  const down = top + 1 < height ? width : 0;
  const upper = data[at]! + (px - left) * (data[at + right]! - data[at]!);
  const lower = data[at + down]! + (px - left) * (data[at + down + right]! - data[at + down]!);
  return upper + (py - top) * (lower - upper);
}
