/**
 * What no frame showed: filled from the hole's surroundings, in the way that says best what is just outside it. Pure.
 */
import { grown } from './hole.ts';
import { membrane } from './pullPush.ts';
import type { PlaneRegion } from './region.ts';

/**
 * Fills the samples of a picture where `open` is 1 from the others, which it leaves alone. `values`: [height, width].
 */
export type Inpaint = (values: Float32Array, open: Uint8Array, width: number, height: number) => Float32Array;

/** A smooth surface: each open sample is the mean of its neighbours. */
export const smoothSurface: Inpaint = (values, open, width, height) =>
  membrane(
    values,
    open.map((value) => 1 - value),
    width,
    height,
  );

/** How far around the hole the ways are tried, in samples. */
const triedBand = 4;

/** Fills the hidden samples that nothing was chosen for. `middle`: the value where nothing at all is known. */
export function fillUnseen(
  region: Pick<PlaneRegion, 'width' | 'height' | 'result' | 'asked' | 'hiddenCount'>,
  chosen: Float32Array,
  middle: number,
  ways: readonly Inpaint[] = [smoothSurface],
): void {
  const { width, height, result, asked, hiddenCount } = region;
  const open = new Uint8Array(width * height);
  let count = 0;
  for (let i = 0; i < hiddenCount; i++) {
    if (!Number.isNaN(chosen[i]!)) continue;
    open[asked[i]!] = 1;
    count++;
  }
  if (count === 0) return;
  if (count === open.length) {
    result.fill(middle);
    return;
  }
  const filled = bestWay(ways, result, open, width, height)(result, open, width, height);
  for (let i = 0; i < open.length; i++) if (open[i] === 1) result[i] = filled[i]!;
}

/** The way that errs least on a band around the hole, with that band hidden too. */
function bestWay(
  ways: readonly Inpaint[],
  values: Float32Array,
  open: Uint8Array,
  width: number,
  height: number,
): Inpaint {
  const [first = smoothSurface, ...others] = ways;
  if (others.length === 0) return first;
  const wider = grown(open, width, height, triedBand);
  if (wider.every((value) => value === 1)) return first;
  const errorOf = (way: Inpaint): number => {
    const tried = way(values, wider, width, height);
    let sum = 0;
    for (let i = 0; i < open.length; i++) if (wider[i] !== open[i]) sum += Math.abs(tried[i]! - values[i]!);
    return sum;
  };
  let best = { way: first, error: errorOf(first) };
  for (const way of others) {
    const error = errorOf(way);
    if (error < best.error) best = { way, error };
  }
  return best.way;
}
