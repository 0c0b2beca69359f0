/**
 * Encodes frames to latents and decodes them through the streaming graphs. Latents here are normalised (zero mean and
 * unit deviation per channel), those at the graphs are raw. Layout [16, T, h, w], the transformer's without its batch.
 */
import type { VideoFamily } from '../pack.ts';
import type { Frames, GraphSession, PipelineContext, Tensor } from '../pipeline.ts';
import { emptyFrames, framesToTensor, tensorToFrames } from './frames.ts';
import { latentCount, roundUpFrames, type Window } from './windows.ts';

/** A sequence of latents. */
export interface Latents {
  /** f32[channels, count, height, width]. */
  readonly data: Float32Array;
  readonly channels: number;
  readonly count: number;
  readonly height: number;
  readonly width: number;
}

/** `count` latents of zeros at the pack's size. */
export function emptyLatents(family: VideoFamily, count: number, channels: number = family.latent.channels): Latents {
  const height = family.height / family.latent.spatialFactor;
  const width = family.width / family.latent.spatialFactor;
  return { data: new Float32Array(channels * count * height * width), channels, count, height, width };
}

/** Caches for the next step, by name: a step's `cache_out_3` becomes `cache_3`; an init graph returns `cache_3`. */
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

/** A tensor by name; throws if the graph did not return it. */
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

/** One of the latents, denormalised, f32[1,16,h,w]. */
function rawLatent(latents: Latents, index: number, family: VideoFamily): Tensor {
  const area = latents.height * latents.width;
  const data = new Float32Array(latents.channels * area);
  for (let c = 0; c < latents.channels; c += 1) {
    const from = (c * latents.count + index) * area;
    for (let p = 0; p < area; p += 1)
      data[c * area + p] = latents.data[from + p]! * family.latent.std[c]! + family.latent.mean[c]!;
  }
  return { type: 'float32', data, dims: [1, latents.channels, latents.height, latents.width] };
}

/**
 * Encodes any number of frames; the last repeats up to 4k+1. `keep` is that of framesToTensor; `onLatent` gets the
 * number of latents done.
 */
export function encodeFrames(
  frames: Frames,
  family: VideoFamily,
  context: PipelineContext,
  keep?: (frame: number, pixel: number) => boolean,
  onLatent?: () => void,
): Promise<Latents> {
  return encodeStream(
    latentCount(roundUpFrames(frames.frameCount)),
    (first, count) => framesToTensor(frames, first, count, keep),
    family,
    context,
    onLatent,
  );
}

/** Encodes `count` latents of unknown (grey) frames. */
export function encodeGrey(count: number, family: VideoFamily, context: PipelineContext): Promise<Latents> {
  const { width, height } = family;
  return encodeStream(
    count,
    (_, frames) => ({
      type: 'float32',
      data: new Float32Array(frames * 3 * width * height),
      dims: [1, frames * 3, height, width],
    }),
    family,
    context,
  );
}

async function encodeStream(
  count: number,
  read: (first: number, frames: number) => Tensor,
  family: VideoFamily,
  context: PipelineContext,
  onLatent?: () => void,
): Promise<Latents> {
  const latents = emptyLatents(family, count);
  const init = await context.pack.session(family.graphs.encoderInit);
  let outputs = await init.run({ frame: read(0, 1) });
  storeLatent(latents, 0, required(outputs, 'latent').data as Float32Array, family);
  onLatent?.();
  if (count === 1) return latents;
  const step = await context.pack.session(family.graphs.encoderStep);
  for (let i = 1; i < count; i += 1) {
    context.checkCancelled();
    outputs = await step.run(feed(step, { frames: read(4 * i - 3, 4), ...nextCaches(outputs) }));
    storeLatent(latents, i, required(outputs, 'latent').data as Float32Array, family);
    onLatent?.();
  }
  return latents;
}

/**
 * Decodes the latents of a window in one stream and passes on each chunk with the index of its first frame. A stream
 * that begins inside the sequence gives one frame for its first latent, the last of that latent's four.
 */
export async function decodeLatents(
  latents: Latents,
  { start, count }: Window,
  family: VideoFamily,
  context: PipelineContext,
  onFrames: (first: number, frames: Frames) => void,
): Promise<void> {
  const hand = (first: number, tensor: Tensor, frameCount: number): void => {
    const frames = emptyFrames(frameCount, family.width, family.height);
    tensorToFrames(tensor, frameCount, frames, 0);
    onFrames(first, frames);
  };
  const init = await context.pack.session(family.graphs.decoderInit);
  context.checkCancelled();
  let outputs = await init.run({ latent: rawLatent(latents, start, family) });
  hand(4 * start, required(outputs, 'frame'), 1);
  if (count === 1) return;
  const step = await context.pack.session(family.graphs.decoderStep);
  for (let i = start + 1; i < start + count; i += 1) {
    context.checkCancelled();
    outputs = await step.run(feed(step, { latent: rawLatent(latents, i, family), ...nextCaches(outputs) }));
    hand(4 * i - 3, required(outputs, 'frames'), 4);
  }
}

/** Decodes one latent to a picture: a cheap preview of a running job. */
export async function previewLatent(
  latents: Latents,
  index: number,
  family: VideoFamily,
  context: PipelineContext,
): Promise<Frames> {
  const frames = emptyFrames(1, family.width, family.height);
  const init = await context.pack.session(family.graphs.decoderInit);
  const outputs = await init.run({ latent: rawLatent(latents, index, family) });
  tensorToFrames(required(outputs, 'frame'), 1, frames, 0);
  return frames;
}

/** Latents [from, from + count) in time; past the end the last repeats. */
export function sliceLatents(latents: Latents, from: number, count: number): Latents {
  const area = latents.height * latents.width;
  const data = new Float32Array(latents.channels * count * area);
  const there = Math.max(0, Math.min(count, latents.count - from));
  for (let c = 0; c < latents.channels; c += 1) {
    const row = c * latents.count * area;
    data.set(latents.data.subarray(row + from * area, row + (from + there) * area), c * count * area);
    for (let t = there; t < count; t += 1)
      data.set(
        latents.data.subarray(row + (latents.count - 1) * area, row + latents.count * area),
        (c * count + t) * area,
      );
  }
  return { ...latents, data, count };
}
