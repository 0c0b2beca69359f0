/**
 * What no frame showed: filled from the hole's surroundings in the way that did best where the truth is known, that is
 * in holes of the same shape beside it. Pure.
 */
import { exemplarFill, type Canvas } from './exemplar.ts';
import { grown } from './hole.ts';
import { membrane } from './pullPush.ts';

/** Fills the samples of a plane ([height, width]) where `open` is 1 from the others, which it leaves alone. */
export type Inpaint = (values: Float32Array, open: Uint8Array, width: number, height: number) => Float32Array;

/** Fills the samples of all planes where `open` is 1; null where it cannot. */
export type FillWay = (canvas: Canvas, open: Uint8Array) => readonly Float32Array[] | null;

/** Each plane on its own. */
export function planeByPlane(inpaint: Inpaint): FillWay {
  return ({ planes, width, height }, open) => planes.map((plane) => inpaint(plane, open, width, height));
}

/** A smooth surface: each open sample is the mean of its neighbours. */
export const smoothSurface: FillWay = planeByPlane((values, open, width, height) =>
  membrane(
    values,
    open.map((value) => 1 - value),
    width,
    height,
  ),
);

/** Texture from elsewhere in the picture. */
export const fromElsewhere: FillWay = exemplarFill;

/** Apart from the hole itself, so that nothing beside it counts twice. */
const apart = 3;
const mostShrinking = 12;
/** Larger trials take long and say no more. */
const mostTried = 3000;
const mostTrials = 2;

/** The way that errs least in holes like this one beside it; the first where none fits in, or as good as the first. */
export function bestWay(ways: readonly FillWay[], canvas: Canvas, open: Uint8Array): FillWay {
  const [first = smoothSurface, ...others] = ways;
  if (others.length === 0) return first;
  const trials = trialHoles(open, canvas.width, canvas.height);
  if (trials.length === 0) return first;
  const [luma] = canvas.planes;
  const errorOf = (way: FillWay): number => {
    let sum = 0;
    for (const trial of trials) {
      const filled = way(
        canvas,
        open.map((value, i) => value | trial[i]!),
      )?.[0];
      if (!filled || !luma) return Infinity;
      for (let i = 0; i < trial.length; i++) if (trial[i] === 1) sum += (filled[i]! - luma[i]!) ** 2;
    }
    return sum;
  };
  let best = { way: first, error: errorOf(first) };
  for (const way of others) {
    const error = errorOf(way);
    if (error < best.error) best = { way, error };
  }
  return best.way;
}

/** The hole's shape moved to two sides of it where there is room; smaller where there is none, or where it is large. */
export function trialHoles(open: Uint8Array, width: number, height: number): Uint8Array[] {
  let [left, top, right, bottom] = [width, height, 0, 0];
  for (let i = 0; i < open.length; i++) {
    if (open[i] === 0) continue;
    const [x, y] = [i % width, Math.floor(i / width)];
    left = Math.min(left, x);
    right = Math.max(right, x + 1);
    top = Math.min(top, y);
    bottom = Math.max(bottom, y + 1);
  }
  const near = grown(open, width, height, apart);
  const least = Math.ceil(Math.sqrt(((right - left) * (bottom - top)) / mostTried));
  for (let shrinking = Math.max(1, least); shrinking <= Math.max(mostShrinking, least + 1); shrinking++) {
    const [w, h] = [Math.floor((right - left) / shrinking), Math.floor((bottom - top) / shrinking)];
    if (w < 3 || h < 3) return [];
    const [middleX, middleY] = [left + ((right - left - w) >> 1), top + ((bottom - top - h) >> 1)];
    const places = [
      [left - w - apart - 1, middleY],
      [middleX, top - h - apart - 1],
      [right + apart + 1, middleY],
      [middleX, bottom + apart + 1],
    ] as const;
    const found = places.flatMap(([x0, y0]) => {
      // a hole at the very edge is another kind of task
      if (x0 < apart || y0 < apart || x0 + w > width - apart || y0 + h > height - apart) return [];
      const trial = new Uint8Array(open.length);
      for (let y = 0; y < h; y++) {
        for (let x = 0; x < w; x++) {
          if (open[(top + y * shrinking) * width + left + x * shrinking] === 0) continue;
          const at = (y0 + y) * width + x0 + x;
          if (near[at] === 1) return [];
          trial[at] = 1;
        }
      }
      return [trial];
    });
    if (found.length >= mostTrials) return found.slice(0, mostTrials);
  }
  return [];
}
