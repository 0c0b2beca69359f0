/**
 * Puts the edge of a carried mask onto the picture: near the edge each pixel is compared with the mean colour just
 * inside and just outside. Where the two are alike, or their surroundings are mottled, the carried edge stays.
 */
import { boxMean } from '../select/guidedFilter.ts';
import { planeOf, type Picture, type Plane, type Rect } from '../select/raster.ts';

/** `bandPx`: how far the edge may move. Works in place of a part, `within`; elsewhere the mask stays. */
export function refineEdge(picture: Picture, mask: Plane, within: Rect, bandPx: number): Plane {
  const width = within.right - within.left;
  const height = within.bottom - within.top;
  const part = cut(mask, within);
  const spread = boxMean(part, bandPx);
  const sides = sidesOf(picture, spread, within, bandPx * 3);
  const halfWidth = sides.inside.width;
  const made: Plane = { data: Float32Array.from(mask.data), width: mask.width, height: mask.height };
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const i = y * width + x;
      if (spread.data[i]! > surelyIn || spread.data[i]! < surelyOut) continue;
      const half = (y >> 1) * halfWidth + (x >> 1);
      if (sides.inside.data[half]! < 0.01 || sides.outside.data[half]! < 0.01) continue;
      const at = (within.top + y) * mask.width + within.left + x;
      let [distanceIn, distanceOut, apart, noise] = [0, 0, 0, 3 * 64];
      for (let channel = 0; channel < 3; channel++) {
        const colour = picture.data[at * 3 + channel]!;
        const [within, beyond] = [sides.within[channel]!, sides.beyond[channel]!];
        const [meanIn, meanOut] = [within.mean[half]!, beyond.mean[half]!];
        distanceIn += (colour - meanIn) ** 2;
        distanceOut += (colour - meanOut) ** 2;
        apart += (meanIn - meanOut) ** 2;
        noise += within.variance[half]! + beyond.variance[half]!;
      }
      const byColour = distanceOut / (distanceIn + distanceOut + 1e-3);
      const trust = 0.7 * (apart / (apart + 2 * noise));
      made.data[at] = part.data[i]! * (1 - trust) + trust * Math.max(0, Math.min(1, (byColour - 0.5) * 2 + 0.5));
    }
  }
  return made;
}

/** Share of a neighbourhood inside the mask from which on a pixel is surely inside, or surely outside. */
const surelyIn = 0.985;
const surelyOut = 0.015;

interface Moments {
  readonly mean: Float32Array;
  readonly variance: Float32Array;
}

/** Shares and colours of both sides around each second pixel: half the width and height. */
interface Sides {
  readonly inside: Plane;
  readonly outside: Plane;
  /** By channel. */
  readonly within: readonly Moments[];
  readonly beyond: readonly Moments[];
}

function sidesOf(picture: Picture, spread: Plane, part: Rect, reach: number): Sides {
  const [width, height] = [(spread.width + 1) >> 1, (spread.height + 1) >> 1];
  const isIn = planeOf(width, height);
  const isOut = planeOf(width, height);
  const colours = [planeOf(width, height), planeOf(width, height), planeOf(width, height)];
  for (let y = 0, i = 0; y < height; y++) {
    for (let x = 0; x < width; x++, i++) {
      const value = spread.data[2 * y * spread.width + 2 * x]!;
      isIn.data[i] = value > surelyIn ? 1 : 0;
      isOut.data[i] = value < surelyOut ? 1 : 0;
      const from = ((part.top + 2 * y) * picture.width + part.left + 2 * x) * 3;
      for (let channel = 0; channel < 3; channel++) colours[channel]!.data[i] = picture.data[from + channel]!;
    }
  }
  const halfReach = Math.max(1, reach >> 1);
  const [inside, outside] = [boxMean(isIn, halfReach), boxMean(isOut, halfReach)];
  return {
    ...{ inside, outside },
    within: colours.map((colour) => momentsOf(colour, isIn, inside, halfReach)),
    beyond: colours.map((colour) => momentsOf(colour, isOut, outside, halfReach)),
  };
}

function cut({ data, width }: Plane, { left, top, right, bottom }: Rect): Plane {
  const part = planeOf(right - left, bottom - top);
  for (let y = top; y < bottom; y++)
    part.data.set(data.subarray(y * width + left, y * width + right), (y - top) * part.width);
  return part;
}

/** Mean and variance of a colour over the marked pixels of a neighbourhood. */
function momentsOf(colour: Plane, marked: Plane, share: Plane, reach: number): Moments {
  const { width, height } = colour;
  const once = planeOf(width, height);
  const squared = planeOf(width, height);
  for (let i = 0; i < once.data.length; i++) {
    if (marked.data[i] === 0) continue;
    const value = colour.data[i]!;
    once.data[i] = value;
    squared.data[i] = value * value;
  }
  const mean = boxMean(once, reach).data;
  const variance = boxMean(squared, reach).data;
  for (let i = 0; i < mean.length; i++) {
    const all = Math.max(1e-6, share.data[i]!);
    mean[i] = mean[i]! / all;
    variance[i] = Math.max(0, variance[i]! / all - mean[i]! ** 2);
  }
  return { mean, variance };
}
