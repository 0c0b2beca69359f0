/** A take that the stage draws from words: read by the pack's planner, staged, drawn at full size. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { stageSceneOf } from '../../../models/planners/storybook/staging/stageScene.ts';
import type { GenerateRequest } from '../../actions/generate/schema.ts';
import { FailureError } from '../../contract/errors.ts';
import { sentence } from '../../contract/sentence.ts';
import { secondsFromTicks, ticksAtFrame } from '../../time/ticks.ts';
import { takeVideoOptions } from '../generation/encodeTake.node.ts';
import type { Made, MakeOptions, MakerContext, MakerDependencies } from '../generation/made.ts';
import { makeRecipe, recipeText } from '../generation/recipe.node.ts';
import { hashRequest } from '../generation/requestHash.node.ts';
import type { ResolvedRequest } from '../generation/resolved.ts';
import type { FootageMethod } from '../footage/methods.ts';
import { runFootage } from '../footage/runFootage.node.ts';
import { withRecipe } from '../footage/withRecipe.node.ts';
import { beforeRecipe, reportShare } from '../inference/reportShare.ts';
import { figuresFolder, readStage, type StageReading } from './readStage.node.ts';
import { mostAspect, stageFrames, stageRate, stageSize, type StageRun } from './stageRun.ts';

/** Throws FailureError 'badRequest' for a pack without a cast or a strip of a picture, and what drawing throws. */
export async function makeStage(
  resolved: ResolvedRequest<GenerateRequest>,
  method: FootageMethod,
  dependencies: MakerDependencies,
  context: MakerContext,
  options: MakeOptions,
): Promise<Made> {
  const { request } = resolved;
  const { width, height } = options.size ?? stageSize;
  if (Math.max(width / height, height / width) > mostAspect)
    throw new FailureError('badRequest', sentence('stage.tooNarrow', { width, height, times: mostAspect }));
  const pack = await dependencies.packs.find(request.packId);
  const reading = await readStage(request, pack, dependencies.assets);
  const { words } = reading;
  const run = stageRun(request, reading, dependencies.assets, options);
  const { times } = await runFootage(run, options.folder, dependencies, context, reportShare(context, beforeRecipe));
  const requestHash = hashRequest(request, resolved.inputKeys, method);
  const recipe = makeRecipe({
    resolved,
    by: { kind: 'footage', method, packs: [pack.manifest], times, found: { ...words, scene: run.scene } },
    requestHash,
    instruments: null,
    appVersion: dependencies.appVersion,
    runtimeVersion: dependencies.providers.runtimeVersion,
    notices: [],
  });
  const extension = options.picture ? 'png' : 'mp4';
  const path = join(options.folder, `take.${extension}`);
  if (options.picture)
    await sharp(await readFile(run.output.path))
      .withExif({ IFD0: { ImageDescription: recipeText(recipe) } })
      .png()
      .toFile(path);
  else await withRecipe(run.output, path, recipe, context.signal);
  return {
    ...{ path, extension, requestHash, recipe, patch: null, plan: null },
    ...(options.picture
      ? { kind: 'image', durationTicks: request.durationTicks, rate: null, frameCount: 1 }
      : {
          kind: 'video',
          durationTicks: ticksAtFrame(run.frameCount, run.rate),
          rate: run.rate,
          frameCount: run.frameCount,
        }),
    width: run.size.width,
    height: run.size.height,
    by: { kind: 'footage', method, times, words },
  };
}

function stageRun(
  request: GenerateRequest,
  { cast, said }: StageReading,
  assets: string,
  options: MakeOptions,
): StageRun {
  const size = options.size ?? stageSize;
  const scene = stageSceneOf(said, cast, {
    seed: request.seed,
    aspect: size.width / size.height,
    duration: secondsFromTicks(request.durationTicks),
  });
  const output = options.picture
    ? { path: join(options.folder, 'drawn.png'), format: 'image2' as const, options: [] }
    : { path: join(options.folder, 'drawn.mp4'), format: 'mp4' as const, options: takeVideoOptions };
  return {
    ...{ task: 'stage', scene, figuresFolder: figuresFolder(assets), size, output, rate: stageRate },
    frameCount: options.picture ? 1 : stageFrames(request.durationTicks),
  };
}
