/**
 * The exact motion at the hole, from the ring around it: the camera's motion says roughly where a point of this frame
 * is in another; a few steps of Gauss and Newton (inverse compositional: Baker and Matthews, 2004) on the ring's pixels
 * bring it to a small part of a pixel, also where the ground at the hole is not on the plane that the camera's motion
 * was fitted to. What moves by itself in the ring is weighted down. Pure.
 */
import { compose, identity, inverse, type Homography } from './homography.ts';
import { sampleLinear, type Samples } from './planes.ts';
import type { Bounds } from './region.ts';
import { selectNth } from './select.ts';

/** Pixels around the hole of one frame, with what alignment needs of them. */
export interface Ring {
  readonly count: number;
  readonly x: Float32Array;
  readonly y: Float32Array;
  readonly value: Float32Array;
  readonly slopeX: Float32Array;
  readonly slopeY: Float32Array;
  readonly centreX: number;
  readonly centreY: number;
  /** Half of the ring's extent, px: coordinates are divided by it. */
  readonly scale: number;
}

/** The ring's pixels: those within the bounds and outside the hole, at most `most`, evenly spread. */
export function ringOf(
  plane: Samples,
  width: number,
  height: number,
  hidden: Uint8Array,
  bounds: Bounds,
  most = 2000,
): Ring {
  const left = Math.max(1, bounds.left);
  const top = Math.max(1, bounds.top);
  const right = Math.min(width - 1, bounds.right);
  const bottom = Math.min(height - 1, bounds.bottom);
  let open = 0;
  for (let y = top; y < bottom; y++) for (let x = left; x < right; x++) if (hidden[y * width + x] === 0) open++;
  const stride = Math.max(1, Math.floor(open / most));
  const size = Math.ceil(open / stride);
  const ring = {
    x: new Float32Array(size),
    y: new Float32Array(size),
    value: new Float32Array(size),
    slopeX: new Float32Array(size),
    slopeY: new Float32Array(size),
  };
  const scale = Math.max(8, right - left, bottom - top) / 2;
  let [seen, count] = [0, 0];
  for (let y = top; y < bottom; y++) {
    for (let x = left; x < right; x++) {
      const at = y * width + x;
      if (hidden[at] !== 0 || seen++ % stride !== 0) continue;
      ring.x[count] = x;
      ring.y[count] = y;
      ring.value[count] = plane[at]!;
      // a slope across the hole's edge is none of the ground's
      ring.slopeX[count] = hidden[at - 1] || hidden[at + 1] ? 0 : (plane[at + 1]! - plane[at - 1]!) / 2;
      ring.slopeY[count] = hidden[at - width] || hidden[at + width] ? 0 : (plane[at + width]! - plane[at - width]!) / 2;
      count++;
    }
  }
  return { ...ring, count, centreX: (left + right) / 2, centreY: (top + bottom) / 2, scale };
}

/** The other frame, as far as the ring is compared with it. */
export interface Other {
  readonly plane: Samples;
  readonly width: number;
  readonly height: number;
  readonly hidden: Uint8Array;
}

/** How well a frame fits at the ring. */
export interface Fit {
  readonly motion: Homography;
  /** Mean difference of the better part of the ring, in the plane's own values; Infinity where too little is seen. */
  readonly residual: number;
  /** This frame's brightness over the other's, in the plane's own values. */
  readonly offset: number;
}

const unusable: Fit = { motion: identity(), residual: Infinity, offset: 0 };
const parameters = 7;
/** The part of the ring that counts: the rest may be something that moves. */
const betterPart = 0.6;

type Nine = readonly [number, number, number, number, number, number, number, number, number];

interface Work {
  /** Of each of the ring's pixels that is used. */
  readonly difference: Float32Array;
  readonly used: Uint8Array;
  readonly away: Float32Array;
}

/** Aligns the other frame to the ring, beginning at `start`. `steps` 0 only measures. */
export function alignRing(ring: Ring, other: Other, start: Homography, steps: number): Fit {
  const { count } = ring;
  const work = { difference: new Float32Array(count), used: new Uint8Array(count), away: new Float32Array(count) };
  let motion = start;
  let best = measure(ring, other, motion, work);
  if (!Number.isFinite(best.residual)) return unusable;
  for (let step = 0; step < steps; step++) {
    const change = solveStep(ring, work, best.offset, Math.max(1e-3, best.residual));
    if (!change) break;
    motion = compose(motion, inverse(change));
    const fit = measure(ring, other, motion, work);
    if (!(fit.residual < best.residual)) break;
    const gain = best.residual - fit.residual;
    best = fit;
    if (gain < 0.01 * fit.residual) break;
  }
  return best;
}

