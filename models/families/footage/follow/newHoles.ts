/**
 * Holes that open in the middle of a thing from one frame to the next. What passes in front of a thing comes in over
 * its edge; what opens inside it, closed all around, is the thing itself that changed: a petal that unfolds, a hand in
 * front of its own coat.
 */
import { planeOf, type Plane, type Rect } from '../select/raster.ts';

/** Of the thing's area: more than this is not closed, whatever it is. */
const mostShare = 0.08;
/** Holes that lie this close to where nothing was before go on from there, px. */
const reachPx = 3;

/**
 * `seen` with such holes closed by what was carried there. `before`: the mask of the last frame, where it is now;
 * `within`: the part of the plane that holds the thing with some ground around it.
 */
export function withoutNewHoles(seen: Plane, carried: Plane, before: Plane, within: Rect): Plane {
  const { width } = seen;
  const [partWidth, partHeight] = [within.right - within.left, within.bottom - within.top];
  const placeOf = (i: number): number =>
    (within.top + Math.floor(i / partWidth)) * width + within.left + (i % partWidth);
  const known = new Uint8Array(partWidth * partHeight);
  const stack: number[] = [];
  let area = 0;
  for (let i = 0; i < known.length; i++) {
    if (seen.data[placeOf(i)]! >= 0.5) [known[i], area] = [1, area + 1];
  }
  let made: Plane | null = null;
  for (let from = 0; from < known.length; from++) {
    if (known[from] !== 0) continue;
    const hole: number[] = [];
    let isOpen = false;
    stack.push(from);
    known[from] = 1;
    for (let i = stack.pop(); i !== undefined; i = stack.pop()) {
      hole.push(i);
      const [x, y] = [i % partWidth, Math.floor(i / partWidth)];
      if (x === 0 || y === 0 || x === partWidth - 1 || y === partHeight - 1) isOpen = true;
      for (const [next, isThere] of [
        [i - 1, x > 0],
        [i + 1, x < partWidth - 1],
        [i - partWidth, y > 0],
        [i + partWidth, y < partHeight - 1],
      ] as const) {
        if (!isThere || known[next] !== 0) continue;
        known[next] = 1;
        stack.push(next);
      }
    }
    if (isOpen || hole.length > mostShare * area) continue;
    if (hole.some((i) => wasOpenNear(before, placeOf(i)))) continue;
    made ??= { ...planeOf(seen.width, seen.height), data: Float32Array.from(seen.data) };
    for (const i of hole) made.data[placeOf(i)] = Math.max(made.data[placeOf(i)]!, carried.data[placeOf(i)]!);
  }
  return made ?? seen;
}

function wasOpenNear({ data, width, height }: Plane, at: number): boolean {
  const [x, y] = [at % width, Math.floor(at / width)];
  for (const [dx, dy] of [
    [0, 0],
    [-reachPx, 0],
    [reachPx, 0],
    [0, -reachPx],
    [0, reachPx],
  ] as const) {
    const [nx, ny] = [x + dx, y + dy];
    if (nx < 0 || ny < 0 || nx >= width || ny >= height) continue;
    if (data[ny * width + nx]! < 0.5) return true;
  }
  return false;
}
