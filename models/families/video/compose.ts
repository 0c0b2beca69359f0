/** Composites generated pixels over known ones. Outside the mask the result is the source, byte for byte. */
import type { Frames, MaskFrames } from '../pipeline.ts';

/** Width in pixels of the fade inside the mask, which hides the seam without changing the outside. */
export const featherPx = 2;

/**
 * New frames: known pixels where the mask is 0, generated ones where it is 255 and away from its border, a blend in
 * between.
 */
export function composite(known: Frames, made: Frames, mask: MaskFrames): Frames {
  const { width, height, frameCount } = known;
  const area = width * height;
  const data = new Uint8Array(known.data);
  for (let f = 0; f < frameCount; f += 1) {
    const layer = mask.data.subarray(f * area, (f + 1) * area);
    const soft = boxMean(layer, width, height, featherPx);
    for (let p = 0; p < area; p += 1) {
      const m = layer[p]!;
      if (m === 0) continue;
      const inside = Math.min(1, Math.max(0, soft[p]! / 127.5 - 1));
      // A mask thinner than the feather would vanish, so it keeps at least half its strength.
      const alpha = (m / 255) * Math.max(inside, m === 255 ? 0.5 : 0);
      const at = (f * area + p) * 3;
      for (let c = 0; c < 3; c += 1)
        data[at + c] = Math.round(known.data[at + c]! * (1 - alpha) + made.data[at + c]! * alpha);
    }
  }
  return { data, frameCount, width, height };
}

/** Box mean, 0..255, over squares of side 2 radius + 1 with borders repeated, by two running sums. */
export function boxMean(layer: Uint8Array, width: number, height: number, radius: number): Float32Array {
  const across = new Float32Array(layer.length);
  const out = new Float32Array(layer.length);
  const size = 2 * radius + 1;
  const clampTo = (value: number, end: number): number => (value < 0 ? 0 : value >= end ? end - 1 : value);
  for (let y = 0; y < height; y += 1) {
    let sum = 0;
    for (let i = -radius; i <= radius; i += 1) sum += layer[y * width + clampTo(i, width)]!;
    for (let x = 0; x < width; x += 1) {
      across[y * width + x] = sum / size;
      sum += layer[y * width + clampTo(x + radius + 1, width)]! - layer[y * width + clampTo(x - radius, width)]!;
    }
  }
  for (let x = 0; x < width; x += 1) {
    let sum = 0;
    for (let i = -radius; i <= radius; i += 1) sum += across[clampTo(i, height) * width + x]!;
    for (let y = 0; y < height; y += 1) {
      out[y * width + x] = sum / size;
      sum += across[clampTo(y + radius + 1, height) * width + x]! - across[clampTo(y - radius, height) * width + x]!;
    }
  }
  return out;
}
