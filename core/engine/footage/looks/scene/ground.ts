/** Where the ground lies, and in which order things stand: guessed from their place, from haze and from edges. */
import { flooded } from './flooded.ts';
import { step, type SmallFrame, type Values } from './smallFrame.ts';

/**
 * How far away a pixel is, 0 (near) .. 1. Ground rises towards the horizon; air lightens what is far, whose darkest
 * channel is then light (the dark channel prior, He, Sun, Tang, 2009).
 */
export function farnessOf({ darkest, width, height }: SmallFrame, sky: Values, horizon: number): Values {
  const haze = boxLeast(darkest, width, height, 3);
  let [low, high] = [1, 0];
  for (let i = 0; i < haze.length; i++) {
    if (sky[i]! > 0.5) continue;
    low = Math.min(low, haze[i]!);
    high = Math.max(high, haze[i]!);
  }
  const range = Math.max(0.15, high - low);
  return haze.map((value, i) => {
    const down = ((Math.floor(i / width) + 0.5) / height - horizon) / (1 - horizon);
    // distance on a plane goes with one over the depth below the horizon
    const byPlace = down <= 0 ? 0.9 : Math.min(0.9, 0.16 / (down + 0.16));
    const byHaze = Math.min(1, Math.max(0, (value - low) / range));
    const far = Math.min(1, 0.72 * byPlace + 0.4 * byHaze * (0.3 + byPlace));
    return far + (1 - far) * sky[i]!;
  });
}

/** What the camera stands on: reached from the lower edge without crossing a strong one, below the horizon. */
export function groundOf({ slope, luma, width, height }: SmallFrame, sky: Values, horizon: number): Values {
  const top = Math.round((horizon + 0.12 * (1 - horizon)) * height);
  const isReached = (at: number, from: number): boolean =>
    at >= top * width && slope[at]! <= 0.2 && sky[at]! <= 0.5 && Math.abs(luma[at]! - luma[from]!) <= 0.09;
  const inside = flooded({ width, height }, { from: (height - 1) * width, count: width }, isReached);
  return inside.map((value, i) => value * step(0, 0.1, Math.floor(i / width) / height - horizon));
}

function boxLeast(of: Values, width: number, height: number, radius: number): Values {
  const rows = new Float32Array(of.length);
  const least = new Float32Array(of.length);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      let value = 1;
      for (let at = Math.max(0, x - radius); at <= Math.min(width - 1, x + radius); at++)
        value = Math.min(value, of[y * width + at]!);
      rows[y * width + x] = value;
    }
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      let value = 1;
      for (let at = Math.max(0, y - radius); at <= Math.min(height - 1, y + radius); at++)
        value = Math.min(value, rows[at * width + x]!);
      least[y * width + x] = value;
    }
  return least;
}
