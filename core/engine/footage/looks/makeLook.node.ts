/**
 * A restyle of footage as one run of ffmpeg: the source's frames through the looks' graph into the take. Nothing leaves
 * the source's size and rate; under a mask the take is a patch in the source's own samples.
 */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { looks as catalogue } from '../../../actions/restyle/looks.ts';
import { readLooks, type LookReading } from '../../../actions/restyle/readLooks.ts';
import type { RestyleRequest } from '../../../actions/restyle/schema.ts';
import { FailureError } from '../../../contract/errors.ts';
import { sentence } from '../../../contract/sentence.ts';
import { format } from '../../../ffmpeg/colour.ts';
import { halfRows, samplesOf } from '../../../ffmpeg/layPatches.ts';
import type { OutputOption } from '../../../ffmpeg/option.ts';
import { opaque, sampleFormatOf } from '../../../ffmpeg/sampleFormat.ts';
import { requireFrames } from '../../../ffmpeg/requireFrames.node.ts';
import { runFfmpeg, runFrames } from '../../../ffmpeg/run.node.ts';
import { ticksAtFrame, type Rate } from '../../../time/ticks.ts';
import { encodeStillPatch, patchEncoding } from '../../generation/encodePatch.node.ts';
import type { PatchShape, PatchTarget } from '../../generation/patchShape.ts';
import { losslessTakeOptions, takeVideoOptions } from '../../generation/encodeTake.node.ts';
import { writeOpacity } from '../../generation/gatherInputs.node.ts';
import type { MakeOptions, Made, MakerContext, MakerDependencies } from '../../generation/made.ts';
import { patchTarget } from '../../generation/makeVideo.node.ts';
import { makeRecipe, recipeMetadata, recipeText } from '../../generation/recipe.node.ts';
import { hashRequest } from '../../generation/requestHash.node.ts';
import type { ResolvedRequest } from '../../generation/resolved.ts';
import { reportShare } from '../../inference/reportShare.ts';
import type { StageTimes } from '../../inference/stageClock.ts';
import type { PackManifest } from '../../../../models/families/pack.ts';
import { runFootage } from '../runFootage.node.ts';
import { withRecipe } from '../withRecipe.node.ts';
import { framesWanted, type FramesWanted } from '../framesWanted.ts';
import type { FootageMethod } from '../methods.ts';
import { asVideo } from './drawLooks.ts';
import { looksOfScenes, looksOfSkies } from './lookDrawings.ts';
import { lookGraph, type LooksWanted } from './lookGraph.node.ts';
import { patchOfLook } from './patchOfLook.node.ts';
import { learnFrom } from './reference/learnFrom.node.ts';
import { peopleFinder } from './scene/peopleFinder.node.ts';
import type { Scene, SceneWanted } from './scene/sceneRun.ts';
import { isSettled } from './settle/settledLooks.ts';
import type { SettleRun } from './settle/settleRun.ts';
import type { CoverFile } from './stage.ts';
import { writePlates } from './writePlates.node.ts';

/** Shares of the progress that are over when ffmpeg starts: without and with a look at the scene. */
const plateShare = 0.03;
const sceneShare = 0.3;
/** What a photograph is read at: any rate does. */
const stillRate: Rate = { num: 25, den: 1 };

type LookDependencies = Pick<MakerDependencies, 'appVersion' | 'providers' | 'packs' | 'inference'>;

/** Throws FailureError as `runFfmpeg` and masks do, 'badRequest' for words that name no look. */
export async function makeLook(
  resolved: ResolvedRequest<RestyleRequest>,
  method: FootageMethod,
  dependencies: LookDependencies,
  context: MakerContext,
  options: MakeOptions,
): Promise<Made> {
  const startedMs = performance.now();
  context.setDevice('CPU');
  const { request } = resolved;
  const reading = readLooks(request.prompt);
  if (reading.looks.length === 0 && resolved.references.length === 0)
    throw new FailureError('badRequest', sentence('request.styleWithoutWords'));
  const run = await prepare(resolved, reading, dependencies, context, options);
  const { frames, shape, packs } = run;
  const requestHash = hashRequest(request, resolved.inputKeys, method);
  const recipe = (times: StageTimes) =>
    makeRecipe({
      resolved,
      by: { kind: 'footage', method, packs, times, found: foundIn(reading) },
      requestHash,
      instruments: null,
      appVersion: dependencies.appVersion,
      runtimeVersion: dependencies.providers.runtimeVersion,
      notices: [],
    });
  const drawn = await (frames.rate === null ? makeStill : makeFilm)(run, recipe(noTimes));
  const times = { ...noTimes, codingSeconds: (performance.now() - startedMs) / 1000 };
  return {
    ...drawn,
    durationTicks: frames.rate === null ? request.durationTicks : ticksAtFrame(frames.frameCount, frames.rate),
    rate: frames.rate,
    frameCount: frames.frameCount,
    patch: shape && { box: shape.box, picture: shape.picture },
    plan: null,
    by: { kind: 'footage', method, times, words: wordsOfReading(reading) },
    requestHash,
    recipe: recipe(times),
  };
}

