import { planSoundtrack } from '../../actions/soundtrack/plan.ts';
import type { ActionKind } from '../../actions/schema.ts';
import type { InferenceRun } from '../inference/protocol.ts';
import { soundtrackFamily, videoFamily, type LoadedPack } from '../packs/packStore.node.ts';
import { isVideo, requirePlan } from './requirePossible.ts';
import type { ResolvedRequest } from './resolved.ts';

export interface RunOutline {
  readonly action: ActionKind;
  readonly pack: LoadedPack;
  readonly run: InferenceRun;
  /** Frames times pixels to be encoded; 0 for sound. */
  readonly outputMegapixels: number;
}

/** The run as it will be, without its materials: all that an estimate needs. */
export function outlineRun(
  resolved: ResolvedRequest,
  pack: LoadedPack,
  sizePx: { readonly width: number; readonly height: number } | null = null,
): RunOutline {
  const { request } = resolved;
  const { action } = request;
  const common = {
    pack: { id: pack.manifest.id, folder: pack.folder },
    prompt: request.prompt,
    seed: request.seed,
    steps: request.steps,
    guidance: request.guidance,
  };
  if (request.action === 'soundtrack') {
    const manifest = soundtrackFamily(pack);
    const { durationSeconds, part } = planSoundtrack(request);
    const run = {
      ...common,
      family: 'soundtrack' as const,
      manifest,
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
    return { action, pack, run, outputMegapixels: 0 };
  }
  if (!isVideo(resolved)) throw new Error('a soundtrack has no frames');
  const manifest = videoFamily(pack);
  const plan = requirePlan(resolved, manifest, sizePx);
  const file = { path: '', frameCount: plan.frameCount, width: manifest.width, height: manifest.height };
  const run = {
    ...common,
    family: 'video' as const,
    manifest,
    frameCount: plan.frameCount,
    controlScale: plan.controlScale,
    upscale: plan.upscale,
    known: plan.known.length > 0 ? file : null,
    mask: plan.anew === 'structure' || plan.known.length === 0 ? null : file,
    references: resolved.references.map(() => ({
      path: '',
      frameCount: 1,
      width: manifest.width,
      height: manifest.height,
    })),
    edit: request.action === 'inpaint' ? request.edit : null,
    about: resolved.about ?? null,
  };
  return {
    action,
    pack,
    run,
    outputMegapixels: (plan.output.frameCount * plan.output.width * plan.output.height) / 1e6,
  };
}
