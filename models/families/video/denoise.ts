/** The sampling loop of one window: noise to normalised latents. */
import type { VideoFamily } from '../pack.ts';
import type { GraphSession, PipelineContext, Tensor } from '../pipeline.ts';
import { required, sliceLatents, type Latents } from './latents.ts';
import { latentNoise } from './noise.ts';
import { applyGuidance, estimateData, eulerStep, flowSigmas } from './scheduler.ts';

export interface DenoiseJob {
  /** f32[96, R+T, h, w], references in front. */
  readonly control: Latents;
  readonly referenceCount: number;
  /** f32[1, L, D] each; `unconditional` is null when guidance is 1. */
  readonly conditional: Tensor;
  readonly unconditional: Tensor | null;
  /** f32[1, channels, T, h, w] for packs with a cast. */
  readonly figures: Tensor | null;
  readonly guidance: number;
  readonly controlScale: number;
  readonly steps: number;
  readonly seed: number;
  /** Which window of the request: each draws noise of its own, but for what they share (`latentNoise`). */
  readonly windowIndex: number;
  /** After each step (1-based), with what the model believes the result to be, references dropped. */
  onStep(step: number, guess: () => Latents): Promise<void>;
}

function scalar(value: number): Tensor {
  return { type: 'float32', data: Float32Array.of(value), dims: [1] };
}

async function runTransformer(session: GraphSession, x: Tensor, sigma: number, text: Tensor, control: Tensor, scale: Tensor, figures: Tensor | null): Promise<Float32Array> {
  const timestep = scalar(sigma * 1000);
  const feeds: Record<string, Tensor> = {
    hidden_states: x,
    timestep,
    timestep_r: timestep,
    guidance: scalar(1),
    encoder_hidden_states: text,
    control_hidden_states: control,
    control_hidden_states_scale: scale,
    ...(figures && { figures }),
  };
  // Packs without few-step inputs simply lack the names.
  const wanted = Object.fromEntries(session.inputNames.map((name) => [name, required(feeds, name)]));
  return required(await session.run(wanted), 'velocity').data as Float32Array;
}

export async function denoiseWindow(job: DenoiseJob, family: VideoFamily, context: PipelineContext): Promise<Latents> {
  const { channels } = family.latent;
  const { count, height, width } = job.control;
  const session = await context.pack.session(family.graphs.transformer);
  const data = latentNoise({ channels, count, area: height * width }, job.seed, job.windowIndex, family.scheduler.sharedNoise ?? 0);
  const dims = [1, channels, count, height, width];
  const control: Tensor = { type: 'float32', data: job.control.data, dims: [1, family.controlChannels, count, height, width] };
  const scale: Tensor = { type: 'float32', data: new Float32Array(family.controlScales).fill(job.controlScale), dims: [family.controlScales] };
  const sigmas = flowSigmas(job.steps, family.scheduler.shift);
  const finished = count - job.referenceCount;
  for (let i = 0; i < job.steps; i += 1) {
    context.checkCancelled();
    const sigma = sigmas[i]!;
    const x: Tensor = { type: 'float32', data, dims };
    const velocity = await runTransformer(session, x, sigma, job.conditional, control, scale, job.figures);
    if (job.unconditional && sigma >= (family.scheduler.guidanceMinSigma ?? 0)) {
      context.checkCancelled();
      const other = await runTransformer(session, x, sigma, job.unconditional, control, scale, job.figures);
      applyGuidance(velocity, other, job.guidance);
    }
    const guess = (): Latents => sliceLatents({ data: estimateData(data, velocity, sigma), channels, count, height, width }, job.referenceCount, finished);
    // The guess is of this step's input: it must be taken before the step moves it.
    await job.onStep(i + 1, guess);
    eulerStep(data, velocity, sigma, sigmas[i + 1]!);
  }
  return sliceLatents({ data, channels, count, height, width }, job.referenceCount, finished);
}
