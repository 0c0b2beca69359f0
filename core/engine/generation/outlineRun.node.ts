import { planSoundtrack } from '../../actions/soundtrack/plan.ts';
import { stageFrames, stageSize } from '../stage/stageRun.ts';
import type { Size } from '../../render/place.ts';
import type { FootageMethod } from '../footage/methods.ts';
import { madeFrames } from '../footage/interpolate/madeFrames.ts';
import { soundOf } from '../footage/speech/speechRange.ts';
import { secondsFromTicks } from '../../time/ticks.ts';
import { framesWanted } from '../footage/framesWanted.ts';
import type { ActionKind, RequestOf } from '../../actions/schema.ts';
import { FailureError } from '../../contract/errors.ts';
import { sentence } from '../../contract/sentence.ts';
import type { EnhanceRequest } from '../../actions/enhance/schema.ts';
import type { SoundtrackRequest } from '../../actions/soundtrack/schema.ts';
import type { VideoFamily } from '../../../models/families/pack.ts';
import type { ModelInferenceRun } from '../inference/protocol.ts';
import { soundtrackFamily, videoFamily, type LoadedPack } from '../packs/packStore.node.ts';
import { isVideo, requirePlan, type VideoPlan } from './requirePossible.ts';
import type { ResolvedRequest } from './resolved.ts';

/** A run as far as an estimate needs it. */
export interface RunOutline {
  readonly action: ActionKind;
  readonly pack: LoadedPack;
  readonly run: ModelInferenceRun;
  /** Frames times pixels to be encoded; 0 for sound. */
  readonly outputMegapixels: number;
}

/** Work on footage as far as an estimate needs it. */
export interface FootageOutline {
  readonly method: FootageMethod;
  /** Which of its ways, where they differ in time. */
  readonly way?: string;
  /** Frames times pixels that are read and made, heavier work counted as more of them; 0 for sound. */
  readonly megapixels: number;
  readonly framePixels: number;
  /** Seconds of all channels of a sound; 0 for pictures. */
  readonly soundSeconds: number;
}

/** The work of a method on footage. Throws FailureError for a source without a picture. */
export function outlineFootage(
  resolved: ResolvedRequest,
  method: FootageMethod,
  sizePx: Size | null = null,
): FootageOutline {
  const { request, source } = resolved;
  if (request.action === 'cleanSpeech') {
    const channels = (source && soundOf(source.file.facts.sounds, request.soundStream)?.channels) ?? 1;
    const soundSeconds = source ? secondsFromTicks(source.durationTicks) * channels : 0;
    return { method, megapixels: 0, framePixels: 0, soundSeconds };
  }
  if (request.action === 'generate') return outlineStage(request.durationTicks, sizePx, method);
  if (request.action === 'extend' || request.action === 'fillGap') return outlineJoin(request, resolved, method);
  const { size, frameCount: ownCount, rate } = framesWanted(source);
  const framePixels = size.width * size.height;
  if (request.action === 'enhance') {
    const megapixels = (ownCount * framePixels * enhanceWeight(request)) / 1e6;
    const way = enhanceWay(request);
    return { method, way, framePixels: framePixels * request.scale ** 2, megapixels, soundSeconds: 0 };
  }
  const frameCount = request.action === 'smooth' && rate ? madeFrames(ownCount, rate, request.rate) : ownCount;
  return { method, framePixels, megapixels: (frameCount * framePixels) / 1e6, soundSeconds: 0 };
}

function outlineStage(durationTicks: number, sizePx: Size | null, method: FootageMethod): FootageOutline {
  const { height, width } = sizePx ?? stageSize;
  const frameCount = stageFrames(durationTicks);
  return { method, framePixels: width * height, megapixels: (frameCount * width * height) / 1e6, soundSeconds: 0 };
}

/** A room tone has no frames, and takes no time. Throws FailureError for a gap with a shot on one side only. */
function outlineJoin(
  { action, way, durationTicks }: RequestOf<'extend' | 'fillGap'>,
  { source, firstFrame, lastFrame }: ResolvedRequest,
  method: FootageMethod,
): FootageOutline {
  if (action === 'fillGap' && !(firstFrame && lastFrame))
    throw new FailureError('badRequest', sentence('join.needsBoth'));
  const video = (source ?? firstFrame)?.file.facts.video;
  if (!video || way === 'roomTone') return { method, way: 'roomTone', framePixels: 0, megapixels: 0, soundSeconds: 0 };
  const framePixels = video.width * video.height;
  const frameCount = (secondsFromTicks(durationTicks) * video.rate.num) / video.rate.den;
  return { method, way: way ?? 'usual', framePixels, megapixels: (frameCount * framePixels) / 1e6, soundSeconds: 0 };
}

/** What is asked for: what one step takes says little of another. */
function enhanceWay({ scale, denoise, deblock }: EnhanceRequest): string {
  return `x${scale}${denoise > 0 ? ' grain' : ''}${deblock ? ' blocks' : ''}`;
}

/** How many times the work of a usual method: enlarging by 2 takes 5 s a megapixel, grain 2 s, blocks 0.4 s. */
function enhanceWeight({ scale, denoise, deblock }: EnhanceRequest): number {
  const doublings = scale === 4 ? 5 : scale === 2 ? 1 : 0;
  return 1 + 45 * doublings + (denoise > 0 ? 18 : 0) + (deblock ? 3 : 0);
}

/** The run as it will be, without its materials: all that an estimate needs. `sizePx`: see `requirePlan`. */
export function outlineRun(
  resolved: ResolvedRequest,
  pack: LoadedPack,
  sizePx: { readonly width: number; readonly height: number } | null = null,
): RunOutline {
  const { request } = resolved;
  const { prompt, seed, steps, guidance } = request;
  const common = { pack: { id: pack.manifest.id, folder: pack.folder }, prompt, seed, steps, guidance };
  if (request.action === 'soundtrack')
    return { action: request.action, pack, run: { ...common, ...soundRun(request, pack) }, outputMegapixels: 0 };
  if (!isVideo(resolved)) throw new Error('a soundtrack has no frames');
  const plan = requirePlan(resolved, videoFamily(pack), sizePx);
  const { frameCount, width, height } = plan.output;
  return {
    action: request.action,
    pack,
    run: { ...common, ...videoRun(resolved, plan, videoFamily(pack)) },
    outputMegapixels: (frameCount * width * height) / 1e6,
  };
}

function soundRun(request: SoundtrackRequest, pack: LoadedPack) {
  const { durationSeconds, part } = planSoundtrack(request);
  return {
    family: 'soundtrack' as const,
    manifest: soundtrackFamily(pack),
    durationSeconds,
    stems: [request.stem],
    picture: null,
    hitSeconds: [],
    tempoBpm: request.tempoBpm,
    ownSound: null,
    speech: null,
    loudnessLufs: null,
    soundFontPath: null,
    part: part && { ...part, oldPath: '', rootPrompt: '', rootSeed: 0 },
  };
}

function videoRun({ request, references, about }: ResolvedRequest, plan: VideoPlan, manifest: VideoFamily) {
  const { width, height } = manifest;
  const file = { path: '', frameCount: plan.frameCount, width, height };
  return {
    family: 'video' as const,
    manifest,
    frameCount: plan.frameCount,
    controlScale: plan.controlScale,
    upscale: plan.upscale,
    known: plan.known.length > 0 ? file : null,
    mask: plan.anew === 'structure' || plan.known.length === 0 ? null : file,
    references: references.map(() => ({ path: '', frameCount: 1, width, height })),
    edit: request.action === 'inpaint' ? request.edit : null,
    about: about ?? null,
  };
}
