/** Pictures and masks moved by a motion, with what single parts move besides. */
import { planeOf, type Picture, type Plane, type Rect } from '../select/raster.ts';
import { sampleAt } from './grey.ts';
import { applied, inverseOf, type Affine, type Match } from './motion.ts';

/** How parts move besides the whole: a coarse grid of displacements in px, read between its points. */
export interface Bend {
  readonly x: Plane;
  readonly y: Plane;
  /** px between grid points. */
  readonly step: number;
  readonly left: number;
  readonly top: number;
}

/** The plane moved by `motion`, and by `bend` in its new place, inside `within`; 0 elsewhere. */
export function warpPlane(plane: Plane, motion: Affine, within: Rect, bend: Bend | null = null): Plane {
  const made = planeOf(plane.width, plane.height);
  const back = inverseOf(motion);
  for (let y = within.top; y < within.bottom; y++) {
    for (let x = within.left; x < within.right; x++) {
      const [qx, qy] = bend ? [x - bentBy(bend.x, bend, x, y), y - bentBy(bend.y, bend, x, y)] : [x, y];
      const px = back.a * qx + back.b * qy + back.c;
      const py = back.d * qx + back.e * qy + back.f;
      if (px < -0.5 || py < -0.5 || px > plane.width - 0.5 || py > plane.height - 0.5) continue;
      made.data[y * plane.width + x] = sampleAt(plane, px, py);
    }
  }
  return made;
}

function bentBy(field: Plane, { step, left, top }: Bend, x: number, y: number): number {
  return sampleAt(field, (x - left) / step, (y - top) / step);
}

/** The picture moved by `motion` inside `within`: the nearest pixels. */
export function warpPicture(picture: Picture, motion: Affine, within: Rect, bend: Bend | null = null): Picture {
  const { width, height } = picture;
  const data = new Uint8Array(width * height * 3);
  const back = inverseOf(motion);
  for (let y = within.top; y < within.bottom; y++) {
    for (let x = within.left; x < within.right; x++) {
      const [qx, qy] = bend ? [x - bentBy(bend.x, bend, x, y), y - bentBy(bend.y, bend, x, y)] : [x, y];
      const px = Math.round(back.a * qx + back.b * qy + back.c);
      const py = Math.round(back.d * qx + back.e * qy + back.f);
      if (px < 0 || py < 0 || px >= width || py >= height) continue;
      const [from, to] = [(py * width + px) * 3, (y * width + x) * 3];
      data[to] = picture.data[from]!;
      data[to + 1] = picture.data[from + 1]!;
      data[to + 2] = picture.data[from + 2]!;
    }
  }
  return { data, width, height };
}

const bendStep = 8;
const bendReachPx = 12;
/** A displacement beyond this belongs to something else, px. */
const mostBentPx = 24;

/** What tracked points move besides the whole, spread over their surroundings. */
export function bendOf(matches: readonly Match[], motion: Affine, within: Rect): Bend {
  const width = Math.ceil((within.right - within.left) / bendStep) + 1;
  const height = Math.ceil((within.bottom - within.top) / bendStep) + 1;
  const [x, y, weight] = [planeOf(width, height), planeOf(width, height), planeOf(width, height, 0.15)];
  const reach = Math.ceil((2.5 * bendReachPx) / bendStep);
  for (const { from, to } of matches) {
    const there = applied(motion, from);
    const [dx, dy] = [to.x - there.x, to.y - there.y];
    if (Math.hypot(dx, dy) > mostBentPx) continue;
    const [gx, gy] = [(to.x - within.left) / bendStep, (to.y - within.top) / bendStep];
    for (let row = Math.max(0, Math.floor(gy) - reach); row <= Math.min(height - 1, gy + reach); row++) {
      for (let column = Math.max(0, Math.floor(gx) - reach); column <= Math.min(width - 1, gx + reach); column++) {
        const distance = (((column - gx) ** 2 + (row - gy) ** 2) * bendStep ** 2) / bendReachPx ** 2;
        const share = Math.exp(-distance / 2);
        const at = row * width + column;
        x.data[at]! += share * dx;
        y.data[at]! += share * dy;
        weight.data[at]! += share;
      }
    }
  }
  for (let at = 0; at < weight.data.length; at++) {
    x.data[at]! /= weight.data[at]!;
    y.data[at]! /= weight.data[at]!;
  }
  return { x, y, step: bendStep, left: within.left, top: within.top };
}
