/** Relative work of a request; the engine converts it to seconds from earlier jobs on this machine. */
import type { VideoFamily } from '../pack.ts';
import { flowSigmas } from './scheduler.ts';
import { latentCount, planWindows, roundUpFrames } from './windows.ts';

/** The properties of a request that determine its work. */
export interface VideoRequestShape {
  readonly frameCount: number;
  readonly steps?: number;
  readonly guidance?: number;
  readonly hasKnown?: boolean;
  readonly referenceCount?: number;
  readonly upscale?: boolean;
}

/** Relative work of a request. */
export interface VideoEstimate {
  /** Floating-point operations in 1e9, estimated from the graphs' sizes; only ratios matter. */
  readonly gigaFlop: number;
  readonly windowCount: number;
  /** Total number of transformer runs. */
  readonly runCount: number;
}

/** GFLOP per latent frame at 256x144, measured on the starter's graphs; other sizes scale with the area. */
const costPerLatent = { transformer: 0.9, encode: 0.1, decode: 7.4 };
/** GFLOP per frame. */
const costOfUpscaling = 4.1;

/** Estimates the work of a request without running it. */
export function estimateVideo(request: VideoRequestShape, family: VideoFamily): VideoEstimate {
  const longest = latentCount(family.maxFrames);
  const latents = latentCount(roundUpFrames(Math.max(1, request.frameCount)));
  const windows = planWindows(latents, longest);
  const steps = request.steps ?? family.scheduler.defaultSteps;
  const plain = (request.guidance ?? family.scheduler.defaultGuidance) === 1;
  const guided = plain
    ? 0
    : flowSigmas(steps, family.scheduler.shift)
        .slice(0, steps)
        .filter((sigma) => sigma >= (family.scheduler.guidanceMinSigma ?? 0)).length;
  const runs = steps + guided;
  const scale = (family.width * family.height) / (256 * 144);
  const references = request.referenceCount ?? 0;
  // Where windows overlap, a latent is denoised more than once but encoded and decoded once. Known and grey halves are
  // encoded separately, the grey one for a single window.
  const denoised = windows.reduce((sum, { count }) => sum + count + references, 0);
  const encoded = request.hasKnown ? 2 * latents : Math.min(latents, longest);
  let gigaFlop =
    denoised * costPerLatent.transformer * runs + latents * costPerLatent.decode + encoded * costPerLatent.encode;
  if (request.upscale) gigaFlop += Math.max(1, request.frameCount) * costOfUpscaling;
  return { gigaFlop: gigaFlop * scale, windowCount: windows.length, runCount: windows.length * runs };
}

/** Share of upscaling in a request's work, 0..1, for the progress bar. */
export function upscaleShare(request: VideoRequestShape, family: VideoFamily): number {
  const whole = estimateVideo({ ...request, upscale: true }, family).gigaFlop;
  return 1 - estimateVideo({ ...request, upscale: false }, family).gigaFlop / whole;
}