/** Writes the mask and the plates: all that ffmpeg reads beside the source. */
async function prepare(
  resolved: ResolvedRequest<RestyleRequest>,
  { looks }: LookReading,
  dependencies: LookDependencies,
  context: MakerContext,
  options: MakeOptions,
): Promise<LookRun> {
  const { request, mask, source } = resolved;
  const frames = framesWanted(source);
  const masked = mask !== null && request.scope !== 'everything';
  if (!masked && request.scope === 'background') context.notice(sentence('generation.noMask'));
  const keepFaces = request.keepFaces === true;
  const rate = frames.rate ?? stillRate;
  const [picture] = resolved.references;
  const learned = picture ? await learnFrom(picture, frames.range, context.signal) : null;
  const seen = await lookAt({ ...frames, rate, coded: frames.size }, looks, keepFaces, dependencies, context, options);
  const wanted: LooksWanted = {
    ...frames,
    rate,
    looks,
    learned,
    keepFaces,
    scene: seen.scene,
    strength: request.strength ?? 1,
    size: masked ? 'coded' : 'shown',
    folder: options.folder,
  };
  const gather = {
    folder: options.folder,
    signal: context.signal,
    onFraction: () => undefined,
    onNotice: context.notice,
  };
  const isOutside = request.scope === 'background';
  const shape = masked ? await writeOpacity(mask, isOutside, frames.range, wanted, gather) : null;
  const covered = { ...wanted, cover: shape && coverOf(shape, frames) };
  await writePlates(lookGraph(covered, frames.size).stage, context.signal);
  const preparedShare = seen.scene ? sceneShare : plateShare;
  context.report({ fraction: preparedShare, stage: 'compose' });
  return { wanted: covered, frames, shape, context, options, dependencies, packs: seen.packs, preparedShare };
}

/** Looks at the scene where a look is better for it, or faces are kept. */
async function lookAt(
  wanted: SceneWanted,
  looks: LookReading['looks'],
  keepFaces: boolean,
  dependencies: LookDependencies,
  context: MakerContext,
  { folder }: MakeOptions,
): Promise<{ scene: Scene | null; packs: readonly PackManifest[] }> {
  if (!keepFaces && !looks.some((look) => looksOfScenes.has(look))) return { scene: null, packs: [] };
  const people = keepFaces ? await peopleFinder(dependencies.packs) : null;
  const run = { task: 'scene' as const, ...wanted, people: people && people.finder };
  const progress = reportShare(context, { from: 0, share: sceneShare });
  const { result } = await runFootage(run, folder, dependencies, context, progress);
  const { scene } = result;
  if (keepFaces && !scene.hasSkin) context.notice(sentence('look.noFaces'));
  if (!scene.hasSky && looks.some((look) => looksOfSkies.has(look))) context.notice(sentence('look.noSky'));
  return { scene, packs: people ? [people.manifest] : [] };
}

/** What the recipe says of the words. */
function foundIn({ looks, used, unused }: LookReading): Record<string, unknown> {
  return { rewrittenPrompt: namesOf(looks), usedWords: used, unknownWords: unused, looks };
}

const noTimes: StageTimes = { loadSeconds: 0, stepSeconds: 0, codingSeconds: 0 };

/** What became of the words, as takes keep it. */
export function wordsOfReading({ looks, used, unused }: LookReading) {
  return { rewrittenPrompt: namesOf(looks), usedWords: [...used], unknownWords: [...unused] };
}

function namesOf(looks: LookReading['looks']): string {
  return looks.map((id) => catalogue[id].words[0]).join(', ');
}

/** One run of ffmpeg and what it is for. */
interface LookRun {
  readonly wanted: LooksWanted;
  readonly frames: FramesWanted;
  readonly shape: PatchShape | null;
  readonly context: MakerContext;
  readonly options: MakeOptions;
  readonly dependencies: LookDependencies;
  /** Whose graphs ran. */
  readonly packs: readonly PackManifest[];
  /** Share of the progress that is over when ffmpeg starts. */
  readonly preparedShare: number;
}

type Drawn = Pick<Made, 'path' | 'extension' | 'kind' | 'width' | 'height'>;

