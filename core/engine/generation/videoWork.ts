/** Arithmetic of a video run, from the shapes alone, until the family's own estimate stands. */
import type { VideoRun } from '../inference/protocol.ts';

/** One step of the starter's transformer takes about this for a token (DESIGN: 20M parameters, 2 FLOP each). */
const gflopPerToken = 0.04;
const gflopPerCodedMegapixel = 60;

export function videoWork(run: VideoRun): { gflop: number; memoryBytes: number } {
  const { width, height, latent, scheduler, maxFrames } = run.manifest;
  const latents = 1 + Math.ceil((run.frameCount - 1) / latent.temporalFactor);
  const tokens = (latents * width * height) / (latent.spatialFactor * 2) ** 2;
  const steps = run.steps ?? scheduler.defaultSteps;
  const runsPerStep = scheduler.fewStepInputs || (run.guidance ?? scheduler.defaultGuidance) <= 1 ? 1 : 2;
  const megapixels = (run.frameCount * width * height) / 1e6;
  const coded = megapixels * (run.known ? 2 : 1);
  return { gflop: tokens * steps * runsPerStep * gflopPerToken + coded * gflopPerCodedMegapixel, memoryBytes: Math.round(Math.min(run.frameCount, maxFrames) * width * height * 60) };
}
