/**
 * A picture put into real footage, or in the place of a thing that is removed: picture and masks as files, the work in
 * the inference child, the result as a patch in the source's own samples. Nothing outside what changes is touched.
 */
import { readFile, writeFile, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { InpaintRequest } from '../../../actions/inpaint/schema.ts';
import { FailureError } from '../../../contract/errors.ts';
import { sentence } from '../../../contract/sentence.ts';
import { colourOf } from '../../../disk/facts.ts';
import { samplesOf } from '../../../ffmpeg/layPatches.ts';
import { opaque, sampleFormatOf } from '../../../ffmpeg/sampleFormat.ts';
import { frameAtTicks, ticksAtFrame } from '../../../time/ticks.ts';
import { encodePatch, encodeStillPatch } from '../../generation/encodePatch.node.ts';
import type { Size } from '../../../render/place.ts';
import type { MakeOptions, Made, MakerContext, MakerDependencies } from '../../generation/made.ts';
import type { PatchShape } from '../../generation/patchShape.ts';
import { makeRecipe, recipeMetadata, recipeText } from '../../generation/recipe.node.ts';
import { hashRequest } from '../../generation/requestHash.node.ts';
import type { ResolvedMask, ResolvedRequest } from '../../generation/resolved.ts';
import { framesWanted, type FramesWanted } from '../framesWanted.ts';
import type { FootageMethod } from '../methods.ts';
import type { PlateResult } from '../plate/plateRun.ts';
import { prepareMasks, type PreparedMasks } from '../plate/prepareMasks.node.ts';
import { interleaved, writeStill } from '../plate/stillFrames.node.ts';
import { noticesOf, takeVerdict } from '../plate/verdictWords.ts';
import { runFootage, type FootageRooms } from '../runFootage.node.ts';
import { trackVerdict } from './additionWords.ts';
import type { AddResult, AddRun, MaskFrames } from './addRun.ts';
import { placedQuad, pointOf } from './placedQuad.ts';
import { preparePicture, type PictureRooms } from './preparePicture.node.ts';

/** Shares of the whole for the progress bar: after preparing, after a removal, before encoding. */
const prepareShare = 0.06;
const removedShare = 0.5;
const encodeShare = 0.9;

type Resolved = ResolvedRequest<InpaintRequest>;

/** Throws FailureError, or AttemptFailed as `runFootage`. */
export async function makeAddition(
  resolved: Resolved,
  method: FootageMethod,
  dependencies: MakerDependencies,
  context: MakerContext,
  options: MakeOptions,
): Promise<Made> {
  const { run, frames, pack, removal } = await prepareAddition(resolved, dependencies, context, options.folder, null);
  const { rate, frameCount, video, size: picture } = frames;
  const from = removal ? removedShare : prepareShare;
  const { result, times } = await runFootage(run, options.folder, dependencies, context, ({ fraction, stage }) =>
    context.report({ fraction: from + (encodeShare - from) * fraction, stage }),
  );
  const track = trackVerdict(result, run, rate);
  if (track.isLostAtOnce) throw new FailureError('badRequest', sentence('add.nothingToFollow'));
  const removed = removal && takeVerdict(removal.verdict, rate);
  for (const said of [track.verdict.sentence, ...track.notices, ...(removed ? noticesOf(removed) : [])])
    context.notice(said);
  // the worse of the two is what is looked at first
  const verdict = removed && track.verdict.kind === 'clean' ? removed : track.verdict;
  const requestHash = hashRequest(resolved.request, resolved.inputKeys, method);
  const recipe = makeRecipe({
    ...{ resolved, requestHash, instruments: null, notices: [verdict.sentence.text] },
    by: { kind: 'footage', method, packs: pack ? [pack] : [], times, found: { verdict, match: result.match } },
    appVersion: dependencies.appVersion,
    runtimeVersion: dependencies.providers.runtimeVersion,
  });
  const file = await encode(result, frames, recipe, context, options);
  return {
    ...file,
    ...{ by: { kind: 'footage', method, times, verdict }, requestHash, recipe, plan: null, rate, frameCount },
    ...{ width: video.width, height: video.height },
    durationTicks: rate ? ticksAtFrame(frameCount, rate) : resolved.request.durationTicks,
    patch: { box: result.box, picture },
  };
}

/** What is asked of the child, and what it rests on. */
export interface PreparedAddition {
  readonly run: AddRun;
  readonly frames: FramesWanted;
  readonly pack: Awaited<ReturnType<typeof preparePicture>>['pack'];
  readonly removal: PlateResult | null;
}

/**
 * Writes picture and masks, and removes what is replaced. `only`: a preview of one frame, counted from the stretch's
 * first; nothing is removed for it.
 */
export async function prepareAddition(
  resolved: Resolved,
  dependencies: PictureRooms,
  context: MakerContext,
  folder: string,
  only: number | null,
): Promise<PreparedAddition> {
  const { request, references, mask, occluder = null } = resolved;
  const { placement } = request;
  const [picture] = references;
  if (!placement || !picture) throw new FailureError('badRequest', sentence('add.needsPicture'));
  const frames = framesWanted(resolved.source);
  const { rate, video, range, size } = frames;
  const isReplacing = request.edit === 'replace';
  if ((isReplacing || placement.anchor === 'thing') && !mask)
    throw new FailureError('badRequest', sentence(isReplacing ? 'add.replaceNeedsMask' : 'add.thingNeedsMask'));
  const atFrame = Math.min(
    frames.frameCount - 1,
    Math.max(0, rate ? frameAtTicks(placement.atTicks, rate) - frameAtTicks(range.startTicks, rate) : 0),
  );
  const count = only === null ? frames.frameCount : 1;
  const prepared = await preparePicture(picture, placement.cutOut, folder, dependencies, context.signal);
  const needsThing = isReplacing || placement.anchor === 'thing';
  const target = { frames, count, context, from: only ?? 0 };
  const thing =
    needsThing && mask ? await writeMask(mask, join(folder, 'thing'), target, isReplacing ? edgePx(size) : 0) : null;
  const before = occluder ? await writeMask(occluder, join(folder, 'occluder'), target) : null;
  context.report({ fraction: prepareShare, stage: 'prepare' });
  const still = rate ? null : await writeStill(frames, folder, context.signal);
  const own = { source: range.file, startTicks: range.startTicks, rate, frameCount: count, picture: size };
  const removal =
    isReplacing && thing && only === null
      ? await remove({ ...own, still, mask: thing.mask, box: thing.box }, folder, dependencies, context)
      : null;
  const run: AddRun = {
    ...{ task: 'add', ...own, still, addition: prepared.addition },
    startTicks: rate && only !== null ? range.startTicks + ticksAtFrame(only, rate) : range.startTicks,
    quad: placedQuad(placement, prepared.addition, size, video),
    atFrame: only === null ? atFrame : 0,
    anchor: placement.anchor,
    point: pointOf(placement, prepared.addition, size, video),
    thing: thing?.mask ?? null,
    occluder: before && { ...before.mask, featherPx: featherOf(occluder!) },
    under: removal &&
      thing && { path: removal.frames.path, box: thing.box, rows: removal.frames.rows, mask: thing.mask },
    ...{ shadow: placement.shadow, shadowSide: placement.shadowSide, light: placement.light, blur: placement.blur },
  };
  return { run, frames, pack: prepared.pack, removal };
}

const featherOf = (mask: ResolvedMask): number => (mask.kind === 'drawn' ? mask.mask.featherPx : mask.featherPx);

interface MaskTarget {
  readonly frames: FramesWanted;
  readonly count: number;
  readonly from: number;
  readonly context: MakerContext;
}

/** A mask ends within a thing's own soft edge: so far around it nothing of what is replaced may stay. */
const edgePx = ({ height }: Size): number => Math.max(1, Math.round(height / 180));

async function writeMask(mask: ResolvedMask, folder: string, target: MaskTarget, growPx = 0): Promise<PreparedMasks> {
  const { frames, count, from, context } = target;
  await mkdir(folder, { recursive: true });
  const prepared = await prepareMasks(mask, {
    ...{ picture: frames.size, rate: frames.rate, frameCount: from + count, folder, growPx },
    samples: frames.rate ? opaque(samplesOf(frames.video)) : sampleFormatOf('gray'),
    ...{ signal: context.signal, onNotice: context.notice },
  });
  return from === 0 || prepared.mask.frameCount === 1
    ? prepared
    : { ...prepared, mask: await lastOf(prepared, folder, frames) };
}

/** The last frame of a mask alone: a preview needs no other. */
async function lastOf({ mask }: PreparedMasks, folder: string, { size }: FramesWanted): Promise<MaskFrames> {
  const path = join(folder, 'one.grey');
  const all = await readFile(mask.path);
  await writeFile(path, all.subarray(all.length - size.width * size.height));
  return { path, frameCount: 1 };
}

async function remove(
  run: Omit<Parameters<typeof runFootage<import('../plate/plateRun.ts').PlateRun>>[0], 'task'>,
  folder: string,
  dependencies: FootageRooms,
  context: MakerContext,
): Promise<PlateResult> {
  const { result } = await runFootage({ task: 'plate', ...run }, folder, dependencies, context, (progress) =>
    context.report({
      fraction: prepareShare + (removedShare - prepareShare) * progress.fraction,
      stage: progress.stage,
    }),
  );
  return result;
}

async function encode(
  { frames, opacityPath, box }: AddResult,
  { size: picture, rate, frameCount, video }: FramesWanted,
  recipe: Record<string, unknown>,
  context: MakerContext,
  { folder }: MakeOptions,
): Promise<Pick<Made, 'path' | 'extension' | 'kind'>> {
  const kept = { from: 0, count: frameCount };
  if (!rate) {
    const path = join(folder, 'take.png');
    // the first plane of an opacity says it all: pixels have no chroma of their own size here
    const opacity = await readFile(opacityPath);
    const onePath = join(folder, 'opacity.grey');
    await writeFile(onePath, opacity.subarray(0, box.width * box.height));
    const file = { path: await interleaved(frames.path, box, picture, folder), frameCount: 1, ...picture };
    await encodeStillPatch({ file, kept }, { box, picture, opacityPath: onePath }, path, recipeText(recipe));
    return { path, extension: 'png', kind: 'image' };
  }
  const shape: PatchShape = { box, picture, opacityPath };
  const path = join(folder, 'take.mkv');
  const file = { path: frames.path, frameCount, width: box.width, height: frames.rows };
  await encodePatch(
    { file, rate, kept, form: 'box' },
    shape,
    { colour: colourOf(video), samples: opaque(samplesOf(video)), rate, frameCount },
    path,
    {
      signal: context.signal,
      metadata: recipeMetadata(recipe),
      onFraction: (done) => context.report({ fraction: encodeShare + (1 - encodeShare) * done, stage: 'compose' }),
    },
  );
  return { path, extension: 'mkv', kind: 'video' };
}
