/**
 * The video pipeline, from request to frames: plan, encode the known frames, denoise, decode and composite, each for
 * the whole request. Long requests are denoised in overlapping windows (windows.ts). Pure TypeScript; sessions and
 * planner are injected.
 */
import type { VideoFamily } from '../pack.ts';
import type { Frames, MaskFrames, PipelineContext, PipelineProgress, Tensor } from '../pipeline.ts';
import { composite } from './compose.ts';
import type { VideoRequest, VideoResult } from './contract.ts';
import {
  controlOf,
  encodeControl,
  isNothingToMake,
  knownCells,
  leadOf,
  prependReferences,
  type ControlSource,
} from './control.ts';
import { denoise } from './denoise.ts';
import { emptyFrames, letterboxOnWhite, sliceFrames, sliceMask } from './frames.ts';
import { carryDetail, matchEdges } from './matchKnown.ts';
import { decodeLatents, encodeFrames, previewLatent, type Latents } from './latents.ts';
import type { VideoPlan, VideoPlanner } from './planner.ts';
import { steady } from './steady.ts';
import { encodeText, openTokenizer, tokenise } from './text.ts';
import { framesOf, latentCount, planWindows, roundUpFrames, type Window } from './windows.ts';

export { estimateVideo } from './estimate.ts';

/** Shares of the time, for the progress bar only. */
const share = { encode: 0.08, denoise: 0.72, decode: 0.2 };
/** Up to this size, controls and figures of all windows are kept between steps; beyond it each step rebuilds them. */
const keptBytes = 100e6;

/**
 * How new frames next to known ones begin: the noise level of their copy of the known ones, and how much of that copy
 * stays in the first, second, ... latent. Enough noise to move on if the plan moves a figure or the camera; otherwise
 * little more than the known picture.
 */
const goOn = { moving: { sigma: 0.85, hold: [0.65, 0.4, 0.2] }, still: { sigma: 0.55, hold: [0.75, 0.55, 0.35, 0.2] } };

interface Prepared {
  readonly request: VideoRequest;
  readonly family: VideoFamily;
  readonly context: PipelineContext;
  readonly conditional: Tensor;
  /** Text for windows after the camera's move; null if it does not move or never stops. */
  readonly atRest: { readonly fromFrame: number; readonly conditional: Tensor } | null;
  readonly unconditional: Tensor | null;
  readonly guidance: number;
  readonly steps: number;
  readonly references: readonly Latents[];
  readonly plan: VideoPlan;
}

/** Generates a request. Throws RangeError if it does not fit the pack, and PipelineCancelled. */
export async function runVideoPipeline(
  request: VideoRequest,
  family: VideoFamily,
  context: PipelineContext,
  planner: VideoPlanner,
): Promise<VideoResult> {
  checkRequest(request, family);
  context.report({ fraction: 0, stage: 'text' });
  const plan = await planner.plan(request, context);
  const { mask } = plan;
  const frames =
    request.known && mask
      ? sliceFrames(request.known, 0, request.frameCount)
      : emptyFrames(request.frameCount, family.width, family.height);
  const windows = planWindows(latentCount(roundUpFrames(request.frameCount)), latentCount(family.maxFrames)).filter(
    (window) => !mask || !isNothingToMake(mask, framesOf(window)),
  );
  if (windows.length > 0) await makeFrames(frames, windows, await prepare(request, plan, family, context));
  context.report({ fraction: 1, stage: 'compose' });
  return {
    frames,
    reading: plan.reading,
    uncutReferences: plan.uncutReferences,
  };
}

function checkRequest(request: VideoRequest, family: VideoFamily): void {
  if (!Number.isInteger(request.frameCount) || request.frameCount < 1)
    throw new RangeError(`The request asks for ${request.frameCount} frames.`);
  for (const [what, frames] of [
    ['known frames', request.known],
    ['mask', request.mask],
  ] as const) {
    if (!frames) continue;
    if (frames.width !== family.width || frames.height !== family.height) {
      throw new RangeError(
        `The ${what} are ${frames.width}x${frames.height}, the model works at ${family.width}x${family.height}.`,
      );
    }
    if (frames.frameCount !== request.frameCount)
      throw new RangeError(`The ${what} count ${frames.frameCount}, the request ${request.frameCount}.`);
  }
}

async function prepare(
  request: VideoRequest,
  plan: VideoPlan,
  family: VideoFamily,
  context: PipelineContext,
): Promise<Prepared> {
  const tokenizer = await openTokenizer(family, context);
  const guidance = request.guidance ?? family.scheduler.defaultGuidance;
  const encode = (text: string): Promise<Tensor> =>
    encodeText(tokenise(tokenizer, text, family.maxTextTokens), family, context);
  const conditional = await encode(plan.reading.text);
  const restFrame = plan.atRest && Math.ceil(plan.atRest.fromSeconds * family.fps);
  const atRest =
    plan.atRest && restFrame !== null && restFrame < request.frameCount
      ? { fromFrame: restFrame, conditional: await encode(plan.atRest.text) }
      : null;
  const unconditional = guidance === 1 ? null : await encode('');
  const references: Latents[] = [];
  // A plan with figures draws the reference pictures itself.
  for (const picture of plan.figures ? [] : request.references) {
    references.push(await encodeFrames(letterboxOnWhite(picture, family.width, family.height), family, context));
  }
  return {
    request,
    family,
    context,
    conditional,
    atRest,
    unconditional,
    guidance,
    steps: request.steps ?? family.scheduler.defaultSteps,
    references,
    plan,
  };
}