async function makeFilm(run: LookRun, recipe: Record<string, unknown>): Promise<Drawn> {
  const { wanted, shape, options } = run;
  const extension = shape ? ('mkv' as const) : ('mp4' as const);
  const path = join(options.folder, `take.${extension}`);
  if (isSettled(wanted.looks) && wanted.strength > 0) {
    // the recipe does not cross to the child
    const output = { path: join(options.folder, `drawn.${extension}`), ...encodingOf(run, []) };
    await makeSettled(run, output);
    await withRecipe(output, path, recipe, run.context.signal);
  } else await makeDirectly(run, { path, ...encodingOf(run, recipeMetadata(recipe)) });
  return { path, extension, kind: 'video', ...sizeOf(run) };
}

type FilmOutput = SettleRun['output'];

/** How the film is written. */
function encodingOf({ wanted, shape, options }: LookRun, metadata: readonly OutputOption[]): Omit<FilmOutput, 'path'> {
  return shape
    ? patchEncoding(wanted.rate, metadata)
    : {
        format: 'mp4',
        options: [['r', wanted.rate], ...(options.lossless ? losslessTakeOptions : takeVideoOptions), ...metadata],
      };
}

/** In one run of ffmpeg. */
async function makeDirectly(run: LookRun, { path, format: container, options }: FilmOutput): Promise<void> {
  const { wanted, frames, shape, context } = run;
  const result = await runFrames((rereads) => {
    const { graph, stage, drawn } = lookGraph(wanted, frames.size, rereads);
    const picture = shape ? patchOfLook(graph, drawn, shape, targetOf(run)) : asVideo(stage, drawn);
    return {
      graph,
      outputs: [{ to: path, streams: [picture], format: container, options }],
      signal: context.signal,
      about: wanted.range.file.path,
      onProgress: ({ frame }) => reportDrawn(run, Math.min(1, frame / wanted.frameCount)),
    };
  });
  requireFrames(result, wanted.frameCount);
}

/** In the inference child, where strokes are kept in their places over time. */
async function makeSettled(run: LookRun, output: FilmOutput): Promise<void> {
  const { wanted, frames, shape, context, options, dependencies } = run;
  const patch = shape && { shape, target: targetOf(run) };
  const task = { task: 'settle' as const, wanted, coded: frames.size, patch, output };
  await runFootage(task, options.folder, dependencies, context, ({ fraction }) => reportDrawn(run, fraction));
}

function reportDrawn({ context, preparedShare }: LookRun, fraction: number): void {
  context.report({ fraction: preparedShare + (1 - preparedShare) * fraction, stage: 'compose' });
}

/** The patch's opacity, for looks that must not see what lies outside it. */
function coverOf({ opacityPath, box }: PatchShape, { rate, video }: FramesWanted): CoverFile {
  const samples = rate === null ? sampleFormatOf('gray') : opaque(samplesOf(video));
  return { path: opacityPath, samples, rows: halfRows(box.height, samples), box };
}

function targetOf({ wanted }: LookRun): PatchTarget {
  return patchTarget(wanted.range.file, wanted);
}

function sizeOf({ wanted, shape, frames }: LookRun): { width: number; height: number } {
  const { stage } = lookGraph(wanted, frames.size);
  return shape ? { width: wanted.video.width, height: wanted.video.height } : { ...stage.frames.size };
}

/** A photograph: a PNG by itself, or a patch with alpha. */
async function makeStill(run: LookRun, recipe: Record<string, unknown>): Promise<Drawn> {
  const { wanted, frames, shape, context, options } = run;
  const { graph, stage, drawn } = lookGraph(wanted, frames.size);
  const { width, height } = stage.frames.size;
  const rawPath = join(options.folder, 'made.rgb');
  await runFfmpeg({
    graph,
    outputs: [
      { to: rawPath, streams: [stage.chain(drawn, format('rgb24'))], format: 'rawvideo', options: [['frames:v', 1]] },
    ],
    signal: context.signal,
    about: wanted.range.file.path,
  });
  const path = join(options.folder, 'take.png');
  const description = recipeText(recipe);
  if (shape) {
    const file = { path: rawPath, frameCount: 1, width, height };
    await encodeStillPatch({ file, kept: { from: 0, count: 1 } }, shape, path, description);
  } else {
    const data = await readFile(rawPath);
    const picture = sharp(data, { raw: { width, height, channels: 3 } });
    await writeFile(
      path,
      await picture
        .withExif({ IFD0: { ImageDescription: description } })
        .png()
        .toBuffer(),
    );
  }
  return { path, extension: 'png', kind: 'image', ...sizeOf(run) };
}
