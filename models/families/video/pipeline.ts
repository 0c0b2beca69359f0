/**
 * The video family from request to frames. Order of work: text -> (encode control -> denoise -> decode -> compose) per
 * window. Windows after the first start from frames already made; see windows.ts. Pure TypeScript, sessions injected.
 */
import type { VideoFamily } from '../pack.ts';
import type { Frames, MaskFrames, PipelineContext, Tensor } from '../pipeline.ts';
import { composite } from './compose.ts';
import type { VideoRequest, VideoResult } from './contract.ts';
import { buildControl, isNothingToMake, prependReferences } from './control.ts';
import { denoiseWindow } from './denoise.ts';
import { figurePlane, maskOfOrder, noFigures, openCast, prepareScene, type Scene } from './figures.ts';
import { emptyFrames, letterboxOnWhite, sliceFrames, sliceMask } from './frames.ts';
import { decodeLatents, encodeFrames, previewLatent, type Latents } from './latents.ts';
import { rewritePrompt, type RewrittenPrompt } from './prompt.ts';
import { secondsUntilRest } from './scene/motion.ts';
import { encodeText, openTokenizer, tokenise } from './text.ts';
import { latentCount, planWindows, roundUpFrames, type Window } from './windows.ts';

export { estimateVideo } from './estimate.ts';

/** Shares of a window's time, for the progress bar alone. */
const share = { encode: 0.08, denoise: 0.72, decode: 0.2 };

interface Prepared {
  readonly request: VideoRequest;
  readonly family: VideoFamily;
  readonly context: PipelineContext;
  readonly conditional: Tensor;
  /** Words for windows after the camera's move; null where it has none, or never ends. */
  readonly atRest: { readonly fromFrame: number; readonly conditional: Tensor } | null;
  readonly unconditional: Tensor | null;
  readonly guidance: number;
  readonly steps: number;
  readonly references: readonly Latents[];
  /** Packs with a cast: who is where. Then the references are figures of it, and none is put in front. */
  readonly scene: Scene | null;
  /** Known frames and mask stretched to 4k+1. */
  readonly known: Frames | null;
  readonly mask: MaskFrames | null;
}

/** Throws RangeError on a request that does not fit the pack, PipelineCancelled when cancelled. */
export async function runVideoPipeline(request: VideoRequest, family: VideoFamily, context: PipelineContext): Promise<VideoResult> {
  checkRequest(request, family);
  context.report({ fraction: 0, stage: 'text' });
  const total = roundUpFrames(request.frameCount);
  const cast = await openCast(family, context);
  const given = request.mask ?? (cast && (await maskOfOrder(request, cast, request.frameCount, family, context)));
  const mask = request.known && given && sliceMask(given, 0, total);
  const scene = cast && (await prepareScene(request, mask, cast, family, context));
  const prompt = scene ? scene.said : await understandPrompt(request.prompt, family, context);
  const prepared = await prepare(request, prompt, scene, mask, family, context);
  const windows = planWindows(total, family.maxFrames);
  const made = emptyFrames(total, family.width, family.height);
  for (const [index, window] of windows.entries()) {
    context.checkCancelled();
    const frames = await makeWindow(prepared, window, index, windows.length, made);
    joinWindow(made, frames, window);
  }
  context.report({ fraction: 1, stage: 'compose' });
  return { frames: sliceFrames(made, 0, request.frameCount), rewrittenPrompt: prompt.text, unknownWords: prompt.unknownWords, uncutReferences: scene?.uncutReferences ?? 0 };
}

/** Frames that an earlier window has made and this one was given stay as they are; those after are mixed, the rest are new. */
function joinWindow(made: Frames, frames: Frames, { start, overlap, blend }: Window): void {
  const frameSize = made.width * made.height * 3;
  for (let i = overlap; i < overlap + blend; i += 1) {
    const share = (i - overlap + 1) / (blend + 1);
    const [to, from] = [(start + i) * frameSize, i * frameSize];
    for (let at = 0; at < frameSize; at += 1) made.data[to + at] = Math.round((1 - share) * made.data[to + at]! + share * frames.data[from + at]!);
  }
  made.data.set(frames.data.subarray((overlap + blend) * frameSize), (start + overlap + blend) * frameSize);
}

function checkRequest(request: VideoRequest, family: VideoFamily): void {
  if (!Number.isInteger(request.frameCount) || request.frameCount < 1) throw new RangeError(`The request asks for ${request.frameCount} frames.`);
  for (const [what, frames] of [['known frames', request.known], ['mask', request.mask]] as const) {
    if (!frames) continue;
    if (frames.width !== family.width || frames.height !== family.height) {
      throw new RangeError(`The ${what} are ${frames.width}x${frames.height}, the model works at ${family.width}x${family.height}.`);
    }
    if (frames.frameCount !== request.frameCount) throw new RangeError(`The ${what} count ${frames.frameCount}, the request ${request.frameCount}.`);
  }
}

