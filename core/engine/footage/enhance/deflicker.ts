/**
 * Takes the flicker of exposure out of a film: how much brighter each frame is than the one before is measured at many
 * places, of which things that move are outvoted; what swings around the trend of a second and a half goes.
 */
import type { FrameShape } from '../interpolate/rawFrame.ts';
import { planesOf } from '../interpolate/rawFrame.ts';

/** Levels of 8 bits between which brightness is compared. */
const [darkest, brightest] = [24, 232];
/** Places that must be between them. */
const fewestPlaces = 40;
/** A frame of which the places differ more than this in what they say shows something else. */
const mostSpread = 0.25;

/** How a frame's brightness follows from the one before: a natural logarithm, or null across a cut. */
export function exposureChange(before: Uint8Array, after: Uint8Array): number | null {
  const ratios: number[] = [];
  for (let i = 0; i < after.length; i++) {
    const [a, b] = [before[i]!, after[i]!];
    if (Math.min(a, b) >= darkest && Math.max(a, b) <= brightest) ratios.push(Math.log(b / a));
  }
  if (ratios.length < fewestPlaces) return null;
  const middle = median(ratios);
  return median(ratios.map((ratio) => Math.abs(ratio - middle))) > mostSpread ? null : middle;
}

function median(values: readonly number[]): number {
  const sorted = Float64Array.from(values).sort();
  return (sorted[sorted.length >> 1]! + sorted[(sorted.length - 1) >> 1]!) / 2;
}

/** Reach of the trend to each side, s, and the frames that it has at least. */
const reachSeconds = 0.75;
const fewestFrames = 6;
/** Changes beyond this are no flicker. */
const mostChange = 0.6;

/** What each frame is to be multiplied by. `changes[0]` belongs to no pair and counts as a cut. */
export function flickerGains(changes: readonly (number | null)[], fps: number): Float64Array {
  const gains = new Float64Array(changes.length).fill(1);
  const reach = Math.max(fewestFrames, Math.round(reachSeconds * fps));
  for (let start = 0; start < changes.length;) {
    let end = start + 1;
    while (end < changes.length && changes[end] !== null) end++;
    const curve = new Float64Array(end - start);
    for (let i = 1; i < curve.length; i++) curve[i] = curve[i - 1]! + changes[start + i]!;
    for (let i = 0; i < curve.length; i++) {
      const away = curve[i]! - trendAt(curve, i, reach);
      gains[start + i] = Math.exp(-Math.max(-mostChange, Math.min(mostChange, away)));
    }
    start = end;
  }
  return gains;
}

/** Rounds of weighing down what lies far from the line: a lamp that is switched on stays a step. */
const rounds = 3;

/** The value at `at` of a line through its neighbourhood, the near ones counting more. */
function trendAt(curve: Float64Array, at: number, reach: number): number {
  const [from, to] = [Math.max(0, at - reach), Math.min(curve.length - 1, at + reach)];
  let [level, slope] = [0, 0];
  let spread = Infinity;
  for (let round = 0; round < rounds; round++) {
    let [w, wx, wxx, wy, wxy, off] = [0, 0, 0, 0, 0, 0];
    for (let i = from; i <= to; i++) {
      const x = (i - at) / (reach + 1);
      const away = spread === Infinity ? 0 : (curve[i]! - level - slope * x) / (4 * spread + 0.01);
      const weight = (1 - x * x) ** 2 * Math.max(0, 1 - away * away) ** 2;
      w += weight;
      wx += weight * x;
      wxx += weight * x * x;
      wy += weight * curve[i]!;
      wxy += weight * x * curve[i]!;
    }
    const determinant = w * wxx - wx * wx;
    if (determinant < 1e-9) return w > 0 ? wy / w : curve[at]!;
    level = (wxx * wy - wx * wxy) / determinant;
    slope = (w * wxy - wx * wy) / determinant;
    for (let i = from; i <= to; i++) off += Math.abs(curve[i]! - level - (slope * (i - at)) / (reach + 1));
    spread = off / (to - from + 1);
  }
  return level;
}

/** Multiplies a raw frame's brightness and colours, in place. `fullRange`: black is 0. */
export function applyGain(raw: Uint8Array, shape: FrameShape, fullRange: boolean, gain: number): void {
  if (gain === 1) return;
  const { samples, peak } = shape;
  const black = fullRange || samples.model === 'gbr' ? 0 : 2 ** (samples.bitDepth - 8) * 16;
  const zero = 2 ** (samples.bitDepth - 1);
  const table = (from: number): Uint16Array =>
    Uint16Array.from({ length: peak + 1 }, (_, value) =>
      Math.max(0, Math.min(peak, Math.round(from + (value - from) * gain))),
    );
  const [bright, colour] = [table(black), table(zero)];
  planesOf(raw, shape).forEach(({ data }, index) => {
    const levels = index === 0 || samples.model === 'gbr' ? bright : colour;
    for (let i = 0; i < data.length; i++) data[i] = levels[data[i]!]!;
  });
}
