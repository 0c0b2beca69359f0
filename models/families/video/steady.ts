/**
 * A latent is four frames, and the model renders each latent slightly differently, so still areas would twitch four
 * times a second. A bilateral filter over time (Tomasi and Manduchi 1998) spreads small changes over neighbouring
 * frames and leaves large ones (movement and cuts) alone.
 */
import type { Frames } from '../pipeline.ts';

/** Largest weights of a frame and of those one, two and three frames away. */
const weights = [4, 3, 2, 1] as const;
const reach = weights.length - 1;
/** Levels of 255 above which a change counts as movement. */
const tolerance = 12;
const closeness = Float32Array.from({ length: 256 }, (_, change) => Math.exp(-((change / tolerance) ** 2)));

/** Smooths `frames` in place. */
export function steady({ data, frameCount, width, height }: Frames): void {
  const size = width * height * 3;
  /** The last frames before filtering, oldest first. */
  const before: Uint8Array[] = [];
  for (let f = 0; f < frameCount; f += 1) {
    const own = data.slice(f * size, (f + 1) * size);
    const others: [Uint8Array, number][] = before.map((frame, i) => [frame, weights[before.length - i]!]);
    for (let k = 1; k <= reach && f + k < frameCount; k += 1)
      others.push([data.subarray((f + k) * size, (f + k + 1) * size), weights[k]!]);
    const out = data.subarray(f * size, (f + 1) * size);
    for (let p = 0; p < size; p += 3) {
      let [sum, red, green, blue] = [
        weights[0] as number,
        weights[0] * own[p]!,
        weights[0] * own[p + 1]!,
        weights[0] * own[p + 2]!,
      ];
      for (const [frame, weight] of others) {
        const [r, g, b] = [frame[p]!, frame[p + 1]!, frame[p + 2]!];
        const change = Math.max(Math.abs(r - own[p]!), Math.abs(g - own[p + 1]!), Math.abs(b - own[p + 2]!));
        const share = weight * closeness[change]!;
        sum += share;
        red += share * r;
        green += share * g;
        blue += share * b;
      }
      out[p] = Math.round(red / sum);
      out[p + 1] = Math.round(green / sum);
      out[p + 2] = Math.round(blue / sum);
    }
    before.push(own);
    if (before.length > reach) before.shift();
  }
}
