/** Clean picture: a take at the source's own rate and depth, at its size or two or four times as large. */
import { copyFile, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import type { EnhanceRequest } from '../../../actions/enhance/schema.ts';
import { FailureError } from '../../../contract/errors.ts';
import { sentence, type Sentence } from '../../../contract/sentence.ts';
import { colourOf } from '../../../disk/facts.ts';
import { samplesOf } from '../../../ffmpeg/layPatches.ts';
import { opaque } from '../../../ffmpeg/sampleFormat.ts';
import { ticksAtFrame } from '../../../time/ticks.ts';
import type { Made, MakeOptions, MakerContext, MakerDependencies } from '../../generation/made.ts';
import { filmEncoding, type FilmEncoding } from '../../generation/outputEncoding.ts';
import { makeRecipe, recipeText } from '../../generation/recipe.node.ts';
import { hashRequest } from '../../generation/requestHash.node.ts';
import type { ResolvedRequest } from '../../generation/resolved.ts';
import { framesWanted, type FramesWanted } from '../framesWanted.ts';
import type { FootageMethod } from '../methods.ts';
import { runFilm } from '../runFilm.node.ts';
import { takeEncoding } from '../takeEncoding.ts';
import { withRecipe } from '../withRecipe.node.ts';
import { noEdges } from './deblock.ts';
import type { EnhanceResult, EnhanceRun } from './enhanceRun.ts';
import { upscaleGraph } from './upscaleGraph.node.ts';

/** px of a side; what encoders and players take. */
const longestSidePx = 8192;
/** dB: less cannot be seen. */
const worthwhileDb = 0.2;

/** Throws FailureError, or AttemptFailed where another attempt may go better. */
export async function makeEnhance(
  resolved: ResolvedRequest<EnhanceRequest>,
  method: FootageMethod,
  dependencies: MakerDependencies,
  context: MakerContext,
  options: MakeOptions,
): Promise<Made> {
  const { request } = resolved;
  const pack = await dependencies.packs.load(request.packId, 'footage');
  const path = upscaleGraph(pack, request);
  const graph = path === null ? null : { pack: { id: pack.manifest.id, folder: pack.folder }, path };
  const frames = framesWanted(resolved.source);
  const run = enhanceRun(request, frames, graph, options);
  const { result, times } = await runFilm(run, options.folder, method, dependencies, context);
  const notices = noticesOf(result, frames.range.file.name);
  for (const said of notices) context.notice(said);
  const requestHash = hashRequest(request, resolved.inputKeys, method);
  const { gainDb, mostFlicker, blockEdges } = result;
  const found = { gainDb, mostFlicker, blockEdges };
  const recipe = makeRecipe({
    resolved,
    by: { kind: 'footage', method, packs: graph ? [pack.manifest] : [], times, found },
    requestHash,
    instruments: null,
    appVersion: dependencies.appVersion,
    runtimeVersion: dependencies.providers.runtimeVersion,
    notices: notices.map(({ text }) => text),
  });
  const extension = run.output.still
    ? ('png' as const)
    : run.output.format === 'mp4'
      ? ('mp4' as const)
      : ('mkv' as const);
  const take = join(options.folder, `take.${extension}`);
  await (run.output.still ? stillWithRecipe(run, take, recipe) : withRecipe(run.output, take, recipe, context.signal));
  const { video, rate } = frames;
  return {
    ...{ path: take, extension, rate, frameCount: frames.frameCount, patch: null, plan: null },
    kind: rate === null ? 'image' : 'video',
    durationTicks: rate === null ? request.durationTicks : ticksAtFrame(frames.frameCount, rate),
    width: video.width * request.scale,
    height: video.height * request.scale,
    by: { kind: 'footage', method, times, isContinued: result.kept > 0 },
    requestHash,
    recipe,
  };
}

/** What the child is asked for. Throws FailureError 'badRequest' for what cannot be made. */
function enhanceRun(
  request: EnhanceRequest,
  frames: FramesWanted,
  graph: EnhanceRun['graph'],
  { folder, ending }: MakeOptions,
): EnhanceRun {
  const { range, video, rate, size } = frames;
  const { name } = range.file;
  if (video.hasAlpha) throw new FailureError('badRequest', sentence('generation.enhanceAlpha', { name }));
  if (rate === null && request.scale === 1 && !request.deblock)
    throw new FailureError('badRequest', sentence('generation.enhanceStill', { name }));
  const made = { width: size.width * request.scale, height: size.height * request.scale };
  if (Math.max(made.width, made.height) > longestSidePx)
    throw new FailureError(
      'badRequest',
      sentence('generation.enhanceTooLarge', { name, size: `${made.width} × ${made.height}`, most: longestSidePx }),
    );
  const samples = opaque(samplesOf(video));
  const common = {
    ...{ task: 'enhance' as const, source: range.file, startTicks: range.startTicks, frameCount: frames.frameCount },
    ...{ sourceRate: rate, samples, scale: request.scale, graph, deblock: request.deblock === true },
    piecesFolder: null,
  };
  if (rate === null) {
    const output = { path: join(folder, 'made.png'), format: 'image2' as const, options: [], rate: { num: 1, den: 1 } };
    return { ...common, startTicks: 0, denoise: 0, deflicker: false, output: { ...output, still: true } };
  }
  const encoding: FilmEncoding | null =
    ending === undefined
      ? takeEncoding(samples.name, colourOf(video), made)
      : filmEncoding(ending.film, samples, colourOf(video), made, ending.lossless);
  if (!encoding || encoding.converted !== null)
    throw new FailureError('badRequest', sentence('generation.smoothEnding', { name, format: video.pixelFormat }));
  const path = join(folder, encoding.format === 'mp4' ? 'made.mp4' : 'made.mkv');
  const { format, options } = encoding;
  return {
    ...{ ...common, denoise: request.denoise, deflicker: request.deflicker },
    output: { path, format, options, rate, still: false },
  };
}

/** A PNG of 8 bits tells how it was made; one of 16 bits is kept as it is, since the writer would reduce it. */
async function stillWithRecipe(
  { samples, output }: EnhanceRun,
  to: string,
  recipe: Record<string, unknown>,
): Promise<void> {
  if (samples.bitDepth > 8) return copyFile(output.path, to);
  const described = sharp(await readFile(output.path)).withExif({ IFD0: { ImageDescription: recipeText(recipe) } });
  await writeFile(to, await described.png().toBuffer());
}

function noticesOf({ gainDb, blockEdges }: EnhanceResult, name: string): readonly Sentence[] {
  return [
    ...(gainDb !== null && gainDb < worthwhileDb ? [sentence('generation.enhanceSoft', { name })] : []),
    ...(blockEdges !== null && blockEdges < noEdges ? [sentence('generation.enhanceNoBlocks', { name })] : []),
  ];
}
