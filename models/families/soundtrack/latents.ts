/** Ambience and foley: latents by flow matching over overlapping windows, then sound from them in chunks. */
import type { SoundtrackFamily } from '../pack.ts';
import type { GraphSession, PipelineContext, Tensor } from '../pipeline.ts';
import { featureChannels } from './features.ts';
import { SpectralSynth } from './istft.ts';
import { Random } from './random.ts';
import { analyse } from './spectrum.ts';
import { planWindows, sigmas, windowWeights, type Window } from './windows.ts';

/** Stems that the flow model generates. */
export type SoundKind = 'ambience' | 'foley';

/** Seed of a stem's voice; each voice has its own. */
export const voiceSeed = (seed: number, voice: number): number => (seed + 7919 * voice) >>> 0;

/** Noise seed and stereo width, 0..1, for decoding a stem. */
export function decodeOptionsOf(kind: SoundKind, seed: number): { seed: number; width: number } {
  return { seed: seed * 2 + (kind === 'ambience' ? 0 : 1), width: kind === 'ambience' ? 0.35 : 0.08 };
}

/** Input for sampling latents. */
export interface LatentOrder {
  /** 0 ambience, 1 foley. */
  readonly stem: 0 | 1;
  readonly frameCount: number;
  readonly seed: number;
  readonly steps: number;
  readonly guidance: number;
  /** f32 [L, D] of the prompt. */
  readonly text: Tensor;
  /** f32 [8, frameCount] */
  readonly features: Float32Array;
  /** Latents to keep, normalised, f32[C, frameCount], and where they are known (1), f32[frameCount]. */
  readonly known?: { readonly latents: Float32Array; readonly mask: Float32Array };
}

/** Latent frames that neighbouring windows share. */
export const overlapFrames = 40;
/** Known latent frames on either side of a regenerated part, if there are that many. */
export const contextFrames = 48;

function floats(tensor: Tensor | undefined, name: string): Float32Array {
  if (tensor?.type !== 'float32') throw new Error(`the graph gave no ${name}`);
  return tensor.data;
}

const scalar = (value: number): Tensor => ({ type: 'float32', data: Float32Array.of(value), dims: [1] });

/** A window of frames from planes [rows, total]. */
function slice(planes: Float32Array, rows: number, total: number, { start, length }: Window): Float32Array {
  const out = new Float32Array(rows * length);
  for (let row = 0; row < rows; row++)
    out.set(planes.subarray(row * total + start, row * total + start + length), row * length);
  return out;
}

/**
 * Samples normalised latents, f32[C, frameCount]. All windows take each step together, and their velocities are
 * averaged where they overlap (MultiDiffusion, Bar-Tal 2023; triangle weights as in Movie Gen), so no window has an
 * audible start or end. Steps are second-order Adams-Bashforth, one run each. Calls `onStep` after each step.
 */
export async function generateLatents(
  session: GraphSession,
  family: SoundtrackFamily,
  order: LatentOrder,
  context: Pick<PipelineContext, 'checkCancelled'>,
  onStep: (step: number, stepCount: number) => void,
): Promise<Float32Array> {
  const channels = family.latentChannels;
  const total = order.frameCount;
  const windows = planWindows(total, family.maxLatentFrames, Math.min(overlapFrames, family.maxLatentFrames >> 1));
  const weights = windowWeights(windows, total);
  const times = sigmas(order.steps, family.scheduler.shift);
  const empty: Tensor = { type: 'float32', data: new Float32Array(order.text.data.length), dims: order.text.dims };
  const x = new Random(order.seed, 1000 * (order.stem + 1)).normals(channels * total);
  const features = windows.map((window) => slice(order.features, featureChannels, total, window));
  const noise = order.known ? x.slice() : x;
  const contexts = windows.map((window) => contextOf(order.known, channels, total, window));
  const velocityOf = async (number: number, sigma: number): Promise<Float32Array> => {
    const window = windows[number]!;
    const n = window.length;
    const feeds = {
      hidden_states: { type: 'float32', data: slice(x, channels, total, window), dims: [1, channels, n] },
      timestep: scalar(sigma * 1000),
      timestep_r: scalar(sigma * 1000),
      guidance: scalar(1),
      video_features: { type: 'float32', data: features[number]!, dims: [1, featureChannels, n] },
      context_hidden_states: { type: 'float32', data: contexts[number]!, dims: [1, channels + 1, n] },
      stem: { type: 'int64', data: BigInt64Array.of(BigInt(order.stem)), dims: [1] },
    } satisfies Record<string, Tensor>;
    const asked = floats((await session.run({ ...feeds, encoder_hidden_states: order.text }))['velocity'], 'velocity');
    if (order.guidance === 1) return asked;
    const plain = floats((await session.run({ ...feeds, encoder_hidden_states: empty }))['velocity'], 'velocity');
    return asked.map((value, i) => plain[i]! + order.guidance * (value - plain[i]!));
  };
  let velocity = new Float32Array(channels * total);
  for (let step = 0; step < order.steps; step++) {
    const before = velocity;
    velocity = new Float32Array(channels * total);
    for (const [number, { start, length }] of windows.entries()) {
      context.checkCancelled();
      const made = await velocityOf(number, times[step]!);
      for (let c = 0; c < channels; c++)
        for (let t = 0; t < length; t++)
          velocity[c * total + start + t] =
            velocity[c * total + start + t]! + weights[number]![t]! * made[c * length + t]!;
    }
    const delta = times[step + 1]! - times[step]!;
    const bend = step === 0 ? 0 : delta / (2 * (times[step]! - times[step - 1]!));
    for (let i = 0; i < x.length; i++) x[i] = x[i]! + delta * (velocity[i]! + bend * (velocity[i]! - before[i]!));
    if (order.known) holdKnown(x, noise, order.known, times[step + 1]!, channels);
    onStep(step + 1, order.steps);
  }
  return x;
}

