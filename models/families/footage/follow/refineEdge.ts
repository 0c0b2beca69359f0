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
  const inside = planeOf(width, height);
  const outside = planeOf(width, height);
  for (let i = 0; i < part.data.length; i++) {
    inside.data[i] = spread.data[i]! > 0.985 ? 1 : 0;
    outside.data[i] = spread.data[i]! < 0.015 ? 1 : 0;
  }
  const reach = bandPx * 3;
  const [insideShare, outsideShare] = [boxMean(inside, reach), boxMean(outside, reach)];
  const distanceIn = planeOf(width, height);
  const distanceOut = planeOf(width, height);
  const apart = planeOf(width, height);
  const noise = planeOf(width, height, 3 * 64);
  for (let channel = 0; channel < 3; channel++) {
    const colour = planeOf(width, height);
    for (let y = 0; y < height; y++)
      for (let x = 0; x < width; x++)
        colour.data[y * width + x] = picture.data[((within.top + y) * picture.width + within.left + x) * 3 + channel]!;
    const [meanIn, varianceIn] = momentsOf(colour, inside, insideShare, reach);
    const [meanOut, varianceOut] = momentsOf(colour, outside, outsideShare, reach);
    for (let i = 0; i < colour.data.length; i++) {
      distanceIn.data[i]! += (colour.data[i]! - meanIn[i]!) ** 2;
      distanceOut.data[i]! += (colour.data[i]! - meanOut[i]!) ** 2;
      apart.data[i]! += (meanIn[i]! - meanOut[i]!) ** 2;
      noise.data[i]! += varianceIn[i]! + varianceOut[i]!;
    }
  }
  const made: Plane = { data: Float32Array.from(mask.data), width: mask.width, height: mask.height };
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const i = y * width + x;
      if (inside.data[i] === 1 || outside.data[i] === 1) continue;
      if (insideShare.data[i]! < 0.01 || outsideShare.data[i]! < 0.01) continue;
      const byColour = distanceOut.data[i]! / (distanceIn.data[i]! + distanceOut.data[i]! + 1e-3);
      const trust = 0.7 * (apart.data[i]! / (apart.data[i]! + 2 * noise.data[i]!));
      const value = part.data[i]! * (1 - trust) + trust * Math.max(0, Math.min(1, (byColour - 0.5) * 2 + 0.5));
      made.data[(within.top + y) * mask.width + within.left + x] = value;
    }
  }
  return made;
}

function cut({ data, width }: Plane, { left, top, right, bottom }: Rect): Plane {
  const part = planeOf(right - left, bottom - top);
  for (let y = top; y < bottom; y++)
    part.data.set(data.subarray(y * width + left, y * width + right), (y - top) * part.width);
  return part;
}

/** Mean and variance of a colour over the marked pixels of a neighbourhood. */
function momentsOf(colour: Plane, marked: Plane, share: Plane, reach: number): [Float32Array, Float32Array] {
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
  return [mean, variance];
}
