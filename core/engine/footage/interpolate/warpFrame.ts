/** The picture at a moment between two frames, in their own samples: both are moved there, and mixed. */
import { GridRow, type FlowGrid } from './flowGrid.ts';
import { planesOf, type FrameShape, type Plane } from './rawFrame.ts';
import { sampleAt, type FloatPlane } from './sampleAt.ts';

/** Writes the frame at the grid's moment into `into`. The planes are those of `shape`, in levels of 0..255. */
export function warpFrame(
  first: readonly FloatPlane[],
  second: readonly FloatPlane[],
  grid: FlowGrid,
  shape: FrameShape,
  into: Uint8Array,
): void {
  const rows = new Map<string, GridRow>();
  planesOf(into, shape).forEach((plane, index) => {
    const size = `${plane.width} ${plane.height}`;
    const row = rows.get(size) ?? new GridRow(grid, plane);
    rows.set(size, row);
    warpPlane(first[index]!.data, second[index]!.data, row, grid, plane, shape.peak / 255);
  });
}

function warpPlane(
  first: Float32Array,
  second: Float32Array,
  row: GridRow,
  { picture }: FlowGrid,
  into: Plane,
  scale: number,
): void {
  const { width, height, data } = into;
  const across = width / picture.width;
  const down = height / picture.height;
  const { left, part } = row;
  const [x0, y0, x1, y1, share] = row.rows as [Float32Array, Float32Array, Float32Array, Float32Array, Float32Array];
  for (let y = 0, i = 0; y < height; y++) {
    row.moveTo(y);
    for (let x = 0; x < width; x++, i++) {
      const cell = left[x]!;
      const next = cell + 1;
      const more = part[x]!;
      const less = 1 - more;
      const ax = x + (x0[cell]! * less + x0[next]! * more) * across;
      const ay = y + (y0[cell]! * less + y0[next]! * more) * down;
      const bx = x + (x1[cell]! * less + x1[next]! * more) * across;
      const by = y + (y1[cell]! * less + y1[next]! * more) * down;
      const a = sampleAt(first, width, height, ax, ay);
      const b = sampleAt(second, width, height, bx, by);
      data[i] = (b + (share[cell]! * less + share[next]! * more) * (a - b)) * scale + 0.5;
    }
  }
}
