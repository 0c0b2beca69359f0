/**
 * Motion of blocks between two pictures, from coarse to fine: every block of 16 px, one every 8 px, goes where it fits
 * best, starting from where its neighbours and the coarser picture say. Half of noise is blurred away first.
 */
import type { FloatPlane } from '../interpolate/sampleAt.ts';

/** Distance between blocks, px; a block reaches as far to each side of its middle. */
export const blockStepPx = 8;

/** A picture, and smaller ones of a half and a quarter. */
export interface Pyramid {
  readonly full: FloatPlane;
  readonly half: FloatPlane;
  readonly quarter: FloatPlane;
}

/** Where each block goes in the other picture, px, row by row. */
export interface BlockMotion {
  readonly across: number;
  readonly down: number;
  readonly x: Float32Array;
  readonly y: Float32Array;
}

/** `plane`: brightness. */
export function pyramidOf(plane: FloatPlane): Pyramid {
  const full = blurred(plane);
  const half = halved(plane);
  return { full, half, quarter: halved(half) };
}

/** Means of 3 x 3; at the edges the last sample counts again. */
function blurred({ width, height, data }: FloatPlane): FloatPlane {
  const rows = new Float32Array(data.length);
  const whole = new Float32Array(data.length);
  for (let y = 0, i = 0; y < height; y++)
    for (let x = 0; x < width; x++, i++)
      rows[i] = data[x > 0 ? i - 1 : i]! + data[i]! + data[x + 1 < width ? i + 1 : i]!;
  for (let y = 0, i = 0; y < height; y++)
    for (let x = 0; x < width; x++, i++)
      whole[i] = (rows[y > 0 ? i - width : i]! + rows[i]! + rows[y + 1 < height ? i + width : i]!) / 9;
  return { width, height, data: whole };
}

function halved({ width, height, data }: FloatPlane): FloatPlane {
  const size = { width: Math.max(1, width >> 1), height: Math.max(1, height >> 1) };
  const half = new Float32Array(size.width * size.height);
  for (let y = 0, i = 0; y < size.height; y++)
    for (let x = 0; x < size.width; x++, i++) {
      const at = 2 * y * width + 2 * x;
      const [right, below] = [2 * x + 1 < width ? 1 : 0, 2 * y + 1 < height ? width : 0];
      half[i] = (data[at]! + data[at + right]! + data[at + below]! + data[at + right + below]!) / 4;
    }
  return { ...size, data: half };
}

/** How far the quarter is searched to each side, px of it. */
const farthest = 5;
/** What a vector costs for each px that it differs from its guess: in flat parts noise must not choose. */
const restlessness = 0.15;

/** Where the blocks of `from` are in `to`. */
export function blockMotion(from: Pyramid, to: Pyramid): BlockMotion {
  const across = Math.ceil(from.full.width / blockStepPx);
  const down = Math.ceil(from.full.height / blockStepPx);
  const motion = { across, down, x: new Float32Array(across * down), y: new Float32Array(across * down) };
  searchAll(from.quarter, to.quarter, motion, 4, 1);
  refine(from.half, to.half, motion, 2, 2);
  refine(from.full, to.full, motion, 1, 2);
  subPixels(from.full, to.full, motion);
  return motion;
}

/** Sum of differences of a block of `side` px, every `step`th of them, whose corner is at (x, y). */
function difference(
  a: FloatPlane,
  b: FloatPlane,
  x: number,
  y: number,
  side: number,
  step: number,
  dx: number,
  dy: number,
): number {
  let sum = 0;
  const fromX = Math.max(0, x, -dx);
  const fromY = Math.max(0, y, -dy);
  const toX = Math.min(a.width, x + side, b.width - dx);
  const toY = Math.min(a.height, y + side, b.height - dy);
  let count = 0;
  for (let row = fromY; row < toY; row += step) {
    let i = row * a.width + fromX;
    let j = (row + dy) * b.width + fromX + dx;
    for (let column = fromX; column < toX; column += step, i += step, j += step) {
      const away = a.data[i]! - b.data[j]!;
      sum += away < 0 ? -away : away;
      count++;
    }
  }
  // what lies outside fits badly
  return count < 8 ? Infinity : sum / count;
}

