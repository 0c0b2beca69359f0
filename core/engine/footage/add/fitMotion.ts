/** Motions fitted to tracks by least squares, tracks that disagree counting less. Pure. */
import { identity, movedX, movedY, type Homography } from '../plate/homography.ts';

/** x and y of each point, one after the other, and where each went. */
export interface Tracks {
  readonly from: readonly number[];
  readonly to: readonly number[];
}

/** How much a motion may do: move, turn and scale; also stretch and shear. */
export type MotionModel = 'similarity' | 'affine';

const rounds = 5;
/** Residual at which a track counts for nothing any more, px. */
const tooFar = 2;

/** The motion that fits best; the identity for fewer than three tracks. */
export function fitMotion(tracks: Tracks, model: MotionModel): Homography {
  const count = tracks.from.length / 2;
  if (count < 3) return identity();
  const weights = new Float64Array(count).fill(1);
  let motion = identity();
  for (let round = 0; round < rounds; round++) {
    motion = (model === 'affine' ? fitAffine : fitSimilarity)(tracks, weights);
    for (let i = 0; i < count; i++) {
      const off = residual(motion, tracks, i) / tooFar;
      weights[i] = off >= 1 ? 0 : (1 - off * off) ** 2;
    }
    if (weights.reduce((sum, weight) => sum + weight, 0) < 2) weights.fill(1);
  }
  return motion;
}

/** How far a motion misses the i-th track, px. */
export function residual(motion: Homography, { from, to }: Tracks, i: number): number {
  const [x, y] = [from[2 * i]!, from[2 * i + 1]!];
  return Math.hypot(movedX(motion, x, y) - to[2 * i]!, movedY(motion, x, y) - to[2 * i + 1]!);
}

function centre(points: readonly number[], weights: Float64Array): readonly [number, number] {
  let [x, y, sum] = [0, 0, 0];
  for (let i = 0; i < weights.length; i++) {
    x += weights[i]! * points[2 * i]!;
    y += weights[i]! * points[2 * i + 1]!;
    sum += weights[i]!;
  }
  return [x / sum, y / sum];
}

function fitSimilarity({ from, to }: Tracks, weights: Float64Array): Homography {
  const [fx, fy] = centre(from, weights);
  const [tx, ty] = centre(to, weights);
  let [along, across, squares] = [0, 0, 0];
  for (let i = 0; i < weights.length; i++) {
    const [x, y] = [from[2 * i]! - fx, from[2 * i + 1]! - fy];
    const [u, v] = [to[2 * i]! - tx, to[2 * i + 1]! - ty];
    along += weights[i]! * (x * u + y * v);
    across += weights[i]! * (x * v - y * u);
    squares += weights[i]! * (x * x + y * y);
  }
  const [c, s] = squares < 1e-9 ? [1, 0] : [along / squares, across / squares];
  return Float64Array.of(c, -s, tx - c * fx + s * fy, s, c, ty - s * fx - c * fy, 0, 0, 1);
}

function fitAffine(tracks: Tracks, weights: Float64Array): Homography {
  const { from, to } = tracks;
  const [fx, fy] = centre(from, weights);
  const [tx, ty] = centre(to, weights);
  let [xx, xy, yy, xu, yu, xv, yv] = [0, 0, 0, 0, 0, 0, 0];
  for (let i = 0; i < weights.length; i++) {
    const w = weights[i]!;
    const [x, y] = [from[2 * i]! - fx, from[2 * i + 1]! - fy];
    const [u, v] = [to[2 * i]! - tx, to[2 * i + 1]! - ty];
    xx += w * x * x;
    xy += w * x * y;
    yy += w * y * y;
    xu += w * x * u;
    yu += w * y * u;
    xv += w * x * v;
    yv += w * y * v;
  }
  const determinant = xx * yy - xy * xy;
  // tracks in a line say nothing of shear
  if (determinant < 1e-3 * (xx + yy) ** 2) return fitSimilarity(tracks, weights);
  const [a, b] = [(xu * yy - yu * xy) / determinant, (yu * xx - xu * xy) / determinant];
  const [d, e] = [(xv * yy - yv * xy) / determinant, (yv * xx - xv * xy) / determinant];
  return Float64Array.of(a, b, tx - a * fx - b * fy, d, e, ty - d * fx - e * fy, 0, 0, 1);
}