/** Generates `windows` into `frames`, which begin as the known ones if there is a mask. */
async function makeFrames(frames: Frames, windows: readonly Window[], prepared: Prepared): Promise<void> {
  const { request, family, context } = prepared;
  const { mask } = prepared.plan;
  const count = latentCount(roundUpFrames(request.frameCount));
  const report = (fraction: number, stage: string, more: Partial<PipelineProgress> = {}): void =>
    context.report({ fraction, stage, ...more });

  report(0, 'encode');
  let encoded = 0;
  const source = await encodeControl(request.known, mask, count, family, context, () =>
    report((share.encode * (encoded += 1)) / (mask ? 2 * count : count), 'encode'),
  );
  const latents = await denoiseWindows(prepared, windows, source, count, (done, more) =>
    report(share.encode + share.denoise * done, 'denoise', more),
  );
  fillWithKnown(latents, windows, source);

  // Frames before the first window and after the last are known and need no decoding.
  const first = windows[0]!.start;
  const made: Window = { start: first, count: windows.at(-1)!.start + windows.at(-1)!.count - first };
  let decoded = 0;
  const size = family.width * family.height * 3;
  const film = mask
    ? emptyFrames(Math.min(4 * (made.count - 1) + 1, frames.frameCount - 4 * first), family.width, family.height)
    : frames;
  await decodeLatents(latents, made, family, context, (at, chunk) => {
    const place = (at - 4 * first) * size;
    film.data.set(chunk.data.subarray(0, Math.max(0, film.data.length - place)), place);
    decoded += 1;
    report(share.encode + share.denoise + (share.decode * decoded) / made.count, 'decode');
  });
  steady(film);
  if (mask) putFrames(frames, film, 4 * first, mask);
}

/** Samples the latents of all windows; `report` gets the share done, 0..1. */
async function denoiseWindows(
  prepared: Prepared,
  windows: readonly Window[],
  source: ControlSource,
  count: number,
  report: (done: number, more: Partial<PipelineProgress>) => void,
): Promise<Latents> {
  const { request, family, context, plan, atRest, references, steps } = prepared;
  const cells = knownCells(source, count, family);
  const lead = leadOf(source, count);
  const going = plan.moves ? goOn.moving : goOn.still;
  const area = (family.width * family.height) / family.latent.spatialFactor ** 2;
  const bytes =
    windows.length * windows[0]!.count * area * 4 * (family.controlChannels + (plan.figures?.channels ?? 0));
  const remember = <T>(make: (window: Window) => T): ((window: Window) => T) =>
    bytes > keptBytes ? make : remembered(make);
  const middle = windows[Math.floor(windows.length / 2)]!;
  return denoise(
    {
      count,
      windows,
      referenceCount: references.length,
      control: remember((window) => prependReferences(controlOf(source, window, family), references)),
      figures: remember((window) => plan.figures && plan.figures.in(window)),
      conditional: (window) =>
        atRest && framesOf(window).first >= atRest.fromFrame ? atRest.conditional : prepared.conditional,
      unconditional: prepared.unconditional,
      known: cells && { latents: source.inactive, cells },
      lead: lead && {
        latents: lead.latents,
        sigma: going.sigma,
        hold: lead.distance.map((latents) => going.hold[latents - 1] ?? 0),
      },
      guidance: prepared.guidance,
      controlScale: request.controlScale ?? 1,
      steps,
      seed: request.seed,
      onWindow: (step, done) => {
        // The last window of a step is reported with the step's preview.
        if (done < windows.length) report((step - 1 + done / windows.length) / steps, { step, stepCount: steps });
      },
      onStep: async (step, guess) => {
        const wanted = step === 1 || step === steps || step % 3 === 0;
        const preview = wanted
          ? await previewLatent(guess(middle.start + Math.floor(middle.count / 2)), 0, family, context)
          : undefined;
        report(step / steps, { step, stepCount: steps, ...(preview && { preview }) });
      },
    },
    family,
    context,
  );
}

function remembered<T>(make: (window: Window) => T): (window: Window) => T {
  const made = new Map<Window, T>();
  return (window) => {
    if (!made.has(window)) made.set(window, make(window));
    return made.get(window)!;
  };
}

/** Fills in the known latents between windows, which the decoder needs for its caches. */
function fillWithKnown(latents: Latents, windows: readonly Window[], { inactive }: ControlSource): void {
  const area = latents.height * latents.width;
  windows.forEach(({ start }, number) => {
    const before = windows[number - 1];
    for (let t = before ? before.start + before.count : start; t < start; t += 1) {
      for (let c = 0; c < latents.channels; c += 1)
        latents.data.set(
          inactive.data.subarray((c * inactive.count + t) * area, (c * inactive.count + t + 1) * area),
          (c * latents.count + t) * area,
        );
    }
  });
}

/** Writes the generated pixels; everything else stays, byte for byte. */
function putFrames(into: Frames, made: Frames, first: number, mask: MaskFrames): void {
  const [known, part] = [sliceFrames(into, first, made.frameCount), sliceMask(mask, first, made.frameCount)];
  const frames = composite(known, carryDetail(known, matchEdges(known, made, part), part), part);
  into.data.set(frames.data, first * into.width * into.height * 3);
}
