/**
 * The sampling loop of a request: one sequence from noise to normalised latents, in windows that take each step
 * together (windows.ts).
 */
import type { VideoFamily } from '../pack.ts';
import type { GraphSession, PipelineContext, Tensor } from '../pipeline.ts';
import { required, sliceLatents, type Latents } from './latents.ts';
import { latentNoise } from './noise.ts';
import { applyGuidance, estimateData, eulerStep, flowSigmas } from './scheduler.ts';
import { windowWeights, type Window } from './windows.ts';

/** Input of the sampling loop for one request. */
export interface DenoiseJob {
  /** Latents of the request, references not counted. */
  readonly count: number;
  /** At least one. Latents outside all windows stay noise. */
  readonly windows: readonly Window[];
  /** Reference latents in front of every window. */
  readonly referenceCount: number;
  /** A window's control, f32[96, R+T, h, w], references in front. */
  control(window: Window): Latents;
  /** A window's figures, f32[1, channels, T, h, w], for packs with a cast. */
  figures(window: Window): Promise<Tensor> | null;
  /** Text, f32[1, L, D] each; `unconditional` is null if guidance is 1. */
  conditional(window: Window): Tensor;
  readonly unconditional: Tensor | null;
  /** Cells restored at every step: latents f32[channels, count, h, w] and which cells, u8[count, h, w]. */
  readonly known: { readonly latents: Latents; readonly cells: Uint8Array } | null;
  /**
   * For requests with whole known latents: initial value of each new latent, f32[channels, count, h, w], and its noise
   * level (SDEdit, Meng et al. 2022); from pure noise a small model would invent another place. `hold`, f32[count] in
   * 0..1, is how much of it each latent keeps, so that new content takes over gradually.
   */
  readonly lead: { readonly latents: Latents; readonly sigma: number; readonly hold: Float32Array } | null;
  readonly guidance: number;
  readonly controlScale: number;
  readonly steps: number;
  readonly seed: number;
  /** Called after each window of each step. Both count from 1; `done` counts the windows of the step. */
  onWindow(step: number, done: number): void;
  /** Called after each step; `guess` is the model's current prediction of a latent. */
  onStep(step: number, guess: (latent: number) => Latents): Promise<void>;
}

function scalar(value: number): Tensor {
  return { type: 'float32', data: Float32Array.of(value), dims: [1] };
}

