/** The sizes at which an exemplar fill works, from coarse to fine. Pure. */
import { pullPush } from './pullPush.ts';

/** Planes of one size. */
export interface Canvas {
  readonly planes: readonly Float32Array[];
  readonly width: number;
  readonly height: number;
}

/** One size while it is worked on. Positions are indices of samples. */
export interface Level {
  readonly planes: Float32Array[];
  readonly width: number;
  readonly height: number;
  /** 1 = to be filled. */
  readonly open: Uint8Array;
  /** How sure a sample is: 1 where it is known, less the deeper it lies in the hole. */
  readonly certainty: Float32Array;
  /** Middles of whole patches that touch the hole. */
  readonly targets: Int32Array;
  readonly isTarget: Uint8Array;
  /** 1 at middles of whole patches that are known throughout. */
  readonly usable: Uint8Array;
  /** Of each target: the middle of the known patch most like it, and how far it is from that. */
  readonly nearest: Int32Array;
  readonly cost: Float32Array;
}

/** Half the size: the mean of what is known; open where nothing is. */
export function halvedCanvas(
  { planes, width, height }: Canvas,
  open: Uint8Array,
): { canvas: Canvas; open: Uint8Array } {
  const [w, h] = [Math.ceil(width / 2), Math.ceil(height / 2)];
  const counts = new Uint8Array(w * h);
  const sums = planes.map(() => new Float32Array(w * h));
  const touched = new Uint8Array(w * h);
  for (let i = 0; i < open.length; i++) {
    const to = (Math.floor(i / width) >> 1) * w + ((i % width) >> 1);
    if (open[i] === 1) {
      touched[to] = 1;
      continue;
    }
    counts[to]!++;
    for (const [plane, values] of planes.entries()) sums[plane]![to]! += values[i]!;
  }
  for (const sum of sums) for (let i = 0; i < sum.length; i++) if (counts[i]! > 0) sum[i]! /= counts[i]!;
  return {
    canvas: { planes: sums, width: w, height: h },
    open: touched.map((value, i) => (counts[i]! < 2 ? value : 0)),
  };
}

function prepared(
  { planes, width, height }: Canvas,
  open: Uint8Array,
  certainty: Float32Array,
  reach: number,
): Level | null {
  const touches = sumsOver(open, width, height, reach);
  const usable = new Uint8Array(open.length);
  const isTarget = new Uint8Array(open.length);
  const targets: number[] = [];
  let any = false;
  for (let y = reach; y < height - reach; y++) {
    for (let x = reach; x < width - reach; x++) {
      const at = y * width + x;
      if (touches[at] === 0) {
        usable[at] = 1;
        any = true;
      } else {
        isTarget[at] = 1;
        targets.push(at);
      }
    }
  }
  if (!any || targets.length === 0) return null;
  const size = open.length;
  return {
    ...{ planes: planes.map((plane) => plane.slice()), width, height, open, certainty, isTarget, usable },
    ...{ targets: Int32Array.from(targets), nearest: new Int32Array(size), cost: new Float32Array(size) },
  };
}

/** How many samples of a square around each are 1. */
function sumsOver(values: Uint8Array, width: number, height: number, reach: number): Int32Array {
  const rows = new Int32Array(values.length);
  const sums = new Int32Array(values.length);
  for (let y = 0; y < height; y++) {
    let sum = 0;
    for (let x = -reach; x < width; x++) {
      if (x + reach < width) sum += values[y * width + x + reach]!;
      if (x - reach > 0) sum -= values[y * width + x - reach - 1]!;
      if (x >= 0) rows[y * width + x] = sum;
    }
  }
  for (let x = 0; x < width; x++) {
    let sum = 0;
    for (let y = -reach; y < height; y++) {
      if (y + reach < height) sum += rows[(y + reach) * width + x]!;
      if (y - reach > 0) sum -= rows[(y - reach - 1) * width + x]!;
      if (y >= 0) sums[y * width + x] = sum;
    }
  }
  return sums;
}

/** The coarsest level: filled smoothly, matched by chance. Null where no whole patch is known. */
export function startOf(
  canvas: Canvas,
  open: Uint8Array,
  certainty: Float32Array,
  reach: number,
  random: () => number,
): Level | null {
  const level = prepared(canvas, open, certainty, reach);
  if (!level) return null;
  const known = new Float32Array(open).map((value) => 1 - value);
  for (const values of level.planes) {
    const smooth = pullPush(values, known, level.width, level.height);
    for (let i = 0; i < values.length; i++) if (open[i] === 1) values[i] = smooth[i]!;
  }
  const sources = usableOf(level);
  for (const at of level.targets) level.nearest[at] = sources[Math.floor(random() * sources.length)]!;
  return level;
}

/** The next finer level, which takes over what a coarser one found. */
export function finer(
  coarse: Level,
  canvas: Canvas,
  open: Uint8Array,
  certainty: Float32Array,
  reach: number,
  random: () => number,
): Level | null {
  const level = prepared(canvas, open, certainty, reach);
  if (!level) return null;
  const { width, height, planes } = level;
  const sources = usableOf(level);
  for (let i = 0; i < open.length; i++) {
    if (open[i] === 0) continue;
    const from = (Math.floor(i / width) >> 1) * coarse.width + ((i % width) >> 1);
    for (const [plane, values] of planes.entries()) values[i] = coarse.planes[plane]![from]!;
  }
  for (const at of level.targets) {
    const [x, y] = [at % width, Math.floor(at / width)];
    const [u, v] = [
      Math.max(reach, Math.min(coarse.width - 1 - reach, x >> 1)),
      Math.max(reach, Math.min(coarse.height - 1 - reach, y >> 1)),
    ];
    const middle = v * coarse.width + u;
    // beside the coarser targets a patch stays where it is
    const source = coarse.isTarget[middle] === 1 ? coarse.nearest[middle]! : middle;
    const sx = 2 * (source % coarse.width) + (x - 2 * u);
    const sy = 2 * Math.floor(source / coarse.width) + (y - 2 * v);
    const inside = sx >= 0 && sy >= 0 && sx < width && sy < height;
    const wanted = sy * width + sx;
    level.nearest[at] = inside && level.usable[wanted] === 1 ? wanted : sources[Math.floor(random() * sources.length)]!;
  }
  return level;
}

function usableOf({ usable }: Level): Int32Array {
  const sources: number[] = [];
  for (let i = 0; i < usable.length; i++) if (usable[i] === 1) sources.push(i);
  return Int32Array.from(sources);
}