function searchAll(a: FloatPlane, b: FloatPlane, motion: BlockMotion, scale: number, step: number): void {
  const { across, down } = motion;
  const side = Math.max(4, 16 / scale);
  for (let row = 0, block = 0; row < down; row++)
    for (let column = 0; column < across; column++, block++) {
      // neighbours share most of their pixels: every second block is enough here
      if ((row & 1) === 1 || (column & 1) === 1) {
        const from = (row & ~1) * across + (column & ~1);
        motion.x[block] = motion.x[from]!;
        motion.y[block] = motion.y[from]!;
        continue;
      }
      const [x, y] = cornerOf(row, column, scale, side);
      let [bestX, bestY, best] = [0, 0, difference(a, b, x, y, side, step, 0, 0)];
      for (let dy = -farthest; dy <= farthest; dy++)
        for (let dx = -farthest; dx <= farthest; dx++) {
          const cost = difference(a, b, x, y, side, step, dx, dy) + restlessness * Math.hypot(dx, dy);
          if (cost < best) [bestX, bestY, best] = [dx, dy, cost];
        }
      motion.x[block] = bestX * scale;
      motion.y[block] = bestY * scale;
    }
}

function cornerOf(row: number, column: number, scale: number, side: number): readonly [number, number] {
  const middle = (index: number): number => Math.round(((index + 0.5) * blockStepPx) / scale - side / 2);
  return [middle(column), middle(row)];
}

/** From the coarser picture's vectors and the neighbours' found so far, then step by step to where it fits better. */
function refine(a: FloatPlane, b: FloatPlane, motion: BlockMotion, scale: number, step: number): void {
  const { across, down, x: xs, y: ys } = motion;
  const side = 16 / scale;
  for (let row = 0, block = 0; row < down; row++)
    for (let column = 0; column < across; column++, block++) {
      const [x, y] = cornerOf(row, column, scale, side);
      const guess = [Math.round(xs[block]! / scale), Math.round(ys[block]! / scale)] as const;
      let [bestX, bestY] = [0, 0];
      let best = difference(a, b, x, y, side, step, 0, 0);
      const offer = (dx: number, dy: number): boolean => {
        const away = Math.hypot(dx - guess[0], dy - guess[1]);
        const cost = difference(a, b, x, y, side, step, dx, dy) + restlessness * away;
        if (cost >= best) return false;
        [bestX, bestY, best] = [dx, dy, cost];
        return true;
      };
      offer(...guess);
      for (const other of [
        column > 0 ? block - 1 : block,
        row > 0 ? block - across : block,
        row + 1 < down ? block + across : block,
      ])
        offer(Math.round(xs[other]! / scale), Math.round(ys[other]! / scale));
      for (let round = 0; round < 3; round++) {
        const [atX, atY] = [bestX, bestY];
        const moved = [offer(atX - 1, atY), offer(atX + 1, atY), offer(atX, atY - 1), offer(atX, atY + 1)];
        if (!moved.includes(true)) break;
      }
      xs[block] = bestX * scale;
      ys[block] = bestY * scale;
    }
}

/** The lowest point of a parabola through three differences, across and down. */
function subPixels(a: FloatPlane, b: FloatPlane, { across, down, x: xs, y: ys }: BlockMotion): void {
  for (let row = 0, block = 0; row < down; row++)
    for (let column = 0; column < across; column++, block++) {
      const [x, y] = cornerOf(row, column, 1, 16);
      const [dx, dy] = [xs[block]!, ys[block]!];
      const at = (moreX: number, moreY: number): number => difference(a, b, x, y, 16, 2, dx + moreX, dy + moreY);
      const here = at(0, 0);
      xs[block] = dx + lowest(at(-1, 0), here, at(1, 0));
      ys[block] = dy + lowest(at(0, -1), here, at(0, 1));
    }
}

function lowest(before: number, here: number, after: number): number {
  const bend = before + after - 2 * here;
  if (!(bend > 1e-6) || !Number.isFinite(bend)) return 0;
  return Math.max(-0.5, Math.min(0.5, (before - after) / (2 * bend)));
}