async function runTransformer(
  session: GraphSession,
  x: Tensor,
  sigma: number,
  text: Tensor,
  control: Tensor,
  scale: Tensor,
  figures: Tensor | null,
): Promise<Float32Array> {
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

/** State of the sampling loop. */
interface Denoising {
  readonly job: DenoiseJob;
  readonly family: VideoFamily;
  readonly context: PipelineContext;
  readonly session: GraphSession;
  /** The sequence at the current noise, references in front. */
  readonly x: Latents;
  /** The initial noise, kept if known latents need it. */
  readonly noise: Float32Array | null;
  readonly velocity: Latents;
  readonly shares: readonly Float32Array[];
  readonly controlScale: Tensor;
}

/** Samples the latents of the whole request; references are dropped. */
export async function denoise(job: DenoiseJob, family: VideoFamily, context: PipelineContext): Promise<Latents> {
  const state = await begin(job, family, context);
  const { x, noise, velocity } = state;
  const { known, lead, referenceCount } = job;
  const sigmas = flowSigmas(job.steps, family.scheduler.shift);
  // Known cells as they would be at this noise: the model continues from them instead of making them slightly
  // differently (RePaint, Lugmayr et al. 2022).
  const keepKnown = (sigma: number): void => {
    if (known && noise) pullTo(x, noise, known.latents, referenceCount, sigma, (place) => known.cells[place]!);
  };
  const pullToLead = (sigma: number, shareAt: (place: number) => number): void => {
    if (lead && noise) pullTo(x, noise, lead.latents, referenceCount, sigma, shareAt);
  };
  const firstStep = lead ? firstStepBelow(sigmas, lead.sigma, job.steps) : 0;
  pullToLead(sigmas[firstStep]!, () => 1);
  for (let i = firstStep; i < job.steps; i += 1) {
    const sigma = sigmas[i]!;
    keepKnown(sigma);
    await findVelocity(state, i, sigma);
    // The guess belongs to this step's input, so it comes before the step changes it.
    await job.onStep(i + 1, (latent) => guessAt(state, latent, sigma));
    eulerStep(x.data, velocity.data, sigma, sigmas[i + 1]!);
    pullToLead(sigmas[i + 1]!, (place) => lead!.hold[Math.floor(place / (x.height * x.width))]!);
  }
  keepKnown(0);
  return referenceCount === 0 ? x : sliceLatents(x, referenceCount, job.count);
}

async function begin(job: DenoiseJob, family: VideoFamily, context: PipelineContext): Promise<Denoising> {
  const { channels, spatialFactor } = family.latent;
  const [height, width] = [family.height / spatialFactor, family.width / spatialFactor];
  const count = job.referenceCount + job.count;
  const data = latentNoise({ channels, count, area: height * width }, job.seed, family.scheduler.sharedNoise ?? 0);
  const x: Latents = { data, channels, count, height, width };
  return {
    job,
    family,
    context,
    session: await context.pack.session(family.graphs.transformer),
    x,
    noise: job.known || job.lead ? data.slice() : null,
    velocity: { ...x, data: new Float32Array(data.length) },
    shares: windowShares(job.windows, job.count, job.referenceCount),
    controlScale: {
      type: 'float32',
      data: new Float32Array(family.controlScales).fill(job.controlScale),
      dims: [family.controlScales],
    },
  };
}

/** The first step for new frames that begin as known ones. */
function firstStepBelow(sigmas: ArrayLike<number>, sigma: number, steps: number): number {
  return Math.min(
    steps - 1,
    Array.from(sigmas).findIndex((value) => value <= sigma),
  );
}

/** Computes the velocity of the whole sequence in step `i`, averaged over the windows. */
async function findVelocity(state: Denoising, i: number, sigma: number): Promise<void> {
  const { job, family, context, session, x, velocity, shares, controlScale } = state;
  const { referenceCount, unconditional } = job;
  velocity.data.fill(0);
  for (const [index, window] of job.windows.entries()) {
    context.checkCancelled();
    const dims = (channels: number): number[] => [1, channels, referenceCount + window.count, x.height, x.width];
    const part: Tensor = {
      type: 'float32',
      data: withReferences(x, referenceCount, window),
      dims: dims(x.channels),
    };
    const control: Tensor = {
      type: 'float32',
      data: job.control(window).data,
      dims: dims(family.controlChannels),
    };
    const figures = await job.figures(window);
    const run = (text: Tensor): Promise<Float32Array> =>
      runTransformer(session, part, sigma, text, control, controlScale, figures);
    const made = await run(job.conditional(window));
    if (unconditional && sigma >= (family.scheduler.guidanceMinSigma ?? 0)) {
      context.checkCancelled();
      applyGuidance(made, await run(unconditional), job.guidance);
    }
    addShare(velocity, made, shares[index]!, referenceCount, window);
    job.onWindow(i + 1, index + 1);
  }
}

/** The model's prediction of a finished latent at this step. */
function guessAt({ job, x, velocity }: Denoising, latent: number, sigma: number): Latents {
  const at = (of: Latents): Latents => sliceLatents(of, job.referenceCount + latent, 1);
  return { ...at(x), data: estimateData(at(x).data, at(velocity).data, sigma) };
}

/** Moves each cell of x by its share, over [count, h, w], towards `latents` at this noise. */
function pullTo(
  x: Latents,
  noise: Float32Array,
  latents: Latents,
  referenceCount: number,
  sigma: number,
  shareAt: (place: number) => number,
): void {
  const area = x.height * x.width;
  for (let c = 0; c < x.channels; c += 1) {
    const to = (c * x.count + referenceCount) * area;
    const from = c * latents.count * area;
    for (let i = 0; i < latents.count * area; i += 1) {
      const share = shareAt(i);
      if (share > 0)
        x.data[to + i] =
          (1 - share) * x.data[to + i]! + share * ((1 - sigma) * latents.data[from + i]! + sigma * noise[to + i]!);
    }
  }
}

/** Each window's weight in each of its latents, references in front; the weights of a latent add up to 1. */
function windowShares(windows: readonly Window[], total: number, referenceCount: number): Float32Array[] {
  const sum = new Float32Array(total);
  const weights = windows.map((window) => windowWeights(window, total));
  windows.forEach(({ start }, number) =>
    weights[number]!.forEach((weight, i) => (sum[start + i] = sum[start + i]! + weight)),
  );
  return windows.map(({ start, count }, number) =>
    Float32Array.from({ length: referenceCount + count }, (_, i) =>
      i < referenceCount
        ? 1 / windows.length
        : weights[number]![i - referenceCount]! / sum[start + i - referenceCount]!,
    ),
  );
}

/** The references from the front of the sequence and a window's latents, f32[channels, R+T, h, w]. */
function withReferences(sequence: Latents, referenceCount: number, { start, count }: Window): Float32Array {
  const area = sequence.height * sequence.width;
  const length = referenceCount + count;
  const out = new Float32Array(sequence.channels * length * area);
  for (let c = 0; c < sequence.channels; c += 1) {
    const row = c * sequence.count * area;
    out.set(sequence.data.subarray(row, row + referenceCount * area), c * length * area);
    out.set(
      sequence.data.subarray(row + (referenceCount + start) * area, row + (length + start) * area),
      (c * length + referenceCount) * area,
    );
  }
  return out;
}

/** Adds a window's velocity, f32[channels, R+T, h, w], weighted by its shares, to the sequence's. */
function addShare(
  sequence: Latents,
  made: Float32Array,
  shares: Float32Array,
  referenceCount: number,
  { start, count }: Window,
): void {
  const area = sequence.height * sequence.width;
  const length = referenceCount + count;
  for (let c = 0; c < sequence.channels; c += 1) {
    for (let t = 0; t < length; t += 1) {
      const share = shares[t]!;
      const from = (c * length + t) * area;
      const to = (c * sequence.count + (t < referenceCount ? t : start + t)) * area;
      for (let p = 0; p < area; p += 1) sequence.data[to + p] = sequence.data[to + p]! + share * made[from + p]!;
    }
  }
}
