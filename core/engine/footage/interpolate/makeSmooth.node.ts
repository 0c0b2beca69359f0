/** The same shot with more frames a second: a take at the source's own size, whose own frames are all in it. */
import { join } from 'node:path';
import { FailureError } from '../../../contract/errors.ts';
import { sentence } from '../../../contract/sentence.ts';
import { colourOf } from '../../../disk/facts.ts';
import { samplesOf } from '../../../ffmpeg/layPatches.ts';
import { opaque } from '../../../ffmpeg/sampleFormat.ts';
import { secondsFromTicks, ticksAtFrame } from '../../../time/ticks.ts';
import type { SmoothRequest } from '../../../actions/smooth/schema.ts';
import type { MakeOptions, Made, MakerContext, MakerDependencies } from '../../generation/made.ts';
import { filmEncoding } from '../../generation/outputEncoding.ts';
import { makeRecipe } from '../../generation/recipe.node.ts';
import { hashRequest } from '../../generation/requestHash.node.ts';
import type { ResolvedRequest } from '../../generation/resolved.ts';
import { framesWanted } from '../framesWanted.ts';
import type { FootageMethod } from '../methods.ts';
import { betweenGraph } from './betweenGraph.node.ts';
import { madeFrames } from './madeFrames.ts';
import { runFilm } from '../runFilm.node.ts';
import { takeEncoding } from '../takeEncoding.ts';
import { withRecipe } from '../withRecipe.node.ts';
import type { InterpolateRun } from './interpolateRun.ts';

/** Throws FailureError, or AttemptFailed where another attempt may go better. */
export async function makeSmooth(
  resolved: ResolvedRequest<SmoothRequest>,
  method: FootageMethod,
  dependencies: MakerDependencies,
  context: MakerContext,
  options: MakeOptions,
): Promise<Made> {
  const { request } = resolved;
  const pack = await dependencies.packs.load(request.packId, 'footage');
  const location = { id: pack.manifest.id, folder: pack.folder };
  const { frames, run, extension } = smoothRun(resolved, location, betweenGraph(pack), options);
  const { result, times } = await runFilm(run, options.folder, method, dependencies, context);
  const requestHash = hashRequest(request, resolved.inputKeys, method);
  const { ownFrames, repeatedFrames, cuts } = result;
  const name = resolved.source?.file.name ?? '';
  const notices = repeatedFrames > 0 ? [sentence('generation.smoothRepeats', { name, count: repeatedFrames })] : [];
  for (const said of notices) context.notice(said);
  const recipe = makeRecipe({
    resolved,
    by: { kind: 'footage', method, packs: [pack.manifest], times, found: { ownFrames, repeatedFrames, cuts } },
    requestHash,
    instruments: null,
    appVersion: dependencies.appVersion,
    runtimeVersion: dependencies.providers.runtimeVersion,
    notices: notices.map(({ text }) => text),
  });
  const path = join(options.folder, `take.${extension}`);
  await withRecipe(run.output, path, recipe, context.signal);
  const { rate } = run.output;
  return {
    ...{ path, extension, kind: 'video', rate, frameCount: run.madeCount, patch: null, plan: null },
    durationTicks: ticksAtFrame(run.madeCount, rate),
    width: frames.video.width,
    height: frames.video.height,
    by: { kind: 'footage', method, times, isContinued: result.kept > 0 },
    requestHash,
    recipe,
  };
}

/** What the child is asked for. Throws FailureError 'badRequest' for what cannot be shown with more frames. */
function smoothRun(
  { request, source }: ResolvedRequest<SmoothRequest>,
  pack: InterpolateRun['pack'],
  graph: string,
  { folder, ending, playedRate }: MakeOptions,
) {
  const frames = framesWanted(source);
  const { range, video, rate } = frames;
  const { name, facts } = range.file;
  if (rate === null) throw new FailureError('badRequest', sentence('generation.smoothStill', { name }));
  if (video.hasAlpha) throw new FailureError('badRequest', sentence('generation.smoothAlpha', { name }));
  const samples = opaque(samplesOf(video));
  const encoding =
    ending === undefined
      ? takeEncoding(samples.name, colourOf(video), frames.size)
      : filmEncoding(ending.film, samples, colourOf(video), frames.size, ending.lossless);
  if (!encoding || encoding.converted !== null)
    throw new FailureError('badRequest', sentence('generation.smoothEnding', { name, format: video.pixelFormat }));
  const extension = encoding.format === 'mp4' ? ('mp4' as const) : ('mkv' as const);
  // one more, where there is one: the last frame asked for then has a neighbour
  const left = Math.round((secondsFromTicks(facts.durationTicks - range.startTicks) * rate.num) / rate.den);
  const run: InterpolateRun = {
    task: 'interpolate',
    source: range.file,
    startTicks: range.startTicks,
    frameCount: Math.max(frames.frameCount, Math.min(frames.frameCount + 1, left)),
    sourceRate: rate,
    madeRate: request.rate,
    madeCount: madeFrames(frames.frameCount, rate, request.rate),
    samples,
    pack,
    graph,
    piecesFolder: null,
    output: {
      path: join(folder, `made.${extension}`),
      format: encoding.format,
      options: encoding.options,
      rate: playedRate ?? request.rate,
    },
  };
  return { frames, run, extension };
}
