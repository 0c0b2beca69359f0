/** Ambience and foley: latents by flow matching in windows, then sound from them in chunks. */
import type { SoundtrackFamily } from '../pack.ts';
import type { GraphSession, PipelineContext, Sound, Tensor } from '../pipeline.ts';
import { featureChannels } from './features.ts';
import { SpectralSynth } from './istft.ts';
import { Random } from './random.ts';
import { planWindows, sigmas } from './windows.ts';

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
}

/** Latent frames that neighbouring windows share: what the next one is told of the last. */
export const overlapFrames = 32;
/** Of these, ambience makes the last few anew and blends them with what was there: a bed that drifts has no step then. */
const blendFrames = [12, 0] as const;

function floats(tensor: Tensor | undefined, name: string): Float32Array {
  if (tensor?.type !== 'float32') throw new Error(`the graph gave no ${name}`);
  return tensor.data;
}

const scalar = (value: number): Tensor => ({ type: 'float32', data: Float32Array.of(value), dims: [1] });

/** Normalised latents, f32 [C, frameCount]. `onStep` hears each finished step of all. */
export async function generateLatents(session: GraphSession, family: SoundtrackFamily, order: LatentOrder, context: Pick<PipelineContext, 'checkCancelled'>, onStep: (step: number, stepCount: number) => void): Promise<Float32Array> {
  const channels = family.latentChannels;
  const total = order.frameCount;
  const made = new Float32Array(channels * total);
  const windows = planWindows(total, family.maxLatentFrames, Math.min(overlapFrames, family.maxLatentFrames >> 1));
  const times = sigmas(order.steps, family.scheduler.shift);
  const empty: Tensor = { type: 'float32', data: new Float32Array(order.text.data.length), dims: order.text.dims };
  let finished = 0;
  for (const [number, window] of windows.entries()) {
    const n = window.length;
    const told = Math.max(0, window.known - blendFrames[order.stem]);
    const random = new Random(order.seed, 1000 * (order.stem + 1) + number);
    const noise = random.normals(channels * n);
    const x = noise.slice();
    const known = new Float32Array((channels + 1) * n);
    const features = new Float32Array(featureChannels * n);
    for (let row = 0; row < featureChannels; row++) features.set(order.features.subarray(row * total + window.start, row * total + window.start + n), row * n);
    for (let i = 0; i < told; i++) {
      for (let c = 0; c < channels; c++) known[c * n + i] = made[c * total + window.start + i]!;
      known[channels * n + i] = 1;
    }
    const holdKnown = (sigma: number): void => {
      for (let c = 0; c < channels; c++) for (let i = 0; i < told; i++) x[c * n + i] = (1 - sigma) * known[c * n + i]! + sigma * noise[c * n + i]!;
    };
    const run = async (sigma: number, text: Tensor, guidance: number): Promise<Float32Array> => {
      const out = await session.run({
        hidden_states: { type: 'float32', data: x, dims: [1, channels, n] },
        timestep: scalar(sigma * 1000),
        timestep_r: scalar(sigma * 1000),
        guidance: scalar(guidance),
        encoder_hidden_states: text,
        video_features: { type: 'float32', data: features, dims: [1, featureChannels, n] },
        context_hidden_states: { type: 'float32', data: known, dims: [1, channels + 1, n] },
        stem: { type: 'int64', data: BigInt64Array.of(BigInt(order.stem)), dims: [1] },
      });
      return floats(out['velocity'], 'velocity');
    };
    for (let step = 0; step < order.steps; step++) {
      context.checkCancelled();
      const sigma = times[step]!;
      const asked = await run(sigma, order.text, 1);
      const plain = order.guidance === 1 ? asked : await run(sigma, empty, 1);
      const delta = times[step + 1]! - sigma;
      for (let i = 0; i < x.length; i++) x[i] = x[i]! + delta * (plain[i]! + order.guidance * (asked[i]! - plain[i]!));
      holdKnown(times[step + 1]!);
      finished += 1;
      onStep(finished, windows.length * order.steps);
    }
    for (let c = 0; c < channels; c++) {
      for (let i = told; i < n; i++) {
        const share = i < window.known ? (i - told + 1) / (window.known - told + 1) : 1;
        const at = c * total + window.start + i;
        made[at] = (1 - share) * made[at]! + share * x[c * n + i]!;
      }
    }
  }
  return made;
}

/** Frames decoded at once, and how far the decoder sees to either side: chunks give exactly what the whole would. */
const chunkFrames = 96;
const marginFrames = 12;

/** 48 kHz stereo of exactly sampleCount samples. Memory beyond the result does not grow with length. */
export async function decodeLatents(session: GraphSession, family: SoundtrackFamily, latents: Float32Array, frameCount: number, sampleCount: number, options: { seed: number; width: number }, context: Pick<PipelineContext, 'checkCancelled'>, onChunk: (fraction: number) => void): Promise<Sound> {
  const channels = family.latentChannels;
  const shape = family.stft;
  const bins = shape.fftSize / 2 + 1;
  const perLatent = Math.round(family.sampleRateHz / family.latentRateHz / shape.hopSize);
  const left = new Float32Array(sampleCount);
  const right = new Float32Array(sampleCount);
  const synth = new SpectralSynth(shape, options);
  for (let start = 0; start < frameCount; start += chunkFrames) {
    context.checkCancelled();
    const from = Math.max(0, start - marginFrames);
    const to = Math.min(frameCount, start + chunkFrames + marginFrames);
    const n = to - from;
    const raw = new Float32Array(channels * n);
    for (let c = 0; c < channels; c++) {
      for (let i = 0; i < n; i++) raw[c * n + i] = latents[c * frameCount + from + i]! * family.latentStd[c]! + family.latentMean[c]!;
    }
    const out = await session.run({ latent: { type: 'float32', data: raw, dims: [1, channels, n] } });
    const level = floats(out['log_magnitude'], 'log_magnitude');
    const tone = floats(out['tonality'], 'tonality');
    const stride = n * perLatent;
    if (level.length !== bins * stride) throw new Error(`the decoder gave ${level.length} values for ${bins} bins and ${stride} frames`);
    const last = Math.min(frameCount, start + chunkFrames);
    for (let k = (start - from) * perLatent; k < (last - from) * perLatent; k++) synth.push(level, tone, k, stride, left, right);
    onChunk(last / frameCount);
  }
  synth.flush(left, right);
  return { sampleRateHz: 48000, left, right };
}
