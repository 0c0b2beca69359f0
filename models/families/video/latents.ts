/**
 * Frames to latents and back through the streaming graphs. Latents here are normalised (zero mean, unit deviation by
 * channel); at the graphs' faces they are raw. Layout [16, T, h, w], the transformer's without its batch axis.
 */
import type { VideoFamily } from '../pack.ts';
import type { Frames, GraphSession, PipelineContext, Tensor } from '../pipeline.ts';
import { emptyFrames, framesToTensor, tensorToFrames } from './frames.ts';

export interface Latents {
  /** f32[channels, count, height, width]. */
  readonly data: Float32Array;
  readonly channels: number;
  readonly count: number;
  readonly height: number;
  readonly width: number;
}

export function emptyLatents(family: VideoFamily, count: number, channels: number = family.latent.channels): Latents {
  const height = family.height / family.latent.spatialFactor;
  const width = family.width / family.latent.spatialFactor;
  return { data: new Float32Array(channels * count * height * width), channels, count, height, width };
}

/** Caches travel by name: `cache_out_3` of a step is `cache_3` of the next; an init graph already says `cache_3`. */
function nextCaches(outputs: Record<string, Tensor>): Record<string, Tensor> {
  const caches: Record<string, Tensor> = {};
  for (const [name, tensor] of Object.entries(outputs)) {
    if (name.startsWith('cache_')) caches[name.replace('cache_out_', 'cache_')] = tensor;
  }
  return caches;
}

function feed(session: GraphSession, tensors: Record<string, Tensor>): Record<string, Tensor> {
  return Object.fromEntries(session.inputNames.map((name) => [name, required(tensors, name)]));
}

export function required(tensors: Record<string, Tensor>, name: string): Tensor {
  const tensor = tensors[name];
  if (!tensor) throw new Error(`The graph has no tensor named ${name}.`);
  return tensor;
}

function storeLatent(target: Latents, index: number, raw: Float32Array, family: VideoFamily): void {
  const area = target.height * target.width;
  for (let c = 0; c < target.channels; c += 1) {
    const mean = family.latent.mean[c]!;
    const std = family.latent.std[c]!;
    const to = (c * target.count + index) * area;
    for (let p = 0; p < area; p += 1) target.data[to + p] = (raw[c * area + p]! - mean) / std;
  }
}

/** One latent of `latents`, denormalised: f32[1,16,h,w]. */
function rawLatent(latents: Latents, index: number, family: VideoFamily): Tensor {
  const area = latents.height * latents.width;
  const data = new Float32Array(latents.channels * area);
  for (let c = 0; c < latents.channels; c += 1) {
    const from = (c * latents.count + index) * area;
    for (let p = 0; p < area; p += 1) data[c * area + p] = latents.data[from + p]! * family.latent.std[c]! + family.latent.mean[c]!;
  }
  return { type: 'float32', data, dims: [1, latents.channels, latents.height, latents.width] };
}

/** `frames`: 4k+1 of them at the pack's size. `keep` as in framesToTensor. `onLatent` counts the latents done. */
export async function encodeFrames(
  frames: Frames,
  family: VideoFamily,
  context: PipelineContext,
  keep?: (frame: number, pixel: number) => boolean,
  onLatent?: () => void,
): Promise<Latents> {
  const latents = emptyLatents(family, 1 + (frames.frameCount - 1) / 4);
  const init = await context.pack.session(family.graphs.encoderInit);
  let outputs = await init.run({ frame: framesToTensor(frames, 0, 1, keep) });
  storeLatent(latents, 0, required(outputs, 'latent').data as Float32Array, family);
  onLatent?.();
  if (latents.count === 1) return latents;
  const step = await context.pack.session(family.graphs.encoderStep);
  for (let i = 1; i < latents.count; i += 1) {
    context.checkCancelled();
    const tensors = { frames: framesToTensor(frames, 4 * i - 3, 4, keep), ...nextCaches(outputs) };
    outputs = await step.run(feed(step, tensors));
    storeLatent(latents, i, required(outputs, 'latent').data as Float32Array, family);
    onLatent?.();
  }
  return latents;
}

/** All latents to frames, 4 (count - 1) + 1 of them. */
export async function decodeLatents(latents: Latents, family: VideoFamily, context: PipelineContext, onLatent?: () => void): Promise<Frames> {
  const frames = emptyFrames(4 * (latents.count - 1) + 1, family.width, family.height);
  const init = await context.pack.session(family.graphs.decoderInit);
  let outputs = await init.run({ latent: rawLatent(latents, 0, family) });
  tensorToFrames(required(outputs, 'frame'), 1, frames, 0);
  onLatent?.();
  if (latents.count === 1) return frames;
  const step = await context.pack.session(family.graphs.decoderStep);
  for (let i = 1; i < latents.count; i += 1) {
    context.checkCancelled();
    outputs = await step.run(feed(step, { latent: rawLatent(latents, i, family), ...nextCaches(outputs) }));
    tensorToFrames(required(outputs, 'frames'), 4, frames, 4 * i - 3);
    onLatent?.();
  }
  return frames;
}

/** One latent as a picture: a cheap look into a running job. */
export async function previewLatent(latents: Latents, index: number, family: VideoFamily, context: PipelineContext): Promise<Frames> {
  const frames = emptyFrames(1, family.width, family.height);
  const init = await context.pack.session(family.graphs.decoderInit);
  const outputs = await init.run({ latent: rawLatent(latents, index, family) });
  tensorToFrames(required(outputs, 'frame'), 1, frames, 0);
  return frames;
}

/** Latents [from, from + count) in time. */
export function sliceLatents(latents: Latents, from: number, count: number): Latents {
  const area = latents.height * latents.width;
  const data = new Float32Array(latents.channels * count * area);
  for (let c = 0; c < latents.channels; c += 1) {
    const start = (c * latents.count + from) * area;
    data.set(latents.data.subarray(start, start + count * area), c * count * area);
  }
  return { ...latents, data, count };
}