async function understandPrompt(prompt: string, family: VideoFamily, context: PipelineContext): Promise<RewrittenPrompt> {
  if (!family.vocabulary) return rewritePrompt(prompt, null);
  const words = (await context.pack.readText(family.vocabulary)).split(/\s+/).filter(Boolean);
  return rewritePrompt(prompt, new Set(words));
}

async function prepare(request: VideoRequest, prompt: RewrittenPrompt, scene: Scene | null, mask: MaskFrames | null, family: VideoFamily, context: PipelineContext): Promise<Prepared> {
  const tokenizer = await openTokenizer(family, context);
  const guidance = request.guidance ?? family.scheduler.defaultGuidance;
  const encode = (text: string): Promise<Tensor> => encodeText(tokenise(tokenizer, text, family.maxTextTokens), family, context);
  const conditional = await encode(prompt.text);
  const restSeconds = scene ? secondsUntilRest(scene.camera) : 0;
  const restFrame = Math.ceil(restSeconds * family.fps);
  const atRest = scene && restSeconds > 0 && restFrame < request.frameCount ? { fromFrame: restFrame, conditional: await encode(scene.said.textAtRest) } : null;
  const unconditional = guidance === 1 ? null : await encode('');
  const references: Latents[] = [];
  for (const picture of scene ? [] : request.references) {
    references.push(await encodeFrames(letterboxOnWhite(picture, family.width, family.height), family, context));
  }
  const total = roundUpFrames(request.frameCount);
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
    scene,
    known: request.known && sliceFrames(request.known, 0, total),
    mask,
  };
}

/** What is known in a window: the user's frames, and before them what earlier windows made (mask 0 there). */
function knownInWindow(prepared: Prepared, window: Window, made: Frames): { known: Frames | null; mask: MaskFrames | null } {
  const { known, mask, family } = prepared;
  if (window.overlap === 0) {
    return { known: known && sliceFrames(known, window.start, window.count), mask: mask && sliceMask(mask, window.start, window.count) };
  }
  const area = family.width * family.height;
  const frames = known ? sliceFrames(known, window.start, window.count) : emptyFrames(window.count, family.width, family.height);
  frames.data.set(made.data.subarray(window.start * area * 3, (window.start + window.overlap) * area * 3));
  const layer = mask
    ? sliceMask(mask, window.start, window.count)
    : { data: new Uint8Array(window.count * area).fill(255), frameCount: window.count, width: family.width, height: family.height };
  layer.data.fill(0, 0, window.overlap * area);
  return { known: frames, mask: layer };
}

async function makeWindow(prepared: Prepared, window: Window, index: number, windowCount: number, made: Frames): Promise<Frames> {
  const { request, family, context } = prepared;
  const report = (done: number, stage: string, more: { step?: number; stepCount?: number; preview?: Frames } = {}): void =>
    context.report({ fraction: (index + done) / windowCount, stage, ...more });
  const { known, mask } = knownInWindow(prepared, window, made);
  if (known && mask && isNothingToMake(mask)) return known;

  report(0, 'encode');
  // A restyle has no mask of its own; in later windows the overlap gives it one, and its source must still be seen.
  const restyles = prepared.known !== null && prepared.mask === null;
  const control = restyles
    ? await buildControl(sliceFrames(prepared.known!, window.start, window.count), null, window.count, family, context)
    : await buildControl(known, mask, window.count, family, context);
  const figures = prepared.scene && (await figuresIn(prepared, window));
  const latents = await denoiseWindow(
    {
      figures,
      control: prependReferences(control, prepared.references),
      referenceCount: prepared.references.length,
      conditional: prepared.atRest && window.start + window.overlap >= prepared.atRest.fromFrame ? prepared.atRest.conditional : prepared.conditional,
      unconditional: prepared.unconditional,
      guidance: prepared.guidance,
      controlScale: request.controlScale ?? 1,
      steps: prepared.steps,
      seed: request.seed,
      windowIndex: index,
      onStep: async (step, guess) => {
        const wanted = step === 1 || step === prepared.steps || step % 3 === 0;
        const preview = wanted ? await previewMiddle(guess(), family, context) : undefined;
        report(share.encode + (share.denoise * step) / prepared.steps, 'denoise', { step, stepCount: prepared.steps, ...(preview && { preview }) });
      },
    },
    family,
    context,
  );
  let decoded = 0;
  const frames = await decodeLatents(latents, family, context, () => {
    decoded += 1;
    report(share.encode + share.denoise + (share.decode * decoded) / latents.count, 'decode');
  });
  if (!known || !mask || restyles) return frames;
  return composite(known, frames, mask);
}

async function figuresIn({ scene, request, family, context }: Prepared, window: Window): Promise<Tensor> {
  const latents = latentCount(window.count);
  if (!scene || scene.figures.length === 0) return noFigures(family, latents);
  return figurePlane(scene, { start: window.start, latents }, request.frameCount, family, context);
}

async function previewMiddle(guess: Latents, family: VideoFamily, context: PipelineContext): Promise<Frames> {
  return previewLatent(guess, Math.floor(guess.count / 2), family, context);
}
