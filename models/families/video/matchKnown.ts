/**
 * Matches the generated picture to the known one before compositing (compose.ts). The autoencoder loses a little
 * everywhere. The difference between known pixels and those generated in their place measures that loss, and corrects
 * the pixels that are only generated: across the mask's edge (after Poisson cloning, Pérez et al. 2003; filled by
 * push-pull, Gortler et al. 1996), and through time while the picture does not change.
 */
import type { Frames, MaskFrames } from '../pipeline.ts';
import { boxMean } from './compose.ts';
import { frameKinds } from './frames.ts';

/** Width of the band around the mask where the difference is measured, in pixels. */
const ringPx = 5;
/** Times the frame is halved: the correction fades over about 2 to this power pixels into the mask. */
const levels = 5;
/** Change, in levels of 255, beyond which a pixel's old detail no longer fits. */
const changeTolerance = 14;

/**
 * New frames: `made`, corrected by its known surroundings. Frames that are wholly known or wholly new do not change.
 */
export function matchEdges(known: Frames, made: Frames, mask: MaskFrames): Frames {
  const { width, height, frameCount } = known;
  const area = width * height;
  const data = new Uint8Array(made.data);
  for (const [f, kind] of frameKinds(mask).entries()) {
    if (kind !== 'both') continue;
    const layer = mask.data.subarray(f * area, (f + 1) * area);
    const ring = ringAround(layer, width, height);
    const difference = new Float32Array(area * 3);
    for (let p = 0; p < area; p += 1) {
      if (!ring[p]) continue;
      for (let c = 0; c < 3; c += 1)
        difference[p * 3 + c] = known.data[(f * area + p) * 3 + c]! - made.data[(f * area + p) * 3 + c]!;
    }
    const spread = pushPull(difference, Float32Array.from(ring), width, height, levels);
    for (let p = 0; p < area; p += 1) {
      if (layer[p] === 0) continue;
      for (let c = 0; c < 3; c += 1) {
        const at = (f * area + p) * 3 + c;
        data[at] = clampByte(made.data[at]! + spread[p * 3 + c]!);
      }
    }
  }
  return { data, frameCount, width, height };
}

/**
 * New frames: wholly new frames keep the detail of the nearest wholly known ones before and after them wherever the
 * picture has not changed. A first image thus does not turn soft in the second frame, and an extension has no seam.
 */
export function carryDetail(known: Frames, made: Frames, mask: MaskFrames): Frames {
  const { width, height, frameCount } = known;
  const kinds = frameKinds(mask);
  const data = new Uint8Array(made.data);
  for (let f = 0; f < frameCount; f += 1) {
    if (kinds[f] !== 'new') continue;
    const before = kinds.lastIndexOf('known', f);
    const after = kinds.indexOf('known', f);
    const sides = [before, after].filter((side) => side >= 0);
    for (const side of sides) {
      // Of two known frames the nearer one weighs more.
      const share = sides.length === 2 ? 1 - Math.abs(side - f) / (after - before) : 1;
      addDetail(data, known, made, side, f, share);
    }
  }
  return { data, frameCount, width, height };
}

function addDetail(data: Uint8Array, known: Frames, made: Frames, from: number, to: number, share: number): void {
  const { width, height } = made;
  const area = width * height;
  const changed = new Uint8Array(area);
  for (let p = 0; p < area; p += 1) {
    let most = 0;
    for (let c = 0; c < 3; c += 1)
      most = Math.max(most, Math.abs(made.data[(to * area + p) * 3 + c]! - made.data[(from * area + p) * 3 + c]!));
    changed[p] = most;
  }
  const around = boxMean(changed, width, height, 1);
  for (let p = 0; p < area; p += 1) {
    const weight = share * Math.exp(-((around[p]! / changeTolerance) ** 2));
    if (weight < 0.02) continue;
    for (let c = 0; c < 3; c += 1) {
      const at = (to * area + p) * 3 + c;
      const detail = known.data[(from * area + p) * 3 + c]! - made.data[(from * area + p) * 3 + c]!;
      data[at] = clampByte(data[at]! + weight * detail);
    }
  }
}

/** 1 where a pixel is known and close to the mask. */
function ringAround(layer: Uint8Array, width: number, height: number): Uint8Array {
  const near = boxMean(
    Uint8Array.from(layer, (value) => (value > 0 ? 255 : 0)),
    width,
    height,
    ringPx,
  );
  return Uint8Array.from(layer, (value, p) => (value === 0 && near[p]! > 0 ? 1 : 0));
}

/**
 * Fills pixels of weight 0 smoothly from those of weight 1: averaging halves the picture `depth` times, then each finer
 * level fills its holes from the coarser one; beyond the coarsest level's reach the value is 0. `values` f32[h, w, 3],
 * `weights` f32[h, w].
 */
export function pushPull(
  values: Float32Array,
  weights: Float32Array,
  width: number,
  height: number,
  depth: number,
): Float32Array {
  const out = new Float32Array(values.length);
  const [w, h] = [Math.ceil(width / 2), Math.ceil(height / 2)];
  let coarse: Float32Array | null = null;
  if (depth > 0 && width > 1 && height > 1) {
    const sums = new Float32Array(w * h * 3);
    const counts = new Float32Array(w * h);
    for (let y = 0; y < height; y += 1) {
      for (let x = 0; x < width; x += 1) {
        const [from, to] = [y * width + x, (y >> 1) * w + (x >> 1)];
        const weight = weights[from]!;
        if (weight === 0) continue;
        counts[to]! += weight;
        for (let c = 0; c < 3; c += 1) sums[to * 3 + c]! += weight * values[from * 3 + c]!;
      }
    }
    for (let p = 0; p < counts.length; p += 1) {
      if (counts[p] === 0) continue;
      for (let c = 0; c < 3; c += 1) sums[p * 3 + c]! /= counts[p]!;
      counts[p] = Math.min(1, counts[p]!);
    }
    coarse = pushPull(sums, counts, w, h, depth - 1);
  }
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const p = y * width + x;
      const own = weights[p]!;
      for (let c = 0; c < 3; c += 1)
        out[p * 3 + c] =
          own * values[p * 3 + c]! + (1 - own) * (coarse ? between(coarse, w, h, (x - 0.5) / 2, (y - 0.5) / 2, c) : 0);
    }
  }
  return out;
}

/** Bilinear sample with borders repeated. */
function between(image: Float32Array, width: number, height: number, x: number, y: number, channel: number): number {
  const [x0, y0] = [Math.floor(x), Math.floor(y)];
  const [sx, sy] = [x - x0, y - y0];
  const at = (column: number, row: number): number =>
    image[(Math.min(height - 1, Math.max(0, row)) * width + Math.min(width - 1, Math.max(0, column))) * 3 + channel]!;
  return (
    (1 - sy) * ((1 - sx) * at(x0, y0) + sx * at(x0 + 1, y0)) +
    sy * ((1 - sx) * at(x0, y0 + 1) + sx * at(x0 + 1, y0 + 1))
  );
}

function clampByte(value: number): number {
  return value <= 0 ? 0 : value >= 255 ? 255 : Math.round(value);
}
