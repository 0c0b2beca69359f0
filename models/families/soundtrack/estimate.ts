/** Estimates what a soundtrack costs before it runs. */
import type { SoundtrackFamily } from '../pack.ts';
import type { SoundtrackRequest } from './contract.ts';
import { contextFrames, overlapFrames } from './latents.ts';
import { planWindows } from './windows.ts';

/** GFLOP of the starter's graphs: per latent frame for a transformer run and for decoding, and per music token. */
const transformerGflopPerFrame = 0.0066;
const decoderGflopPerFrame = 0.0075;
const musicGflopPerToken = 0.0027;
const musicTokensPerSecond = 24;

/** Stems and picture pass in blocks of fixed size; only latents, notes and the picture's curves grow with length. */
const blocksBytes = 64e6;
const curvesBytesPerSecond = 20e3;

/** Arithmetic and memory of a run. */
export interface SoundtrackEstimate {
  readonly gflop: number;
  readonly transformerRuns: number;
  /** Peak memory of the pipeline itself, without its graphs. */
  readonly memoryBytes: number;
}

/** Estimates a request. `partSeconds` is the length to regenerate; null means all of it. */
export function estimateSoundtrack(
  request: SoundtrackRequest,
  family: SoundtrackFamily,
  partSeconds: number | null = null,
): SoundtrackEstimate {
  const whole = Math.max(1, Math.ceil(request.durationSeconds * family.latentRateHz));
  // a part is sampled twice, each time with its context: freely, to measure how loud the model is there, and with its
  // surroundings known
  const frames =
    partSeconds === null
      ? whole
      : Math.min(
          whole,
          Math.max(family.maxLatentFrames, Math.ceil(partSeconds * family.latentRateHz) + 2 * contextFrames),
        );
  const passes = partSeconds === null ? 1 : 2;
  const stems = request.stems.filter((stem) => stem !== 'music').length;
  const windows = planWindows(frames, family.maxLatentFrames, Math.min(overlapFrames, family.maxLatentFrames >> 1));
  const runsPerStep = (request.guidance ?? family.scheduler.defaultGuidance) === 1 ? 1 : 2;
  const steps = request.steps ?? family.scheduler.defaultSteps;
  const windowFrames = windows.reduce((sum, window) => sum + window.length, 0);
  // the whole piece is composed again to know the bars around the part
  const music = request.stems.includes('music')
    ? request.durationSeconds * musicTokensPerSecond * musicGflopPerToken
    : 0;
  return {
    gflop:
      passes * stems * (windowFrames * steps * runsPerStep * transformerGflopPerFrame + frames * decoderGflopPerFrame) +
      music,
    transformerRuns: passes * stems * windows.length * steps * runsPerStep,
    memoryBytes: Math.round(blocksBytes + curvesBytesPerSecond * request.durationSeconds),
  };
}
