/**
 * Points followed from one frame to another: corners by the smaller eigenvalue (Shi and Tomasi, 1994), tracked by
 * pyramidal Lucas and Kanade with the inverse compositional step, back and forth. Only pixels of the thing's own mask
 * count in a window: what lies behind moves otherwise.
 */
import type { Plane, Rect } from '../select/raster.ts';
import { sampleAt } from './grey.ts';

/** A place, px. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

/** Where a point went; null where it was not found again. */
export type Moved = Point | null;

const windowRadius = 6;
const iterations = 8;
/** Back and forth must end this near to the start, px. */
const mostReturnError = 1;

/** Corners inside a mask (at least 0.5), the strongest first, `spacing` px apart. */
export function cornersIn(grey: Plane, mask: Plane, within: Rect, count: number, spacing: number): Point[] {
  const { width } = grey;
  const left = Math.max(3, within.left);
  const top = Math.max(3, within.top);
  const right = Math.min(grey.width - 3, within.right);
  const bottom = Math.min(grey.height - 3, within.bottom);
  const cell = Math.max(2, Math.round(spacing));
  const found: { x: number; y: number; strength: number }[] = [];
  for (let cy = top; cy < bottom; cy += cell) {
    for (let cx = left; cx < right; cx += cell) {
      let best = { x: 0, y: 0, strength: 0 };
      for (let y = cy; y < Math.min(bottom, cy + cell); y += 2) {
        for (let x = cx; x < Math.min(right, cx + cell); x += 2) {
          if (mask.data[y * width + x]! < 0.5) continue;
          const strength = smallerEigenvalue(grey, x, y);
          if (strength > best.strength) best = { x, y, strength };
        }
      }
      if (best.strength > 0) found.push(best);
    }
  }
  found.sort((a, b) => b.strength - a.strength);
  const least = (found[0]?.strength ?? 0) * 0.002;
  return found.filter(({ strength }) => strength > Math.max(least, 4)).slice(0, count);
}

function smallerEigenvalue({ data, width }: Plane, x: number, y: number): number {
  let [xx, xy, yy] = [0, 0, 0];
  for (let dy = -2; dy <= 2; dy++) {
    for (let dx = -2; dx <= 2; dx++) {
      const at = (y + dy) * width + x + dx;
      const gx = (data[at + 1]! - data[at - 1]!) / 2;
      const gy = (data[at + width]! - data[at - width]!) / 2;
      xx += gx * gx;
      xy += gx * gy;
      yy += gy * gy;
    }
  }
  return ((xx + yy) / 2 - Math.sqrt(((xx - yy) / 2) ** 2 + xy * xy)) / 25;
}

/**
 * Follows points from one pyramid to another, starting at `guess`. `mask` belongs to the first frame; null = all pixels
 * count.
 */
export function trackPoints(
  from: readonly Plane[],
  to: readonly Plane[],
  points: readonly Point[],
  guess: (point: Point) => Point,
  masks: readonly Plane[] | null,
): Moved[] {
  return points.map((point) => {
    const there = trackOne(from, to, point, guess(point), masks);
    if (!there) return null;
    // near its start already: the fine levels are enough
    const back = trackOne(to.slice(0, 2), from.slice(0, 2), there, point, null);
    return back && Math.hypot(back.x - point.x, back.y - point.y) <= mostReturnError ? there : null;
  });
}

const side = 2 * windowRadius + 1;
const patch = new Float32Array(side * side);
const gradX = new Float32Array(side * side);
const gradY = new Float32Array(side * side);
const weights = new Float32Array(side * side);

function trackOne(
  from: readonly Plane[],
  to: readonly Plane[],
  point: Point,
  guess: Point,
  masks: readonly Plane[] | null,
): Moved {
  const levels = Math.min(from.length, to.length);
  let [x, y] = [guess.x / 2 ** (levels - 1), guess.y / 2 ** (levels - 1)];
  let residual = Infinity;
  for (let level = levels - 1; level >= 0; level--) {
    const scale = 2 ** level;
    const solved = solveLevel(from[level]!, to[level]!, masks?.[level] ?? null, point.x / scale, point.y / scale, x, y);
    if (!solved) {
      if (level === 0) return null;
    } else {
      ({ x, y } = solved);
      residual = solved.residual;
    }
    if (level > 0) {
      x *= 2;
      y *= 2;
    }
  }
  const { width, height } = to[0]!;
  return residual < 18 && x >= 0 && y >= 0 && x <= width - 1 && y <= height - 1 ? { x, y } : null;
}

