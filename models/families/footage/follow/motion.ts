/** The motion of a whole thing: a similarity or an affine map that most of its tracked points agree on. */
import type { Point } from './trackPoints.ts';

/** x' = a x + b y + c, y' = d x + e y + f */
export interface Affine {
  readonly a: number;
  readonly b: number;
  readonly c: number;
  readonly d: number;
  readonly e: number;
  readonly f: number;
}

/** Nothing moves. */
export const still: Affine = { a: 1, b: 0, c: 0, d: 0, e: 1, f: 0 };

/** Where a point goes. */
export function applied(m: Affine, { x, y }: Point): Point {
  return { x: m.a * x + m.b * y + m.c, y: m.d * x + m.e * y + m.f };
}

/** First `first`, then `second`. */
export function chained(first: Affine, second: Affine): Affine {
  return {
    a: second.a * first.a + second.b * first.d,
    b: second.a * first.b + second.b * first.e,
    c: second.a * first.c + second.b * first.f + second.c,
    d: second.d * first.a + second.e * first.d,
    e: second.d * first.b + second.e * first.e,
    f: second.d * first.c + second.e * first.f + second.f,
  };
}

/** The way back; `still` where there is none. */
export function inverseOf({ a, b, c, d, e, f }: Affine): Affine {
  const determinant = a * e - b * d;
  if (Math.abs(determinant) < 1e-9) return still;
  const [ia, ib, id, ie] = [e / determinant, -b / determinant, -d / determinant, a / determinant];
  return { a: ia, b: ib, c: -(ia * c + ib * f), d: id, e: ie, f: -(id * c + ie * f) };
}

/** A pair of places of one point. */
export interface Match {
  readonly from: Point;
  readonly to: Point;
}

/** How many matches agree with a motion, and by how much the agreeing ones miss it, px. */
export interface Fitted {
  readonly motion: Affine;
  readonly inliers: readonly Match[];
  readonly residualPx: number;
}

const agreesWithinPx = 1.5;
const trials = 80;

/** null where fewer than 3 matches agree. Random choices come from a fixed sequence: the same frames, the same mask. */
export function fitMotion(matches: readonly Match[]): Fitted | null {
  if (matches.length < 3) return null;
  let seed = 12345;
  const random = (below: number): number => {
    seed = (Math.imul(seed, 1103515245) + 12345) & 0x7fffffff;
    return seed % below;
  };
  let best: Match[] = [];
  for (let trial = 0; trial < trials; trial++) {
    const [one, other] = [matches[random(matches.length)]!, matches[random(matches.length)]!];
    const guess = similarityOf(one, other);
    if (!guess) continue;
    const agreeing = matches.filter((match) => missedBy(guess, match) < agreesWithinPx * 2);
    if (agreeing.length > best.length) best = agreeing;
  }
  if (best.length < 3) return null;
  let motion = leastSquares(best);
  for (let round = 0; round < 3; round++) {
    const agreeing = matches.filter((match) => missedBy(motion, match) < agreesWithinPx);
    if (agreeing.length < 3) break;
    best = agreeing;
    motion = leastSquares(best);
  }
  const residualPx = best.reduce((sum, match) => sum + missedBy(motion, match), 0) / best.length;
  return { motion, inliers: best, residualPx };
}

function missedBy(motion: Affine, { from, to }: Match): number {
  const there = applied(motion, from);
  return Math.hypot(there.x - to.x, there.y - to.y);
}

function similarityOf(one: Match, other: Match): Affine | null {
  const [ux, uy] = [other.from.x - one.from.x, other.from.y - one.from.y];
  const [vx, vy] = [other.to.x - one.to.x, other.to.y - one.to.y];
  const length = ux * ux + uy * uy;
  if (length < 25) return null;
  const [cos, sin] = [(ux * vx + uy * vy) / length, (ux * vy - uy * vx) / length];
  const scale = Math.hypot(cos, sin);
  if (scale < 0.7 || scale > 1.4) return null;
  return {
    a: cos,
    b: -sin,
    c: one.to.x - cos * one.from.x + sin * one.from.y,
    d: sin,
    e: cos,
    f: one.to.y - sin * one.from.x - cos * one.from.y,
  };
}

/** A similarity for few points, an affine map for many: what few points allow is not to be trusted. */
function leastSquares(matches: readonly Match[]): Affine {
  const n = matches.length;
  const mean = (pick: (match: Match) => number): number => matches.reduce((sum, match) => sum + pick(match), 0) / n;
  const [fx, fy, tx, ty] = [
    mean(({ from }) => from.x),
    mean(({ from }) => from.y),
    mean(({ to }) => to.x),
    mean(({ to }) => to.y),
  ];
  let [xx, xy, yy, xu, yu, xv, yv] = [0, 0, 0, 0, 0, 0, 0];
  for (const { from, to } of matches) {
    const [x, y, u, v] = [from.x - fx, from.y - fy, to.x - tx, to.y - ty];
    xx += x * x;
    xy += x * y;
    yy += y * y;
    xu += x * u;
    yu += y * u;
    xv += x * v;
    yv += y * v;
  }
  const determinant = xx * yy - xy * xy;
  const spread = xx + yy;
  // points on a line say nothing about the way across it
  const isFlat = determinant < 0.02 * spread * spread;
  let [a, b, d, e] = [1, 0, 0, 1];
  if (n >= 8 && !isFlat) {
    a = (yy * xu - xy * yu) / determinant;
    b = (xx * yu - xy * xu) / determinant;
    d = (yy * xv - xy * yv) / determinant;
    e = (xx * yv - xy * xv) / determinant;
  } else if (spread > 25) {
    const [cos, sin] = [(xu + yv) / spread, (xv - yu) / spread];
    [a, b, d, e] = [cos, -sin, sin, cos];
  }
  return { a, b, c: tx - a * fx - b * fy, d, e, f: ty - d * fx - e * fy };
}
