/**
 * A removal on real footage: the mask as files, the plate in the inference child, the result as a patch in the source's
 * own samples. Nothing outside the mask is touched.
 */
import { join } from 'node:path';
import type { VideoRequest } from '../../../actions/actions.ts';
import { FailureError } from '../../../contract/errors.ts';
import { sentence } from '../../../contract/sentence.ts';
import { colourOf } from '../../../disk/facts.ts';
import { samplesOf } from '../../../ffmpeg/layPatches.ts';
import { opaque, sampleFormatOf, type SampleFormat } from '../../../ffmpeg/sampleFormat.ts';
import { ticksAtFrame } from '../../../time/ticks.ts';
import { encodePatch, encodeStillPatch } from '../../generation/encodePatch.node.ts';
import type { PatchShape } from '../../generation/patchShape.ts';
import type { MakeOptions, Made, MakerContext, MakerDependencies } from '../../generation/made.ts';
import { makeRecipe, recipeMetadata, recipeText } from '../../generation/recipe.node.ts';
import { hashRequest } from '../../generation/requestHash.node.ts';
import type { ResolvedRequest } from '../../generation/resolved.ts';
import { reportShare } from '../../inference/reportShare.ts';
import { framesWanted, type FramesWanted } from '../framesWanted.ts';
import type { FootageMethod } from '../methods.ts';
import { runFootage } from '../runFootage.node.ts';
import type { PlateResult, PlateRun } from './plateRun.ts';
import { prepareMasks, type PreparedMasks } from './prepareMasks.node.ts';
import { interleaved, writeStill } from './stillFrames.node.ts';
import { noticesOf, takeVerdict } from './verdictWords.ts';

/** Shares of the whole for the progress bar. */
const prepareShare = 0.06;
const runShare = 0.84;
/** Planes of a photograph: green, blue, red. */
const stillSamples = sampleFormatOf('gbrp');

/** Throws FailureError, or AttemptFailed as `runFootage`. */
export async function makeRemoval(
  resolved: ResolvedRequest<VideoRequest>,
  method: FootageMethod,
  dependencies: MakerDependencies,
  context: MakerContext,
  options: MakeOptions,
): Promise<Made> {
  const wanted = framesWanted(resolved.source);
  const { size: picture, rate, frameCount, video, range } = wanted;
  if (!resolved.mask) throw new FailureError('badRequest', sentence('generation.emptyMask'));
  const samples = rate ? opaque(samplesOf(video)) : stillSamples;
  const masks = await prepareMasks(resolved.mask, {
    ...{ picture, samples: rate ? samples : sampleFormatOf('gray'), rate, frameCount },
    growPx: growthOf(resolved.request),
    ...{ folder: options.folder, signal: context.signal, onNotice: context.notice },
  });
  context.report({ fraction: prepareShare, stage: 'prepare' });
  const run: PlateRun = {
    ...{ task: 'plate', source: range.file, startTicks: range.startTicks, rate, frameCount, picture },
    ...{ mask: masks.mask, box: masks.box },
    still: rate ? null : await writeStill(wanted, options.folder, context.signal),
  };
  const progress = reportShare(context, { from: prepareShare, share: runShare });
  const { result, times } = await runFootage(run, options.folder, dependencies, context, progress);
  const verdict = takeVerdict(result.verdict, rate);
  if (result.shortReach !== null) context.notice(sentence('removal.shortReach', { frames: result.shortReach }));
  for (const notice of noticesOf(verdict)) context.notice(notice);
  const requestHash = hashRequest(resolved.request, resolved.inputKeys, method);
  const recipe = makeRecipe({
    ...{ resolved, requestHash, instruments: null, notices: noticesOf(verdict).map(({ text }) => text) },
    by: { kind: 'footage', method, packs: [], times, found: { verdict } },
    appVersion: dependencies.appVersion,
    runtimeVersion: dependencies.providers.runtimeVersion,
  });
  const file = await encode(result, masks, wanted, samples, recipe, context, options);
  return {
    ...file,
    ...{ by: { kind: 'footage', method, times, verdict }, requestHash, recipe, plan: null, rate, frameCount },
    ...{ width: video.width, height: video.height },
    durationTicks: rate ? ticksAtFrame(frameCount, rate) : resolved.request.durationTicks,
    patch: { box: masks.box, picture },
  };
}

/** How far the request lets its mask grow, px. */
function growthOf(request: VideoRequest): number {
  return (request.action === 'inpaint' ? request.growPx : undefined) ?? 0;
}

async function encode(
  { frames }: PlateResult,
  { box, opacityPath }: PreparedMasks,
  { size: picture, rate, frameCount, video }: FramesWanted,
  samples: SampleFormat,
  recipe: Record<string, unknown>,
  context: MakerContext,
  { folder }: MakeOptions,
): Promise<Pick<Made, 'path' | 'extension' | 'kind'>> {
  const shape: PatchShape = { box, picture, opacityPath };
  const kept = { from: 0, count: frameCount };
  if (!rate) {
    const path = join(folder, 'take.png');
    const file = { path: await interleaved(frames.path, box, picture, folder), frameCount: 1, ...picture };
    await encodeStillPatch({ file, kept }, shape, path, recipeText(recipe));
    return { path, extension: 'png', kind: 'image' };
  }
  const path = join(folder, 'take.mkv');
  const file = { path: frames.path, frameCount, width: box.width, height: frames.rows };
  await encodePatch(
    { file, rate, kept, form: 'box' },
    shape,
    { colour: colourOf(video), samples, rate, frameCount },
    path,
    {
      signal: context.signal,
      metadata: recipeMetadata(recipe),
      onFraction: (done) =>
        context.report({ fraction: prepareShare + runShare + (1 - prepareShare - runShare) * done, stage: 'compose' }),
    },
  );
  return { path, extension: 'mkv', kind: 'video' };
}