/** A window with one more px on each side, for its gradients. */
const wideSide = side + 2;
const wide = new Float32Array(wideSide * wideSide);
const there = new Float32Array(side * side);

/** One level: the place in `to`, and the mean difference that is left; null where the window has no structure. */
function solveLevel(
  from: Plane,
  to: Plane,
  mask: Plane | null,
  px: number,
  py: number,
  startX: number,
  startY: number,
): { x: number; y: number; residual: number } | null {
  let total = side * side;
  if (mask) {
    sampleWindow(mask, px, py, windowRadius, weights);
    total = 0;
    for (let i = 0; i < weights.length; i++) {
      if (weights[i]! < 0.05) weights[i] = 0;
      total += weights[i]!;
    }
  } else weights.fill(1);
  if (total < 12) return null;
  sampleWindow(from, px, py, windowRadius + 1, wide);
  let [xx, xy, yy] = [0, 0, 0];
  for (let row = 0, i = 0; row < side; row++) {
    for (let column = 0, at = (row + 1) * wideSide + 1; column < side; column++, at++, i++) {
      const weight = weights[i]!;
      if (weight === 0) continue;
      const gx = (wide[at + 1]! - wide[at - 1]!) / 2;
      const gy = (wide[at + wideSide]! - wide[at - wideSide]!) / 2;
      patch[i] = wide[at]!;
      gradX[i] = gx;
      gradY[i] = gy;
      xx += weight * gx * gx;
      xy += weight * gx * gy;
      yy += weight * gy * gy;
    }
  }
  const determinant = xx * yy - xy * xy;
  if (determinant < 1e-3 * total * total) return null;
  let [x, y, residual] = [startX, startY, 0];
  for (let step = 0; step < iterations; step++) {
    let [bx, by] = [0, 0];
    residual = 0;
    sampleWindow(to, x, y, windowRadius, there);
    for (let i = 0; i < there.length; i++) {
      const weight = weights[i]!;
      if (weight === 0) continue;
      const difference = there[i]! - patch[i]!;
      bx += weight * difference * gradX[i]!;
      by += weight * difference * gradY[i]!;
      residual += weight * Math.abs(difference);
    }
    const stepX = (yy * bx - xy * by) / determinant;
    const stepY = (xx * by - xy * bx) / determinant;
    x -= stepX;
    y -= stepY;
    if (Math.abs(stepX) + Math.abs(stepY) < 0.02) break;
    if (Math.abs(x - startX) + Math.abs(y - startY) > 40) return null;
  }
  return { x, y, residual: residual / total };
}

/** The square of (2 radius + 1) px around a place, between pixels. All of them lie alike between theirs. */
function sampleWindow(plane: Plane, cx: number, cy: number, radius: number, into: Float32Array): void {
  const { data, width, height } = plane;
  const [left, top] = [Math.floor(cx) - radius, Math.floor(cy) - radius];
  const length = 2 * radius + 1;
  if (left < 0 || top < 0 || left + length >= width || top + length >= height) {
    for (let row = 0, i = 0; row < length; row++)
      for (let column = 0; column < length; column++, i++)
        into[i] = sampleAt(plane, cx - radius + column, cy - radius + row);
    return;
  }
  const [fx, fy] = [cx - radius - left, cy - radius - top];
  const [w0, w1, w2, w3] = [(1 - fx) * (1 - fy), fx * (1 - fy), (1 - fx) * fy, fx * fy];
  for (let row = 0, i = 0; row < length; row++) {
    for (let at = (top + row) * width + left, end = at + length; at < end; at++, i++)
      into[i] = data[at]! * w0 + data[at + 1]! * w1 + data[at + width]! * w2 + data[at + width + 1]! * w3;
  }
}