function measure(ring: Ring, { plane, width, height, hidden }: Other, motion: Homography, work: Work): Fit {
  const { difference, used, away } = work;
  const [m0, m1, m2, m3, m4, m5, m6, m7, m8] = motion as unknown as Nine;
  let count = 0;
  for (let i = 0; i < ring.count; i++) {
    const [px, py] = [ring.x[i]!, ring.y[i]!];
    const w = m6 * px + m7 * py + m8;
    const x = (m0 * px + m1 * py + m2) / w;
    const y = (m3 * px + m4 * py + m5) / w;
    used[i] = 0;
    if (!(x >= 0 && y >= 0 && x <= width - 1 && y <= height - 1)) continue;
    if (hidden[Math.round(y) * width + Math.round(x)] === 1) continue;
    used[i] = 1;
    difference[i] = ring.value[i]! - sampleLinear(plane, width, height, x, y);
    away[count++] = difference[i]!;
  }
  if (count < Math.max(60, 0.25 * ring.count)) return unusable;
  const offset = selectNth(away, count, count >> 1);
  for (let i = 0; i < count; i++) away[i] = Math.abs(away[i]! - offset);
  const counted = Math.max(1, Math.floor(count * betterPart));
  selectNth(away, count, counted - 1);
  let sum = 0;
  for (let i = 0; i < counted; i++) sum += away[i]!;
  return { motion, residual: sum / counted, offset };
}

/** One step: an affine change about the ring's centre, and brightness, by weighted least squares (Tukey's weights). */
function solveStep(
  ring: Ring,
  work: { readonly difference: Float32Array; readonly used: Uint8Array },
  offset: number,
  residual: number,
): Homography | null {
  const normal = new Float64Array(parameters * (parameters + 1));
  const row = new Float64Array(parameters);
  const reach = 6 * residual;
  for (let i = 0; i < ring.count; i++) {
    if (work.used[i] === 0) continue;
    const error = work.difference[i]! - offset;
    const part = error / reach;
    if (part <= -1 || part >= 1) continue;
    const weight = (1 - part * part) ** 2;
    const gx = ring.slopeX[i]!;
    const gy = ring.slopeY[i]!;
    const x = (ring.x[i]! - ring.centreX) / ring.scale;
    const y = (ring.y[i]! - ring.centreY) / ring.scale;
    row[0] = gx;
    row[1] = gx * x;
    row[2] = gx * y;
    row[3] = gy;
    row[4] = gy * x;
    row[5] = gy * y;
    row[6] = 1;
    for (let a = 0; a < parameters; a++) {
      const scaled = weight * row[a]!;
      for (let b = a; b < parameters; b++) normal[a * (parameters + 1) + b]! += scaled * row[b]!;
      normal[a * (parameters + 1) + parameters]! -= scaled * error;
    }
  }
  const solved = solve(normal);
  if (!solved) return null;
  const [tx, xx, xy, ty, yx, yy] = solved as unknown as readonly [number, number, number, number, number, number];
  const { centreX: cx, centreY: cy, scale } = ring;
  const [a, b, c, d] = [1 + xx / scale, xy / scale, yx / scale, 1 + yy / scale];
  if (Math.hypot(tx, ty) > scale || Math.abs(a - 1) + Math.abs(b) + Math.abs(c) + Math.abs(d - 1) > 0.5) return null;
  return Float64Array.of(a, b, cx + tx - a * cx - b * cy, c, d, cy + ty - c * cx - d * cy, 0, 0, 1);
}

/** Solves symmetric equations given as upper triangle and right side; null where they do not say enough. */
function solve(normal: Float64Array): Float64Array | null {
  const n = parameters;
  const w = n + 1;
  const m = Float64Array.from(normal);
  for (let a = 0; a < n; a++) {
    for (let b = 0; b < a; b++) m[a * w + b] = m[b * w + a]!;
    // a trace of damping holds what the ring does not say
    m[a * w + a]! += 1e-4 * m[a * w + a]! + 1e-6;
  }
  for (let a = 0; a < n; a++) {
    let pivot = a;
    for (let r = a + 1; r < n; r++) if (Math.abs(m[r * w + a]!) > Math.abs(m[pivot * w + a]!)) pivot = r;
    if (Math.abs(m[pivot * w + a]!) < 1e-9) return null;
    if (pivot !== a) for (let c = a; c < w; c++) [m[a * w + c], m[pivot * w + c]] = [m[pivot * w + c]!, m[a * w + c]!];
    for (let r = 0; r < n; r++) {
      if (r === a) continue;
      const factor = m[r * w + a]! / m[a * w + a]!;
      if (factor !== 0) for (let c = a; c < w; c++) m[r * w + c]! -= factor * m[a * w + c]!;
    }
  }
  const solved = new Float64Array(n);
  for (let a = 0; a < n; a++) solved[a] = m[a * w + n]! / m[a * w + a]!;
  return solved.every(Number.isFinite) ? solved : null;
}
