/**
 * The sky of a frame: what is smooth, coloured like a sky and hangs together with the picture's upper edge. A frame is
 * judged by itself here; whether a clip has a sky is decided over all of its frames (`skyIsThere`).
 */
import { flooded } from './flooded.ts';
import { step, type SmallFrame, type Values } from './smallFrame.ts';

/** A guess at the sky. */
export interface SkyGuess {
  /** 1 where the sky is. */
  readonly inside: Values;
  /** How much it is like a sky, 0..1: from 0.5 on it counts as one. */
  readonly likeness: number;
  /** Where the sky ends on most columns, as a share of the height. */
  readonly horizon: number;
}

/** Likeness from which a pixel can be sky. */
const leastLikeness = 0.3;
/** A change of luma that ends it. */
const edge = 0.11;
/** Without a sky the far end of the ground is taken to be here. */
const usualHorizon = 0.36;

/** Looks for the sky. */
export function findSky(frame: SmallFrame): SkyGuess {
  const { width, height } = frame;
  const like = likenessOf(frame);
  const inside = floodFromTop(frame, like);
  const area = inside.reduce((sum, value) => sum + value, 0) / inside.length;
  if (area < 0.02) return { inside, likeness: 0, horizon: usualHorizon };
  fillGaps(frame, inside);
  return { inside, likeness: judge(frame, inside), horizon: horizonOf(inside, width, height) };
}

/** A clip has a sky where most of its frames have. */
export function skyIsThere(likenesses: readonly number[]): boolean {
  return likenesses.filter((likeness) => likeness >= 0.5).length * 2 > likenesses.length;
}

function likenessOf({ luma, saturation, blue, slope, width, height }: SmallFrame): Values {
  return luma.map((value, i) => {
    const clear = blue[i]! * step(0.2, 0.4, value);
    const clouded = step(0.52, 0.74, value) * (1 - step(0.16, 0.3, saturation[i]!));
    const smooth = 1 - step(0.07, 0.18, slope[i]!);
    const high = 1 - step(0.6, 0.95, Math.floor(i / width) / height);
    return Math.max(clear, clouded) * smooth * high;
  });
}

/** All that can be reached from the upper edge without crossing one. */
function floodFromTop({ slope, luma, width, height }: SmallFrame, like: Values): Values {
  const isReached = (at: number, from: number): boolean =>
    like[at]! >= leastLikeness && slope[at]! <= edge * 1.6 && Math.abs(luma[at]! - luma[from]!) <= edge * 0.5;
  return flooded({ width, height }, { from: 0, count: 2 * width }, isReached);
}

/** Sky seen between leaves and wires: above where it ends, of its colour at that height. */
function fillGaps({ luma, blue, saturation, width, height }: SmallFrame, inside: Values): void {
  const rows = Array.from({ length: height }, () => ({ count: 0, luma: 0, blue: 0, saturation: 0 }));
  for (let i = 0; i < inside.length; i++) {
    if (inside[i] === 0) continue;
    const row = rows[Math.floor(i / width)]!;
    row.count += 1;
    row.luma += luma[i]!;
    row.blue += blue[i]!;
    row.saturation += saturation[i]!;
  }
  for (let i = 0; i < inside.length; i++) {
    const row = rows[Math.floor(i / width)]!;
    if (inside[i] === 1 || row.count < width * 0.08) continue;
    const [l, b, s] = [row.luma / row.count, row.blue / row.count, row.saturation / row.count];
    const differs = Math.abs(luma[i]! - l) * 3 + Math.abs(blue[i]! - b) + Math.abs(saturation[i]! - s);
    if (differs < 0.4) inside[i] = 1;
  }
}

/** A white wall is smooth and bright too: only what is brighter than all else, or blue, counts as a sky. */
function judge({ luma, blue, slope, warmth, width }: SmallFrame, inside: Values): number {
  const mean = (of: Values, where: number): number => {
    let [sum, count] = [0, 0];
    for (let i = 0; i < of.length; i++) {
      if (inside[i] !== where) continue;
      sum += of[i]!;
      count += 1;
    }
    return count === 0 ? 0 : sum / count;
  };
  const area = inside.reduce((sum, value) => sum + value, 0) / inside.length;
  const onTop = inside.subarray(0, width).reduce((sum, value) => sum + value, 0) / width;
  const [light, rest] = [mean(luma, 1), mean(luma, 0)];
  const calm = 1 - step(0.03, 0.06, mean(slope, 1));
  const clear = step(0.3, 0.6, mean(blue, 1)) * step(0.15, 0.4, onTop);
  const clouded = step(0.62, 0.8, light) * step(0.12, 0.3, light - rest) * step(0.35, 0.7, onTop);
  // lit ceilings are warmer than clouds
  const cool = 1 - step(-0.015, 0.02, mean(warmth, 1));
  return step(0.02, 0.06, area) * (1 - step(0.85, 0.95, area)) * (0.4 + 0.6 * calm) * Math.max(clear, clouded * cool);
}

function horizonOf(inside: Values, width: number, height: number): number {
  const ends: number[] = [];
  for (let x = 0; x < width; x++) {
    let y = height - 1;
    while (y >= 0 && inside[y * width + x] === 0) y--;
    if (y >= 0) ends.push((y + 1) / height);
  }
  ends.sort((a, b) => a - b);
  return Math.min(0.7, Math.max(0.1, ends[Math.floor(ends.length / 2)] ?? usualHorizon));
}
