/**
 * Fills a hole with texture that the picture shows elsewhere. From small copies of the picture up to its own size, each
 * patch that touches the hole looks for the known patch most like it (PatchMatch: Barnes and others, 2009), and each
 * open sample becomes the mean of what the patches over it say (Wexler and others, 2007). Pure.
 */
import { randomFrom } from '../randomFrom.ts';
import { depthOf } from './depth.ts';
import { finer, halvedCanvas, startOf, type Canvas, type Level } from './exemplarLevels.ts';
import { pullPush } from './pullPush.ts';

export type { Canvas } from './exemplarLevels.ts';

/** Patches are squares of this many samples on each side of their middle. */
export const patchReach = 3;
/** Weight that a sample loses with each step into the hole: what is near the known part is more certain. */
const fading = 1.3;
/** From so many open samples on, a level only takes over what the coarser one found, and tidies it. */
const mostSearched = 120_000;
const mostLevels = 7;

/** The planes with the samples filled where `open` is 1; null where too little is known around the hole. */
export function exemplarFill(canvas: Canvas, open: Uint8Array): Float32Array[] | null {
  const random = randomFrom(1);
  const canvases: { canvas: Canvas; open: Uint8Array }[] = [{ canvas, open }];
  for (;;) {
    const { canvas: last, open: lastOpen } = canvases.at(-1)!;
    const isThin = depthOf(lastOpen, last.width).deepest <= patchReach;
    if (isThin || canvases.length === mostLevels || Math.min(last.width, last.height) < 10 * patchReach) break;
    canvases.push(halvedCanvas(last, lastOpen));
  }
  let level: Level | null = null;
  for (let index = canvases.length - 1; index >= 0; index--) {
    const each = canvases[index]!;
    const depth = depthOf(each.open, each.canvas.width).depth;
    const certainty = new Float32Array(depth).map((steps) => (steps === 0 ? 1 : fading ** -steps));
    level = level
      ? finer(level, each.canvas, each.open, certainty, patchReach, random)
      : startOf(each.canvas, each.open, certainty, patchReach, random);
    if (!level) return null;
    refine(level, index, random);
  }
  return level ? healed(level) : null;
}

/** Searches and votes by turns. `index`: 0 at the picture's own size. */
function refine(level: Level, index: number, random: () => number): void {
  const isLarge = level.targets.length > mostSearched;
  const rounds = isLarge ? 1 : Math.min(6, 2 + index);
  for (let round = 0; round < rounds; round++) {
    measureAll(level);
    const passes = isLarge ? 1 : 2;
    for (let pass = 0; pass < passes; pass++) search(level, (round + pass) % 2 === 0, isLarge ? null : random);
    // the last voice of all counts almost alone, which keeps texture sharp
    vote(level, index === 0 && round === rounds - 1 ? 0.15 : 1);
  }
}

function measureAll(level: Level): void {
  for (const at of level.targets) level.cost[at] = distance(level, at, level.nearest[at]!, Infinity);
}

/** Sum of weighted squares between two patches; anything above `most` once it is exceeded. */
function distance({ planes, width, certainty }: Level, target: number, source: number, most: number): number {
  let sum = 0;
  for (let dy = -patchReach; dy <= patchReach; dy++) {
    const a = target + dy * width - patchReach;
    const b = source + dy * width - patchReach;
    for (const plane of planes) {
      for (let k = 0; k <= 2 * patchReach; k++) {
        const off = plane[a + k]! - plane[b + k]!;
        sum += certainty[a + k]! * off * off;
      }
    }
    if (sum > most) return sum;
  }
  return sum;
}

/** One pass of PatchMatch over the targets: neighbours' matches moved along, then, with `random`, a search around. */
function search(level: Level, forward: boolean, random: (() => number) | null): void {
  const { targets, nearest, cost, usable, width, height, isTarget } = level;
  const back = forward ? -1 : 1;
  const attempt = (at: number, source: number): void => {
    if (source < 0 || source >= usable.length || usable[source] === 0 || source === nearest[at]) return;
    const found = distance(level, at, source, cost[at]!);
    if (found >= cost[at]!) return;
    cost[at] = found;
    nearest[at] = source;
  };
  for (let k = 0; k < targets.length; k++) {
    const at = targets[forward ? k : targets.length - 1 - k]!;
    if (isTarget[at + back] === 1) attempt(at, nearest[at + back]! - back);
    if (isTarget[at + back * width] === 1) attempt(at, nearest[at + back * width]! - back * width);
    if (!random) continue;
    for (let radius = Math.max(width, height); radius >= 1; radius >>= 1) {
      const middle = nearest[at]!;
      const x = (middle % width) + Math.round((2 * random() - 1) * radius);
      const y = Math.floor(middle / width) + Math.round((2 * random() - 1) * radius);
      if (x >= 0 && y >= 0 && x < width && y < height) attempt(at, y * width + x);
    }
  }
}

/** Each open sample from all patches over it. `tolerance`: how much worse a match may be and still count. */
function vote(level: Level, tolerance: number): void {
  const { planes, open } = level;
  const { sums, weights } = votes(level, tolerance);
  for (let i = 0; i < open.length; i++) {
    if (open[i] === 0 || weights[i] === 0) continue;
    for (const [plane, values] of planes.entries()) values[i] = sums[plane]![i]! / weights[i]!;
  }
}

function votes(level: Level, tolerance: number): { sums: Float32Array[]; weights: Float32Array } {
  const { planes, width, targets, nearest, cost, certainty } = level;
  const sums = planes.map((plane) => new Float32Array(plane.length));
  const weights = new Float32Array(level.open.length);
  const sorted = Float32Array.from(targets, (at) => cost[at]!).sort();
  const usual = Math.max(1, sorted[Math.floor(0.75 * sorted.length)] ?? 1) * tolerance;
  for (const at of targets) {
    const weight = certainty[at]! * Math.exp(-cost[at]! / (2 * usual)) + 1e-12;
    const source = nearest[at]!;
    for (let dy = -patchReach; dy <= patchReach; dy++) {
      const to = at + dy * width - patchReach;
      const from = source + dy * width - patchReach;
      for (let k = 0; k <= 2 * patchReach; k++) weights[to + k]! += weight;
      for (let plane = 0; plane < planes.length; plane++) {
        const [values, sum] = [planes[plane]!, sums[plane]!];
        for (let k = 0; k <= 2 * patchReach; k++) sum[to + k]! += weight * values[from + k]!;
      }
    }
  }
  return { sums, weights };
}

/** The planes, with what the patches err beside the hole spread into it, so that no edge shows. */
function healed(level: Level): Float32Array[] {
  const { planes, open, width, height } = level;
  const { sums, weights } = votes(level, 1);
  return planes.map((values, plane) => {
    const errors = new Float32Array(values.length);
    const trust = new Float32Array(values.length);
    for (let i = 0; i < values.length; i++) {
      if (open[i] === 1 || weights[i] === 0) continue;
      errors[i] = values[i]! - sums[plane]![i]! / weights[i]!;
      trust[i] = 0.2;
    }
    const spread = pullPush(errors, trust, width, height);
    return values.map((value, i) => (open[i] === 1 ? value + spread[i]! : value));
  });
}
