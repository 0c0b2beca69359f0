/**
 * The 96-channel control of Wan-VACE: 16 inactive (source where the mask is 0), 16 reactive (source where it is 1), 64 the
 * mask itself, 8x8 pixels to channels, in time nearest-exact. One set of inputs says which job it is:
 *   nothing known            all grey, mask 1                     -> generate
 *   frames known or not      known frames: mask 0; others grey    -> extend, between, first image
 *   pixels known or not      source in both halves by the mask    -> inpaint
 *   source, no mask          all reactive, mask 1                 -> restyle
 */
import type { VideoFamily } from '../pack.ts';
import type { Frames, MaskFrames, PipelineContext } from '../pipeline.ts';
import { emptyFrames } from './frames.ts';
import { emptyLatents, encodeFrames, type Latents } from './latents.ts';

const maskSide = 8;
const maskChannels = maskSide * maskSide;

/** f32[64, T, H/8, W/8], 0..1: channel = 8 dy + dx; the frame of latent i is floor((i + .5) F / T). */
export function packMask(mask: MaskFrames, latentFrames: number): Float32Array {
  const { width, height, frameCount } = mask;
  const h = height / maskSide;
  const w = width / maskSide;
  const out = new Float32Array(maskChannels * latentFrames * h * w);
  for (let t = 0; t < latentFrames; t += 1) {
    const frame = Math.min(frameCount - 1, Math.floor(((t + 0.5) * frameCount) / latentFrames)) * width * height;
    for (let y = 0; y < height; y += 1) {
      for (let x = 0; x < width; x += 1) {
        const channel = (y % maskSide) * maskSide + (x % maskSide);
        const at = ((channel * latentFrames + t) * h + Math.floor(y / maskSide)) * w + Math.floor(x / maskSide);
        out[at] = mask.data[frame + y * width + x]! / 255;
      }
    }
  }
  return out;
}

/** For each frame: true when all of it is to be made, so that its source counts for nothing. */
export function whollyNewFrames(mask: MaskFrames): boolean[] {
  const area = mask.width * mask.height;
  return Array.from({ length: mask.frameCount }, (_, f) => {
    for (let p = f * area; p < (f + 1) * area; p += 1) if (mask.data[p]! < 128) return false;
    return true;
  });
}

export function isNothingToMake(mask: MaskFrames): boolean {
  return mask.data.every((value) => value === 0);
}

/** f32[96, T, h, w] for a window. `known` and `mask` are of the window's length; both null means generate. */
export async function buildControl(
  known: Frames | null,
  mask: MaskFrames | null,
  frameCount: number,
  family: VideoFamily,
  context: PipelineContext,
): Promise<Latents> {
  const count = 1 + (frameCount - 1) / 4;
  const area = family.width * family.height;
  const grey = known ?? { ...emptyFrames(frameCount, family.width, family.height) };
  const nothing = (): boolean => false;
  let inactive: Latents;
  let reactive: Latents;
  if (!known) {
    inactive = await encodeFrames(grey, family, context, nothing);
    reactive = inactive;
  } else if (!mask) {
    inactive = await encodeFrames(grey, family, context, nothing);
    reactive = await encodeFrames(known, family, context);
  } else {
    const whollyNew = whollyNewFrames(mask);
    inactive = await encodeFrames(known, family, context, (f, p) => mask.data[f * area + p]! < 128);
    reactive = await encodeFrames(known, family, context, (f, p) => !whollyNew[f] && mask.data[f * area + p]! >= 128);
  }
  const control = emptyLatents(family, count, family.controlChannels);
  control.data.set(inactive.data, 0);
  control.data.set(reactive.data, inactive.data.length);
  const maskAt = inactive.data.length * 2;
  if (known && mask) control.data.set(packMask(mask, count), maskAt);
  else control.data.fill(1, maskAt);
  return control;
}

/** Reference pictures in front in time: [latent16, zeros16, zeros64] each. */
export function prependReferences(control: Latents, references: readonly Latents[]): Latents {
  if (references.length === 0) return control;
  const area = control.height * control.width;
  const count = control.count + references.length;
  const data = new Float32Array(control.channels * count * area);
  for (let c = 0; c < control.channels; c += 1) {
    const row = c * count * area;
    references.forEach((reference, r) => {
      if (c < reference.channels) data.set(reference.data.subarray(c * area, (c + 1) * area), row + r * area);
    });
    data.set(control.data.subarray(c * control.count * area, (c + 1) * control.count * area), row + references.length * area);
  }
  return { ...control, data, count };
}
