/**
 * The 96-channel control of Wan-VACE: 16 inactive (source where the mask is 0), 16 reactive (source where it is 1), 64
 * for the mask, with 8x8 pixels in channels and frames sampled nearest-exact in time. The inputs alone distinguish the
 * jobs:
 *   nothing known            all grey, mask 1                     -> generate
 *   whole frames known       known frames: mask 0; others grey    -> extend, between, first image
 *   part of frames known     source in both halves, by the mask   -> inpaint
 *   source, no mask          all reactive, mask 1                 -> restyle
 */
import type { VideoFamily } from '../pack.ts';
import type { Frames, MaskFrames, PipelineContext } from '../pipeline.ts';
import { frameKinds, sliceMask } from './frames.ts';
import { emptyLatents, encodeFrames, encodeGrey, sliceLatents, type Latents } from './latents.ts';
import { latentCount, type Window } from './windows.ts';

const maskSide = 8;
const maskChannels = maskSide * maskSide;

/** The mask in channels, f32[64, T, H/8, W/8], 0..1: channel 8 dy + dx; latent i takes frame floor((i + .5) F / T). */
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

/** For each frame, whether all of it is generated, so that its source has no effect. */
export function whollyNewFrames(mask: MaskFrames): boolean[] {
  return frameKinds(mask).map((kind) => kind === 'new');
}

/** Whether every pixel of `count` frames from `first` is known; past the end the last frame is repeated. */
export function isNothingToMake(
  mask: MaskFrames,
  { first, count }: { readonly first: number; readonly count: number },
): boolean {
  const area = mask.width * mask.height;
  const from = Math.min(first, mask.frameCount - 1);
  return mask.data.subarray(from * area, (first + count) * area).every((value) => value === 0);
}

/** The encoded source of a request, from which the controls of its windows are cut: 32 channels per latent, not 96. */
export interface ControlSource {
  /** If shorter than the request, the last latent (grey) repeats. */
  readonly inactive: Latents;
  readonly reactive: Latents;
  /** null generates everything. */
  readonly mask: MaskFrames | null;
}

/**
 * Encodes the known frames of `count` latents in one stream. `known` and `mask` may have any length; their last frame
 * is repeated past the end. Both null means generate. Grey is encoded for one window only: by then its stream has
 * settled.
 */
export async function encodeControl(
  known: Frames | null,
  mask: MaskFrames | null,
  count: number,
  family: VideoFamily,
  context: PipelineContext,
  onLatent?: () => void,
): Promise<ControlSource> {
  const grey = (): Promise<Latents> => encodeGrey(Math.min(count, latentCount(family.maxFrames)), family, context);
  if (!known) {
    const nothing = await grey();
    return { inactive: nothing, reactive: nothing, mask: null };
  }
  if (!mask)
    return {
      inactive: await grey(),
      reactive: await encodeFrames(known, family, context, undefined, onLatent),
      mask: null,
    };
  const area = family.width * family.height;
  const whollyNew = whollyNewFrames(mask);
  const inactive = await encodeFrames(known, family, context, (f, p) => mask.data[f * area + p]! < 128, onLatent);
  const reactive = await encodeFrames(
    known,
    family,
    context,
    (f, p) => !whollyNew[f] && mask.data[f * area + p]! >= 128,
    onLatent,
  );
  return { inactive, reactive, mask };
}

/**
 * A window's control, f32[96, count, h, w]. Its mask is packed as in training, over the frames of a clip that begins
 * with the window.
 */
export function controlOf(
  { inactive, reactive, mask }: ControlSource,
  { start, count }: Window,
  family: VideoFamily,
): Latents {
  const control = emptyLatents(family, count, family.controlChannels);
  const kept = sliceLatents(inactive, start, count);
  control.data.set(kept.data, 0);
  control.data.set((reactive === inactive ? kept : sliceLatents(reactive, start, count)).data, kept.data.length);
  const maskAt = kept.data.length * 2;
  if (mask) control.data.set(packMask(sliceMask(mask, 4 * start, 4 * (count - 1) + 1), count), maskAt);
  else control.data.fill(1, maskAt);
  return control;
}

/** Known cells, u8[count, h, w]: 1 where a cell and its neighbours are known in every frame of the latent. */
export function knownCells({ mask }: ControlSource, count: number, family: VideoFamily): Uint8Array | null {
  if (!mask) return null;
  const [h, w] = [family.height / maskSide, family.width / maskSide];
  const masked = new Uint8Array(count * h * w);
  for (let t = 0; t < count; t += 1) {
    for (let frame = Math.max(0, 4 * t - 3); frame <= 4 * t; frame += 1) {
      const from = Math.min(frame, mask.frameCount - 1) * mask.width * mask.height;
      for (let p = 0; p < mask.width * mask.height; p += 1) {
        if (mask.data[from + p]! > 0)
          masked[(t * h + Math.floor(p / mask.width / maskSide)) * w + Math.floor((p % mask.width) / maskSide)] = 1;
      }
    }
  }
  // The encoder sees beyond its cell: next to the mask it sees the mask's grey.
  const near = (t: number, y: number, x: number): boolean => {
    for (let row = Math.max(0, y - 1); row <= Math.min(h - 1, y + 1); row += 1)
      for (let column = Math.max(0, x - 1); column <= Math.min(w - 1, x + 1); column += 1)
        if (masked[(t * h + row) * w + column]) return true;
    return false;
  };
  return masked.map((_, i) => (near(Math.floor(i / (h * w)), Math.floor(i / w) % h, i % w) ? 0 : 1));
}

/**
 * For requests whose frames are each wholly known or wholly new: the best guess for each new latent, the nearest known
 * one or a blend of two, f32[16, count, h, w], and the distance to the nearest in latents. null for other requests.
 */
export function leadOf(
  { inactive, mask }: ControlSource,
  count: number,
): { readonly latents: Latents; readonly distance: Float32Array } | null {
  if (!mask) return null;
  const area = inactive.height * inactive.width;
  const pixels = mask.width * mask.height;
  const news = whollyNewFrames(mask);
  if (news.some((isNew, f) => !isNew && mask.data.subarray(f * pixels, (f + 1) * pixels).some((value) => value > 0)))
    return null;
  const anchors = Array.from({ length: count }, (_, t) => t).filter(
    (t) => !news.slice(Math.max(0, 4 * t - 3), 4 * t + 1).includes(true) && 4 * t - 3 < news.length,
  );
  if (anchors.length === 0 || anchors.length === count) return null;
  const latents: Latents = { ...inactive, count, data: new Float32Array(inactive.channels * count * area) };
  const distance = new Float32Array(count);
  for (let t = 0; t < count; t += 1) {
    const before = anchors.findLast((anchor) => anchor <= t) ?? anchors[0]!;
    const after = anchors.find((anchor) => anchor >= t) ?? anchors.at(-1)!;
    const share = after === before ? 0 : (t - before) / (after - before);
    distance[t] = Math.min(Math.abs(t - before), Math.abs(t - after));
    for (let c = 0; c < inactive.channels; c += 1) {
      for (let p = 0; p < area; p += 1) {
        const at = (latent: number): number => inactive.data[(c * inactive.count + latent) * area + p]!;
        latents.data[(c * count + t) * area + p] = (1 - share) * at(before) + share * at(after);
      }
    }
  }
  return { latents, distance };
}

/** Prepends reference pictures in time, each as [latent16, zeros16, zeros64]. */
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
    data.set(
      control.data.subarray(c * control.count * area, (c + 1) * control.count * area),
      row + references.length * area,
    );
  }
  return { ...control, data, count };
}
