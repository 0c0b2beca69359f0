/**
 * A cut-out: what a mask covers, as a film or a picture with alpha in the source's own size, rate, depth and colours.
 * Where the mask is white, every sample is the source's; along the edge, colours are freed of the ground.
 */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import type { CutOutRequest } from '../../../actions/cutOut/schema.ts';
import { FailureError } from '../../../contract/errors.ts';
import { sentence } from '../../../contract/sentence.ts';
import { losslessOptions } from '../../../ffmpeg/losslessOptions.ts';
import { samplesOf } from '../../../ffmpeg/layPatches.ts';
import { sampleFormatOf, withAlpha, type SampleFormat } from '../../../ffmpeg/sampleFormat.ts';
import { ticksAtFrame } from '../../../time/ticks.ts';
import { drawShape, featherInwards } from '../../generation/maskShapes.node.ts';
import type { Made, MakeOptions, MakerContext, MakerDependencies } from '../../generation/made.ts';
import { colourTags } from '../../generation/outputEncoding.ts';
import { makeRecipe, recipeText } from '../../generation/recipe.node.ts';
import { hashRequest } from '../../generation/requestHash.node.ts';
import type { ResolvedMask, ResolvedRequest } from '../../generation/resolved.ts';
import { colourOf } from '../../../disk/facts.ts';
import { beforeRecipe, reportShare } from '../../inference/reportShare.ts';
import { framesWanted, type FramesWanted } from '../framesWanted.ts';
import type { FootageMethod } from '../methods.ts';
import { runFootage } from '../runFootage.node.ts';
import { withRecipe } from '../withRecipe.node.ts';
import type { CutOutRun } from './cutOutRun.ts';

/** Throws FailureError 'badRequest' for a mask that covers nothing, and as `runFootage`. */
export async function makeCutOut(
  resolved: ResolvedRequest<CutOutRequest>,
  method: FootageMethod,
  dependencies: Pick<MakerDependencies, 'appVersion' | 'providers' | 'inference'>,
  context: MakerContext,
  { folder }: MakeOptions,
): Promise<Made> {
  const frames = framesWanted(resolved.source);
  const { range, video, rate, frameCount } = frames;
  const mask = resolved.mask && (await maskFor(resolved.mask, frames, folder, context));
  if (!mask) throw new FailureError('badRequest', sentence('generation.emptyMask'));
  const still = rate === null;
  const run: CutOutRun = {
    ...{ task: 'cutOut', source: range.file, startTicks: still ? 0 : range.startTicks, frameCount },
    ...{ sourceRate: rate, samples: transparent(samplesOf(video)), mask },
    output: {
      path: join(folder, still ? 'made.png' : 'made.mkv'),
      options: still ? [] : [...losslessOptions, ...colourTags(colourOf(video))],
      still,
    },
  };
  const progress = reportShare(context, beforeRecipe);
  const { result, times } = await runFootage(run, folder, dependencies, context, progress);
  if (result.coveredFrames === 0) throw new FailureError('badRequest', sentence('generation.emptyMask'));
  const requestHash = hashRequest(resolved.request, resolved.inputKeys, method);
  const recipe = makeRecipe({
    ...{ resolved, requestHash, instruments: null, notices: [] },
    by: { kind: 'footage', method, packs: [], times, found: { coveredFrames: result.coveredFrames } },
    appVersion: dependencies.appVersion,
    runtimeVersion: dependencies.providers.runtimeVersion,
  });
  const extension = still ? ('png' as const) : ('mkv' as const);
  const take = join(folder, `take.${extension}`);
  await (still
    ? describeStill(run, take, recipe)
    : withRecipe({ path: run.output.path, format: 'matroska' }, take, recipe, context.signal));
  return {
    ...{ path: take, extension, rate, frameCount, patch: null, plan: null, hasAlpha: true },
    ...{ width: video.width, height: video.height, kind: still ? 'image' : 'video' },
    durationTicks: rate ? ticksAtFrame(frameCount, rate) : resolved.request.durationTicks,
    ...{ by: { kind: 'footage', method, times }, requestHash, recipe },
  };
}

/** With alpha; shades of grey have none in ffmpeg's planar formats and become colours. */
function transparent(samples: SampleFormat): SampleFormat {
  if (samples.model !== 'gray') return withAlpha(samples);
  return sampleFormatOf(samples.bitDepth === 8 ? 'yuva444p' : samples.bitDepth === 10 ? 'yuva444p10' : 'yuva444p16');
}

/** A still mask keeps the softness it was found with; a feather is drawn inwards, as for every other use. */
async function maskFor(
  mask: ResolvedMask,
  { size: { width, height } }: FramesWanted,
  folder: string,
  context: MakerContext,
): Promise<CutOutRun['mask']> {
  if (mask.kind === 'video') return { kind: 'film', file: mask.file };
  const shape = await drawShape(mask.mask, width, height, context.notice);
  const { featherPx } = mask.mask;
  const path = join(folder, 'mask.grey');
  await writeFile(path, (featherPx === 0 ? shape : await featherInwards(shape, featherPx)).data);
  return { kind: 'still', path };
}

/** A PNG of 8 bits tells how it was made; one of 16 bits is kept as it is, since the writer would reduce it. */
async function describeStill({ samples, output }: CutOutRun, to: string, recipe: Record<string, unknown>) {
  const made = await readFile(output.path);
  if (samples.bitDepth > 8) return writeFile(to, made);
  const described = sharp(made).withExif({ IFD0: { ImageDescription: recipeText(recipe) } });
  return writeFile(to, await described.png().toBuffer());
}
