/** A film or a picture from a request: gathers its inputs, runs the model, encodes whole frames or a patch. */
import { join } from 'node:path';
import type { VideoRequest } from '../../actions/actions.ts';
import { packRate, plannedTicks } from '../../actions/videoPlan.ts';
import { sentence } from '../../contract/sentence.ts';
import { colourOf } from '../../disk/facts.ts';
import { samplesOf } from '../../ffmpeg/layPatches.ts';
import { opaque } from '../../ffmpeg/sampleFormat.ts';
import { videoFamily, type LoadedPack } from '../packs/packStore.node.ts';
import { encodePatch, encodeStillPatch, type MadeFrames } from './encodePatch.node.ts';
import type { PatchShape, PatchTarget } from './patchShape.ts';
import { encodePicture, encodeVideo, type EncodeOptions } from './encodeTake.node.ts';
import type { VideoRun } from '../inference/protocol.ts';
import { gatherVideoInputs, type VideoInputs } from './gatherInputs.node.ts';
import type { MakeOptions, Made, MakerContext, MakerDependencies } from './made.ts';
import { recipeMetadata, recipeText } from './recipe.node.ts';
import { requirePlan, type VideoPlan } from './requirePossible.ts';
import type { ResolvedRequest, SourceFile } from './resolved.ts';
import { encodeFraction, gatherOptions, runAndDescribe } from './runAndDescribe.node.ts';

/** Throws as `makeGeneration`. */
export async function makeVideo(
  resolved: ResolvedRequest<VideoRequest>,
  pack: LoadedPack,
  dependencies: MakerDependencies,
  context: MakerContext,
  options: MakeOptions,
): Promise<Made> {
  const { request } = resolved;
  const family = videoFamily(pack);
  const plan = requirePlan(resolved, family, options.size);
  if (plan.anew === 'structure' && mayChangeAll(request)) context.notice(sentence('generation.noMask'));

  const inputs = await gatherVideoInputs(
    plan,
    resolved.mask,
    resolved.references,
    family,
    gatherOptions(context, options.folder),
  );
  const { run, describe } = await runAndDescribe(
    videoRun(resolved, plan, inputs, pack),
    pack,
    dependencies,
    context,
    options.folder,
  );
  if (run.result.family !== 'video') throw new Error('the child answered another family');
  if (run.result.uncutReferences > 0) context.notice(sentence('generation.referenceNotCut'));
  const { recipe, requestHash } = describe(resolved);

  const { output } = plan;
  // a patch is of its source's kind, anything else of the requested kind
  const still = output.over ? output.over.file.facts.kind === 'image' : options.picture;
  const length = still
    ? { durationTicks: request.durationTicks, rate: null, frameCount: 1 }
    : { durationTicks: plannedTicks(plan), rate: output.rate, frameCount: output.frameCount };
  const frames: MadeFrames = { file: run.result.frames, rate: packRate(family), kept: plan.kept };
  return {
    ...{
      by: { kind: 'model' as const, pack, run },
      requestHash,
      recipe,
      plan,
      width: output.width,
      height: output.height,
      ...length,
    },
    ...(await encodeMade(frames, plan, inputs.patch, still, recipe, context, options)),
  };
}

/** What the model is asked for. */
function videoRun(
  { request, about }: ResolvedRequest<VideoRequest>,
  plan: VideoPlan,
  { known, mask, references }: VideoInputs,
  pack: LoadedPack,
): VideoRun {
  return {
    family: 'video',
    pack: { id: pack.manifest.id, folder: pack.folder },
    manifest: videoFamily(pack),
    prompt: request.prompt,
    frameCount: plan.frameCount,
    seed: request.seed,
    steps: request.steps,
    guidance: request.guidance,
    controlScale: plan.controlScale,
    upscale: plan.upscale,
    known,
    mask,
    references,
    edit: request.action === 'inpaint' ? request.edit : null,
    about: about ?? null,
  };
}

/** The made frames as a file: a patch where they are laid over a source, else a picture or a film. */
async function encodeMade(
  made: MadeFrames,
  plan: VideoPlan,
  shape: PatchShape | null,
  still: boolean,
  recipe: Record<string, unknown>,
  context: MakerContext,
  options: MakeOptions,
): Promise<Pick<Made, 'path' | 'extension' | 'kind' | 'patch'>> {
  const { output } = plan;
  const extension = still ? 'png' : shape ? 'mkv' : 'mp4';
  const path = join(options.folder, `take.${extension}`);
  const encode: EncodeOptions = {
    signal: context.signal,
    metadata: recipeMetadata(recipe),
    onFraction: (fraction) => context.report({ fraction: encodeFraction(fraction), stage: 'compose' }),
  };
  const kind = still ? ('image' as const) : ('video' as const);
  if (output.over && shape) {
    if (still) await encodeStillPatch(made, shape, path, recipeText(recipe));
    else await encodePatch(made, shape, patchTarget(output.over.file, output), path, encode);
    return { path, extension, kind, patch: { box: shape.box, picture: shape.picture } };
  }
  if (still) await encodePicture(plan, made.file, path, recipeText(recipe));
  else await encodeVideo(plan, made.file, made.rate, options.lossless ?? false, path, encode);
  return { path, extension, kind, patch: null };
}

/** A patch is kept as its source is: colours, samples, rate. */
export function patchTarget(
  { facts }: SourceFile,
  { rate, frameCount }: Pick<VideoPlan['output'], 'rate' | 'frameCount'>,
): PatchTarget {
  const video = facts.video!;
  return { colour: colourOf(video), samples: opaque(samplesOf(video)), rate, frameCount };
}

/** Whether a missing mask leaves the whole picture to an edit that was meant for some of it. */
function mayChangeAll(request: VideoRequest): boolean {
  return request.action === 'inpaint' || (request.action === 'restyle' && request.scope === 'background');
}
