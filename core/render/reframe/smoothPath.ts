/**
 * A virtual camera's path: it stands where it can and moves evenly where it must. The sum of its moves and the squares
 * of its changes of speed are kept small, as long as what it follows stays in a zone around its middle (after
 * Grundmann, Kwatra and Essa 2011, 'Auto-directed video stabilization with robust L1 optimal camera paths', by
 * reweighted least squares). Pure.
 */

/** Set on the clips named in core/engine/footage/seen/README.md. */
const weights = { inside: 0.02, moves: 0.012, bends: 1.2 };
const rounds = 24;
/** Moves smaller than this count as none: fractions of the picture. */
const smallest = 1e-3;

/**
 * `wishes`: evenly spaced, fractions of the picture. `zone`: how far the path may be from each. `secondsApart`: of two
 * wishes.
 */
export function smoothPath(wishes: readonly number[], zone: number, secondsApart: number): number[] {
  const steady = medians(wishes);
  const [low, high] = [Math.min(...steady), Math.max(...steady)];
  if (high - low <= 2 * zone) return wishes.map(() => (low + high) / 2);
  let path = steady;
  // the same curve whatever the distance of looks
  const bends = weights.bends / (secondsApart / 0.5) ** 3;
  for (let round = 0; round < rounds; round++) path = solve(steady, path, zone, bends);
  return path;
}

/** Each of three: one look that is wrong moves nothing. */
function medians(values: readonly number[]): number[] {
  return values.map((value, i) => {
    const near = [values[i - 1] ?? value, value, values[i + 1] ?? value].toSorted((a, b) => a - b);
    return near[1]!;
  });
}

/** One round: a linear system with two bands on each side of the diagonal. */
function solve(wishes: readonly number[], path: readonly number[], zone: number, bends: number): number[] {
  const count = wishes.length;
  const bands = Array.from({ length: count }, () => [0, 0, 0] as [number, number, number]);
  const right = new Array<number>(count).fill(0);
  for (let i = 0; i < count; i++) {
    const away = path[i]! - wishes[i]!;
    const isOutside = Math.abs(away) > zone;
    const weight = isOutside ? 1 : weights.inside;
    bands[i]![0] += weight;
    right[i]! += weight * (isOutside ? wishes[i]! + Math.sign(away) * zone : wishes[i]!);
  }
  for (let i = 0; i + 1 < count; i++) {
    const weight = weights.moves / Math.max(smallest, Math.abs(path[i + 1]! - path[i]!));
    bands[i]![0] += weight;
    bands[i + 1]![0] += weight;
    bands[i]![1] -= weight;
  }
  for (let i = 0; i + 2 < count; i++) {
    const factors = [1, -2, 1] as const;
    for (let a = 0; a < 3; a++) for (let b = a; b < 3; b++) bands[i + a]![b - a]! += bends * factors[a]! * factors[b]!;
  }
  return solveBanded(bands, right);
}

/** Symmetric and positive definite; `bands[i][k]` is the entry at (i, i + k). */
function solveBanded(bands: [number, number, number][], right: number[]): number[] {
  const count = right.length;
  for (let i = 0; i < count; i++) {
    const [pivot, first, second] = bands[i]!;
    const below = [first, second] as const;
    for (let k = 1; k <= 2 && i + k < count; k++) {
      const factor = below[k - 1]! / pivot;
      for (let m = k; m <= 2; m++) bands[i + k]![m - k]! -= factor * below[m - 1]!;
      right[i + k]! -= factor * right[i]!;
    }
  }
  const made = new Array<number>(count).fill(0);
  for (let i = count - 1; i >= 0; i--) {
    const [pivot, first, second] = bands[i]!;
    made[i] = (right[i]! - first * (made[i + 1] ?? 0) - second * (made[i + 2] ?? 0)) / pivot;
  }
  return made;
}

/** A point of a path. */
export interface PathPoint {
  readonly at: number;
  readonly value: number;
}

/** The fewest points from which no other is further off than `most` (Douglas and Peucker 1973). */
export function fewestPoints(points: readonly PathPoint[], most: number): PathPoint[] {
  if (points.length < 3) return [...points];
  const kept = new Set([0, points.length - 1]);
  const stack: [number, number][] = [[0, points.length - 1]];
  while (stack.length > 0) {
    const [from, to] = stack.pop()!;
    const [a, b] = [points[from]!, points[to]!];
    let [worst, at] = [most, -1];
    for (let i = from + 1; i < to; i++) {
      const { at: where, value } = points[i]!;
      const line = a.value + ((b.value - a.value) * (where - a.at)) / (b.at - a.at);
      if (Math.abs(value - line) > worst) [worst, at] = [Math.abs(value - line), i];
    }
    if (at < 0) continue;
    kept.add(at);
    stack.push([from, at], [at, to]);
  }
  return [...kept].toSorted((a, b) => a - b).map((i) => points[i]!);
}
