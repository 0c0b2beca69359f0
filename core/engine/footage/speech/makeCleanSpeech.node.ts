/** Clean speech: a take of the same length, rate and channels in which noise is turned down and the voice is not. */
import { join } from 'node:path';
import type { CleanSpeechRequest } from '../../../actions/cleanSpeech/schema.ts';
import { FailureError } from '../../../contract/errors.ts';
import { sentence } from '../../../contract/sentence.ts';
import { mixRateHz, samplesAt } from '../../../ffmpeg/soundReading.ts';
import { ticksPerSecond } from '../../../time/ticks.ts';
import type { Made, MakeOptions, MakerContext, MakerDependencies } from '../../generation/made.ts';
import { makeRecipe } from '../../generation/recipe.node.ts';
import { hashRequest } from '../../generation/requestHash.node.ts';
import type { ResolvedRequest } from '../../generation/resolved.ts';
import { beforeRecipe, reportShare } from '../../inference/reportShare.ts';
import type { FootageMethod } from '../methods.ts';
import { runFootage } from '../runFootage.node.ts';
import { withRecipe } from '../withRecipe.node.ts';
import { speechGraphs } from './speechGraphs.node.ts';
import { samplesOf, soundOf } from './speechRange.ts';
import type { SpeechRun } from './speechRun.ts';

/** Throws FailureError, or AttemptFailed where another attempt may go better. */
export async function makeCleanSpeech(
  resolved: ResolvedRequest<CleanSpeechRequest>,
  method: FootageMethod,
  dependencies: MakerDependencies,
  context: MakerContext,
  options: MakeOptions,
): Promise<Made> {
  const { request } = resolved;
  const pack = await dependencies.packs.load(request.packId, 'footage');
  const location = { id: pack.manifest.id, folder: pack.folder };
  const run = speechRun(resolved, location, speechGraphs(pack), options.folder);
  const progress = reportShare(context, beforeRecipe);
  const { result, times } = await runFootage(run, options.folder, dependencies, context, progress);
  const { loudnessChangeDb } = result;
  const requestHash = hashRequest(request, resolved.inputKeys, method);
  const recipe = makeRecipe({
    resolved,
    by: { kind: 'footage', method, packs: [pack.manifest], times, found: { loudnessChangeDb } },
    requestHash,
    instruments: null,
    appVersion: dependencies.appVersion,
    runtimeVersion: dependencies.providers.runtimeVersion,
    notices: [],
  });
  const path = join(options.folder, 'take.wav');
  await withRecipe(run.output, path, recipe, context.signal);
  return {
    ...{ path, extension: 'wav', kind: 'audio', rate: null, frameCount: 0, patch: null, plan: null },
    durationTicks: Math.round((run.madeSampleCount * ticksPerSecond) / run.sound.sampleRateHz),
    width: 0,
    height: 0,
    by: { kind: 'footage', method, times, ...(loudnessChangeDb === null ? {} : { loudnessChangeDb }) },
    requestHash,
    recipe,
  };
}

/** What the child is asked for. Throws FailureError 'badRequest' for a source without sound. */
function speechRun(
  { request, source }: ResolvedRequest<CleanSpeechRequest>,
  pack: SpeechRun['pack'],
  graphs: SpeechRun['graphs'],
  folder: string,
): SpeechRun {
  const sound = source && soundOf(source.file.facts.sounds, request.soundStream);
  if (!sound) throw new FailureError('badRequest', sentence('media.noSound', { name: source?.file.name ?? '' }));
  return {
    task: 'cleanSpeech',
    source: source.file,
    sound,
    firstSample: samplesAt(source.startTicks),
    sampleCount: samplesOf(source, mixRateHz),
    madeSampleCount: samplesOf(source, sound.sampleRateHz),
    attenuationDb: request.attenuationDb,
    pack,
    graphs,
    output: { path: join(folder, 'made.wav'), format: 'wav' },
  };
}