/** The graph's context input: known latents and their mask, f32[C + 1, n]; zeros where nothing is known. */
function contextOf(known: LatentOrder['known'], channels: number, total: number, window: Window): Float32Array {
  const out = new Float32Array((channels + 1) * window.length);
  if (!known) return out;
  const mask = known.mask.subarray(window.start, window.start + window.length);
  out.set(slice(known.latents, channels, total, window));
  for (let c = 0; c < channels; c++)
    for (let i = 0; i < window.length; i++) out[c * window.length + i] = out[c * window.length + i]! * mask[i]!;
  out.set(mask, channels * window.length);
  return out;
}

/** Puts known frames back on the straight line from noise to their value, whatever the model predicted. */
function holdKnown(
  x: Float32Array,
  noise: Float32Array,
  known: NonNullable<LatentOrder['known']>,
  sigma: number,
  channels: number,
): void {
  const total = known.mask.length;
  for (let i = 0; i < channels * total; i++)
    if (known.mask[i % total] === 1) x[i] = (1 - sigma) * known.latents[i]! + sigma * noise[i]!;
}

/** Encodes `count` latent frames from `first` of a mono sound that begins at `origin`; normalised f32[C, count]. */
export async function encodeLatents(
  session: GraphSession,
  family: SoundtrackFamily,
  sound: Float32Array,
  origin: number,
  first: number,
  count: number,
): Promise<Float32Array> {
  const channels = family.latentChannels;
  const perLatent = Math.round(family.sampleRateHz / family.latentRateHz / family.stft.hopSize);
  const frames = Math.ceil(sound.length / (perLatent * family.stft.hopSize));
  const spectrum = analyse(sound, frames * perLatent, family.stft);
  const out = floats(
    (
      await session.run({
        spectrum: { type: 'float32', data: spectrum, dims: [1, 2, family.stft.fftSize / 2 + 1, frames * perLatent] },
      })
    )['latent'],
    'latent',
  );
  const made = out.length / channels;
  const latents = new Float32Array(channels * count);
  for (let c = 0; c < channels; c++) {
    for (let i = 0; i < count; i++)
      latents[c * count + i] = (out[c * made + first - origin + i]! - family.latentMean[c]!) / family.latentStd[c]!;
  }
  return latents;
}

/** Latent frames decoded at once. With a margin on either side, chunks give exactly what the whole would. */
const chunkFrames = 96;
/** Latent frames of context that encoder and decoder need on either side. */
export const marginFrames = 12;

/** Decodes latents to 48 kHz stereo and passes it on in order, block by block, sampleCount samples in all. */
export async function decodeLatents(
  session: GraphSession,
  family: SoundtrackFamily,
  latents: Float32Array,
  frameCount: number,
  sampleCount: number,
  options: { seed: number; width: number },
  context: Pick<PipelineContext, 'checkCancelled'>,
  onBlock: (at: number, left: Float32Array, right: Float32Array) => void,
): Promise<void> {
  const channels = family.latentChannels;
  const shape = family.stft;
  const bins = shape.fftSize / 2 + 1;
  const perLatent = Math.round(family.sampleRateHz / family.latentRateHz / shape.hopSize);
  const synth = new SpectralSynth(shape, options);
  let given = 0;
  for (let start = 0; start < frameCount; start += chunkFrames) {
    context.checkCancelled();
    const from = Math.max(0, start - marginFrames);
    const to = Math.min(frameCount, start + chunkFrames + marginFrames);
    const n = to - from;
    const raw = new Float32Array(channels * n);
    for (let c = 0; c < channels; c++) {
      for (let i = 0; i < n; i++)
        raw[c * n + i] = latents[c * frameCount + from + i]! * family.latentStd[c]! + family.latentMean[c]!;
    }
    const out = await session.run({ latent: { type: 'float32', data: raw, dims: [1, channels, n] } });
    const level = floats(out['log_magnitude'], 'log_magnitude');
    const tone = floats(out['tonality'], 'tonality');
    const stride = n * perLatent;
    if (level.length !== bins * stride)
      throw new Error(`the decoder gave ${level.length} values for ${bins} bins and ${stride} frames`);
    const last = Math.min(frameCount, start + chunkFrames);
    const ends = last === frameCount;
    const finished = ends
      ? sampleCount
      : Math.min(sampleCount, synth.position + (last - start) * perLatent * shape.hopSize);
    const left = new Float32Array(finished - given);
    const right = new Float32Array(finished - given);
    for (let k = (start - from) * perLatent; k < (last - from) * perLatent; k++)
      synth.push(level, tone, k, stride, left, right, given);
    if (ends) synth.flush(left, right, given);
    onBlock(given, left, right);
    given = finished;
  }
}
