/** What speaks for a motion of the camera: tracks of corners, and the picture itself, cell by cell. Pure. */
import { identity, movedX, movedY, type Homography } from './homography.ts';

/** A small grey frame in which the hole is filled smoothly. */
export interface SmallFrame {
  readonly grey: Uint8Array;
  /** 1 where the hole is, or near. */
  readonly hidden: Uint8Array;
}

/** Corners of one frame and where they are in the next: x and y by turns. */
export interface Tracks {
  readonly from: readonly number[];
  readonly to: readonly number[];
}

/** Cells that say something: with texture; explained better by a motion; by standing still. */
export interface Evidence {
  textured: number;
  moved: number;
  stood: number;
}

/** A plainer motion wins while it explains this share of the tracks of a freer one. */
const nearlyAll = 0.92;
/** So many tracks hold the freest motion. */
const enoughTracks = 80;
/** Mean of the differences between neighbours from which a cell has texture, levels. */
const leastTexture = 5;

/**
 * The plainest motion that explains nearly as many tracks as the one given: none, or where tracks are few a shift, or a
 * shift with rotation and scale. The freer a motion, the more easily it follows noise.
 */
export function simplestOf(motion: Homography, tracks: Tracks): Homography {
  const wanted = nearlyAll * explainedBy(motion, tracks);
  if (explainedBy(identity(), tracks) >= wanted) return identity();
  const explained = pairsOf(tracks).filter((pair) => isExplained(motion, pair));
  if (explained.length === 0) return identity();
  if (explained.length >= enoughTracks) return motion;
  const turned = similarityOf(explained);
  const shifted = shiftOf(explained);
  return [shifted, turned].find((each) => explainedBy(each, tracks) >= wanted) ?? motion;
}

type Pair = readonly [x: number, y: number, u: number, v: number];

function pairsOf({ from, to }: Tracks): Pair[] {
  return Array.from({ length: from.length / 2 }, (_, i): Pair => {
    const k = 2 * i;
    return [from[k]!, from[k + 1]!, to[k]!, to[k + 1]!];
  });
}

/** To a third of a pixel. */
function isExplained(motion: Homography, [x, y, u, v]: Pair): boolean {
  return (movedX(motion, x, y) - u) ** 2 + (movedY(motion, x, y) - v) ** 2 < 0.33 ** 2;
}

function explainedBy(motion: Homography, tracks: Tracks): number {
  return pairsOf(tracks).filter((pair) => isExplained(motion, pair)).length;
}

function shiftOf(pairs: readonly Pair[]): Homography {
  const middle = (values: number[]): number => values.toSorted((a, b) => a - b)[values.length >> 1]!;
  return Float64Array.of(
    ...[1, 0, middle(pairs.map(([x, , u]) => u - x))],
    ...[0, 1, middle(pairs.map(([, y, , v]) => v - y))],
    ...[0, 0, 1],
  );
}

/** Shift, rotation and scale by least squares. */
function similarityOf(pairs: readonly Pair[]): Homography {
  const mean = (at: 0 | 1 | 2 | 3): number => pairs.reduce((sum, pair) => sum + pair[at], 0) / pairs.length;
  const [mx, my, mu, mv] = [mean(0), mean(1), mean(2), mean(3)];
  let [along, across, size] = [0, 0, 0];
  for (const [x, y, u, v] of pairs) {
    along += (x - mx) * (u - mu) + (y - my) * (v - mv);
    across += (x - mx) * (v - mv) - (y - my) * (u - mu);
    size += (x - mx) ** 2 + (y - my) ** 2;
  }
  const [a, b] = size > 1e-9 ? [along / size, across / size] : [1, 0];
  return Float64Array.of(a, -b, mu - a * mx + b * my, b, a, mv - b * mx - a * my, 0, 0, 1);
}

/** Compares two frames cell by cell: which does a motion explain better than standing still, and which worse? */
export function evidenceFor(
  motion: Homography,
  from: SmallFrame,
  to: SmallFrame,
  width: number,
  height: number,
): Evidence {
  const evidence = { textured: 0, moved: 0, stood: 0 };
  const cell = Math.max(12, Math.round(width / 24));
  for (let top = 2; top + cell < height; top += cell) {
    for (let left = 2; left + cell < width; left += cell) {
      const found = compareCell(from, to, motion, { left, top, cell, width, height });
      if (!found) continue;
      evidence.textured++;
      if (clearlyLess(found.moved, found.still)) evidence.moved++;
      else if (clearlyLess(found.still, found.moved)) evidence.stood++;
    }
  }
  return evidence;
}

/** Whether one difference (levels) is less than another by more than chance. */
function clearlyLess(one: number, other: number): boolean {
  return one < 0.75 * other - 0.4;
}

interface Cell {
  readonly left: number;
  readonly top: number;
  readonly cell: number;
  readonly width: number;
  readonly height: number;
}

/**
 * What no motion and a motion leave unexplained of a cell, levels: deviations after the best gain and offset, so that a
 * fade or a change of light moves nothing. Null for cells that are flat, hidden or led outside.
 */
function compareCell(
  a: SmallFrame,
  b: SmallFrame,
  motion: Homography,
  { left, top, cell, width, height }: Cell,
): { still: number; moved: number } | null {
  let texture = 0;
  const [still, moved] = [new Likeness(), new Likeness()];
  for (let y = top; y < top + cell; y += 2) {
    for (let x = left; x < left + cell; x += 2) {
      const at = y * width + x;
      const [u, v] = [movedX(motion, x, y), movedY(motion, x, y)];
      if (u < 1 || v < 1 || u > width - 2 || v > height - 2) return null;
      const [u0, v0] = [u | 0, v | 0];
      const to = v0 * width + u0;
      if (a.hidden[at] === 1 || b.hidden[at] === 1 || b.hidden[to] === 1) return null;
      const value = a.grey[at]!;
      const [fx, fy] = [u - u0, v - v0];
      const above = b.grey[to]! * (1 - fx) + b.grey[to + 1]! * fx;
      const below = b.grey[to + width]! * (1 - fx) + b.grey[to + width + 1]! * fx;
      still.add(value, b.grey[at]!);
      moved.add(value, above * (1 - fy) + below * fy);
      texture += Math.abs(value - a.grey[at + 1]!) + Math.abs(value - a.grey[at + width]!);
    }
  }
  return texture / still.count < leastTexture ? null : { still: still.unexplained(), moved: moved.unexplained() };
}

/** How well one set of samples follows from another. */
class Likeness {
  count = 0;
  private one = 0;
  private other = 0;
  private oneSquared = 0;
  private otherSquared = 0;
  private product = 0;

  add(one: number, other: number): void {
    this.count++;
    this.one += one;
    this.other += other;
    this.oneSquared += one * one;
    this.otherSquared += other * other;
    this.product += one * other;
  }

  /** Deviation of the first set from what the second says of it. */
  unexplained(): number {
    const { count } = this;
    const varianceOne = this.oneSquared / count - (this.one / count) ** 2;
    const varianceOther = this.otherSquared / count - (this.other / count) ** 2;
    const together = Math.max(0, this.product / count - (this.one * this.other) / count ** 2);
    const explained = varianceOther > 1e-6 ? together ** 2 / varianceOther : 0;
    return Math.sqrt(Math.max(0, varianceOne - explained));
  }
}
