/** From files named on the command line to a resolved request. */
import { withinLength } from '../../document/nameLength.ts';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, extname, join, resolve } from 'node:path';
import sharp from 'sharp';
import type { StemKind } from '../../../models/families/soundtrack/contract.ts';
import { FailureError } from '../../contract/errors.ts';
import type { RequestBase } from '../../actions/requestBase.ts';
import type { GenerationRequest } from '../../actions/schema.ts';
import type { SoundtrackRequest } from '../../actions/soundtrack/schema.ts';
import type { Mask, SourceRef } from '../../document/refs.ts';
import { assertNever } from '../../time/assertNever.ts';
import { leadTicks, secondsOf, usualWay } from '../../actions/extend/ways.ts';
import { smoothRate } from '../../actions/smooth/smoothRate.ts';
import { formatRate, frameAtTicks, secondsFromTicks, ticksAtFrame, ticksFromSeconds } from '../../time/ticks.ts';
import { cacheKeyOfContent } from '../../disk/cacheFolder.node.ts';
import { contentKeyOf } from '../../disk/contentKey.node.ts';
import { plainSource } from '../media/locateSource.node.ts';
import { probeFile } from '../media/probe.node.ts';
import { onSamples } from '../footage/speech/speechRange.ts';
import { requirePossible } from './requirePossible.ts';
import { sentence } from '../../contract/sentence.ts';
import type { FileGeneration, FileMask } from './fileGeneration.ts';
import { footageMethod, type Origin } from '../footage/methods.ts';
import { originOfFile } from './originOfFile.node.ts';
import type { Placement } from '../../actions/inpaint/placement.ts';
import { placementOf } from './filePlacement.node.ts';
import { stemRecipe } from './stemRecipe.node.ts';
import type { Picture, ResolvedMask, ResolvedRequest, SourceFile, SourceRange } from './resolved.ts';

/** Probes and keys a file. Throws FailureError 'notFound', 'notReadable', 'notMedia' or 'damaged'. */
export async function openSourceFile(path: string): Promise<SourceFile> {
  const full = resolve(path);
  const facts = await probeFile(full);
  const contentKey = await contentKeyOf(full);
  const file = { path: full, contentKey, cacheKey: cacheKeyOfContent(contentKey), facts };
  return { ...plainSource(file), name: basename(full) };
}

type Common = Omit<RequestBase, 'durationTicks'>;

/** The pack that makes a request. */
export interface ChosenPack {
  readonly id: string;
  /** One frame of the pack, for pictures. */
  readonly stillTicks: number;
}

/** How long a picture is taken to last where no pack says it. */
const plainStillTicks = ticksFromSeconds(1 / 25);

type VideoEditRequest = Extract<GenerationRequest, { action: 'inpaint' | 'restyle' }>;

/** A request on files of one action. */
type Asked<A extends FileGeneration['action']> = Extract<FileGeneration, { action: A }>;

/**
 * One resolved request, or one for each stem of a soundtrack. `choosePack` is asked only where a pack makes it: looks
 * and removals on footage need none. Throws FailureError 'badRequest', 'notFound', 'notReadable', 'packMissing'.
 */
export async function resolveFiles(
  request: FileGeneration,
  choosePack: () => Promise<ChosenPack>,
  seed: number,
): Promise<readonly ResolvedRequest[]> {
  const { prompt, steps, guidance } = request;
  const withoutPack = { prompt, seed, steps, guidance, packId: '' };
  if (request.action === 'inpaint' || request.action === 'restyle')
    return [await resolveEdit(request, withoutPack, choosePack)];
  if (request.action === 'bridge') return [await resolveBridge(request, withoutPack)];
  if (request.action === 'cutOut') return [await resolveCutOut(request, withoutPack)];
  const pack = await choosePack();
  const common = { ...withoutPack, packId: pack.id };
  switch (request.action) {
    case 'generate':
      return [await resolveGenerate(request, common, pack.stillTicks)];
    case 'extend':
      return [await resolveExtend(request, common)];
    case 'smooth':
      return [await resolveSmooth(request, common)];
    case 'enhance':
      return [await resolveEnhance(request, common)];
    case 'cleanSpeech':
      return [await resolveCleanSpeech(request, common)];
    case 'soundtrack':
      return request.inputPath === null
        ? resolveSoundAlone(request, common)
        : resolveSoundtrack(request, request.inputPath, common);
    default:
      return assertNever(request);
  }
}

async function resolveGenerate(
  request: Asked<'generate'>,
  common: Common,
  stillTicks: number,
): Promise<ResolvedRequest> {
  const picture = extname(request.outputPath).toLowerCase() === '.png';
  const first = await pictureOf(request.firstFramePath);
  const last = await pictureOf(request.lastFramePath);
  const references = await Promise.all(request.referencePaths.map((path) => pictureOf(path)));
  const asked = {
    ...common,
    action: 'generate' as const,
    durationTicks: picture ? stillTicks : ticksFromSeconds(request.seconds),
    firstFrame: ref(first),
    lastFrame: ref(last),
    references: references.map(ref).filter((item) => item !== null),
    upscale: request.upscale ?? null,
    ...(request.drawn ? { drawn: true as const } : {}),
  };
  return build(asked, {
    firstFrame: first,
    lastFrame: last,
    references: references.filter((item) => item !== null),
  });
}

async function resolveEdit(
  request: Asked<'inpaint' | 'restyle'>,
  common: Common,
  choosePack: () => Promise<ChosenPack>,
): Promise<ResolvedRequest> {
  const file = await openSourceFile(request.inputPath);
  needPicture(file);
  const isStill = file.facts.kind === 'image';
  const range = { file, startTicks: 0, durationTicks: isStill ? plainStillTicks : file.facts.durationTicks };
  const mask = request.mask && (await maskOf(request.mask, file, request.featherPx));
  const origin = await originOfFile(file);
  const edited = {
    ...common,
    durationTicks: range.durationTicks,
    source: wholeInput(range),
    mask: mask?.kind === 'drawn' ? mask.mask : null,
  };
  const reference =
    request.action === 'restyle' && origin === 'footage' ? await pictureOf(request.referencePath ?? null) : null;
  const references = reference ? [reference] : [];
  const put = request.action === 'inpaint' ? await placed(request, file, mask, origin) : null;
  const asked = editOf(request, edited, origin, put ? [put.picture] : references, put?.placement ?? null);
  if (request.action === 'restyle' && request.scope === 'masked' && !mask)
    throw new FailureError('badRequest', sentence('cli.maskNeeded'));
  const isFilm = mask?.kind === 'video';
  if (footageMethod(asked, origin, mask !== null))
    return build(
      asked,
      {
        ...{ source: range, mask, origin },
        references: put ? [put.picture] : references,
        ...(put ? { occluder: put.occluder } : {}),
      },
      isFilm,
    );
  const pack = await choosePack();
  const durationTicks = isStill ? pack.stillTicks : range.durationTicks;
  const source = { ...range, durationTicks };
  const byPack = { ...asked, packId: pack.id, durationTicks, source: wholeInput(source) };
  return build(byPack, { source, mask, origin }, isFilm);
}

async function resolveCutOut(request: Asked<'cutOut'>, common: Common): Promise<ResolvedRequest> {
  const file = await openSourceFile(request.inputPath);
  needPicture(file);
  const durationTicks = file.facts.kind === 'image' ? plainStillTicks : file.facts.durationTicks;
  const range = { file, startTicks: 0, durationTicks };
  const mask = await maskOf(request.mask, file, request.featherPx);
  const drawn = mask.kind === 'drawn' ? mask.mask : null;
  const asked = { ...common, action: 'cutOut' as const, durationTicks, source: wholeInput(range), mask: drawn };
  return build(asked, { source: range, mask, origin: await originOfFile(file) }, drawn === null);
}

/** The picture that is put into footage and its place; null where none is. Throws FailureError 'badRequest'. */
async function placed(
  { placement, edit, featherPx }: Asked<'inpaint'>,
  file: SourceFile,
  mask: ResolvedMask | null,
  origin: Origin,
): Promise<{ placement: Placement; picture: Picture; occluder: ResolvedMask | null } | null> {
  if (edit === 'remove' || origin === 'made') return null;
  if (!placement) throw new FailureError('badRequest', sentence('add.needsPicture'));
  const picture = await pictureOf(placement.picturePath);
  const occluder = placement.front && (await maskOf(placement.front, file, featherPx));
  const replaced = edit === 'replace' ? mask : null;
  const place = await inScratchFolder((folder) => placementOf(placement, file, replaced, folder));
  // a film of masks is no part of the request, as with the other mask
  return {
    placement: { ...place, occluder: occluder?.kind === 'drawn' ? occluder.mask : null },
    picture,
    occluder,
  };
}

async function inScratchFolder<T>(use: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'framewright-mask-'));
  try {
    return await use(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function editOf(
  request: Asked<'inpaint' | 'restyle'>,
  edited: Common & Pick<VideoEditRequest, 'durationTicks' | 'source' | 'mask'>,
  origin: Origin,
  references: readonly Picture[],
  placement: Placement | null,
): VideoEditRequest {
  if (request.action === 'inpaint') {
    const { edit, growPx } = request;
    const grows = edit === 'remove' && origin === 'footage' && growPx;
    const put = placement ? { placement, references: references.map(refOf) } : { references: [] };
    return { ...edited, action: 'inpaint', edit, ...put, ...(grows ? { growPx } : {}) };
  }
  const { keepShapes, scope, strength, keepFaces } = request;
  const asked = { ...edited, action: 'restyle' as const, keepShapes, scope };
  // what a model drew is restyled by a model
  if (origin !== 'footage') return { ...asked, strength: null };
  const learned = references.length > 0 ? { references: references.map(refOf) } : {};
  return { ...asked, strength: strength ?? 1, ...learned, ...(keepFaces ? { keepFaces } : {}) };
}

async function resolveSmooth({ inputPath, to }: Asked<'smooth'>, common: Common): Promise<ResolvedRequest> {
  const file = await openSourceFile(inputPath);
  needPicture(file);
  const { video, durationTicks, kind } = file.facts;
  if (kind === 'image' || !video)
    throw new FailureError('badRequest', sentence('generation.smoothStill', { name: file.name }), file.path);
  const rate =
    to.kind === 'rate'
      ? smoothRate(video.rate, { num: Math.round(to.fps * 1000), den: 1000 }, { num: 1, den: 1 })
      : smoothRate(video.rate, video.rate, { num: Math.round(to.percent * 10), den: 1000 });
  if (rate === null)
    throw new FailureError(
      'badRequest',
      sentence('cli.smoothEnough', { name: file.name, rate: formatRate(video.rate) }),
      file.path,
    );
  const range = { file, startTicks: 0, durationTicks };
  const asked = { ...common, action: 'smooth' as const, durationTicks, source: wholeInput(range), rate };
  return build(asked, { source: range });
}

async function resolveEnhance(request: Asked<'enhance'>, common: Common): Promise<ResolvedRequest> {
  const file = await openSourceFile(request.inputPath);
  needPicture(file);
  const durationTicks = Math.max(1, file.facts.durationTicks);
  const range = { file, startTicks: 0, durationTicks };
  const { scale, compressed, denoise, deflicker, deblock } = request;
  const wanted = { action: 'enhance' as const, scale, compressed, denoise, deflicker, ...(deblock ? { deblock } : {}) };
  return build({ ...common, ...wanted, durationTicks, source: wholeInput(range) }, { source: range });
}

async function resolveCleanSpeech(
  { inputPath, attenuationDb, outputPath }: Asked<'cleanSpeech'>,
  common: Common,
): Promise<ResolvedRequest> {
  const file = await openSourceFile(inputPath);
  const { audio, video, durationTicks } = file.facts;
  if (!audio) throw new FailureError('badRequest', sentence('media.noSound', { name: file.name }), file.path);
  const isSound = extname(outputPath).toLowerCase() === '.wav';
  if (!isSound && !video)
    throw new FailureError('badRequest', sentence('cli.soundOnly', { name: file.name }), file.path);
  const range = { file, ...onSamples({ startTicks: 0, durationTicks: soundLength(file, durationTicks) }, audio) };
  const asked = {
    ...common,
    action: 'cleanSpeech' as const,
    durationTicks: range.durationTicks,
    source: wholeInput(range),
    soundStream: null,
    attenuationDb,
  };
  return build(asked, { source: range });
}

/** Sound by itself ends where it ends; under a picture it may end before that. */
function soundLength({ facts: { audio, video } }: SourceFile, durationTicks: number): number {
  return audio && !video ? Math.min(durationTicks, ticksFromSeconds(audio.endSeconds)) : durationTicks;
}

async function resolveExtend(request: Asked<'extend'>, common: Common): Promise<ResolvedRequest> {
  const file = await openSourceFile(request.inputPath);
  needPicture(file);
  const range = { file, startTicks: 0, durationTicks: Math.max(1, file.facts.durationTicks) };
  const origin = await originOfFile(file);
  const extraTicks = ticksFromSeconds(request.seconds);
  const way = request.way ?? usualWay;
  const lead = origin === 'footage' ? leadTicks(way, extraTicks, range.durationTicks) : 0;
  const asked = {
    ...common,
    action: 'extend' as const,
    durationTicks: extraTicks + lead,
    direction: request.direction,
    source: wholeInput(range),
    ...(origin === 'footage' ? { way, ...(lead > 0 ? { leadTicks: lead } : {}) } : {}),
  };
  return build(asked, { source: range, origin });
}

/** Where both films are shown meanwhile, the bridge lies over the end of one and the start of the other. */
async function resolveBridge(request: Asked<'bridge'>, common: Common): Promise<ResolvedRequest> {
  const [before, after] = [await openSourceFile(request.inputPath), await openSourceFile(request.nextPath)];
  needPicture(before);
  needPicture(after);
  const { way } = request;
  const { rate } = before.facts.video!;
  const isOver = way !== 'morph' && before.facts.kind !== 'image' && after.facts.kind !== 'image';
  const shorter = Math.min(before.facts.durationTicks, after.facts.durationTicks);
  const wanted = ticksFromSeconds(request.seconds);
  if (isOver && 2 * wanted > shorter)
    throw new FailureError('badRequest', sentence('cli.bridgeTooLong', { seconds: secondsOf(shorter / 2) }));
  const frames = Math.max(1, frameAtTicks(wanted, rate));
  const over = isOver ? ticksAtFrame(frames, rate) : 0;
  const lastFrame = ticksAtFrame(Math.max(0, frameAtTicks(before.facts.durationTicks, rate) - 1), rate);
  const firstFrame = { file: before, ticks: before.facts.kind === 'image' ? 0 : Math.max(0, lastFrame - over) };
  const next = { file: after, ticks: over };
  const asked = {
    ...common,
    ...{ action: 'fillGap' as const, durationTicks: ticksAtFrame(frames, rate), references: [], way },
    ...{ firstFrame: refOf(firstFrame), lastFrame: refOf(next) },
  };
  return build(asked, { firstFrame, lastFrame: next, origin: 'footage' });
}

function stemRequest(
  request: Asked<'soundtrack'>,
  common: Common,
  stem: StemKind,
  durationTicks: number,
): SoundtrackRequest {
  return {
    ...common,
    action: 'soundtrack',
    durationTicks,
    stem,
    source: null,
    sequenceRange: null,
    hitTicks: request.hitSeconds.map(ticksFromSeconds),
    tempoBpm: request.tempoBpm,
    loudnessLufs: request.loudnessLufs ?? null,
  };
}

/** Sound from words, without a film. */
function resolveSoundAlone(request: Asked<'soundtrack'>, common: Common): readonly ResolvedRequest[] {
  const { prompt, outputPath, stems, seconds } = request;
  if (prompt.trim() === '') throw new FailureError('badRequest', sentence('cli.soundNeedsWords'));
  if (extname(outputPath).toLowerCase() !== '.wav')
    throw new FailureError('badRequest', sentence('cli.soundIsWav', { name: basename(outputPath) }), outputPath);
  const durationTicks = ticksFromSeconds(seconds ?? 0);
  return stems.map((stem) => build(stemRequest(request, common, stem, durationTicks), {}));
}

async function resolveSoundtrack(
  request: Asked<'soundtrack'>,
  inputPath: string,
  common: Common,
): Promise<readonly ResolvedRequest[]> {
  const file = await openSourceFile(inputPath);
  const { name, path, facts } = file;
  if (facts.kind === 'image') throw new FailureError('badRequest', sentence('cli.pictureHasNoTime', { name }), path);
  const range = { file, startTicks: 0, durationTicks: facts.durationTicks };
  if (request.part) return [await partOf(request, request.part, common, range)];
  return request.stems.map((stem) =>
    build({ ...stemRequest(request, common, stem, range.durationTicks), source: wholeInput(range) }, { source: range }),
  );
}

/** The stem's own recipe says which stem it is and what the whole was made with. */
async function partOf(
  request: Asked<'soundtrack'>,
  part: NonNullable<typeof request.part>,
  common: Common,
  range: SourceRange,
): Promise<ResolvedRequest> {
  const file = await openSourceFile(part.stemPath);
  const recipe = await stemRecipe(file);
  const [only] = request.stems;
  const stem = request.stems.length === 1 && only ? only : recipe?.parameters.stem;
  if (!stem) throw new FailureError('badRequest', sentence('cli.unknownStem', { name: file.name }), file.path);
  const { durationTicks } = file.facts;
  const startTicks = ticksFromSeconds(part.fromSeconds);
  if (startTicks >= durationTicks)
    throw new FailureError(
      'badRequest',
      sentence('cli.rangeAfterEnd', { name: file.name, seconds: secondsFromTicks(durationTicks).toFixed(1) }),
      file.path,
    );
  const anew = {
    startTicks,
    durationTicks: Math.min(durationTicks, ticksFromSeconds(part.toSeconds)) - startTicks,
    prompt: request.prompt,
  };
  const root = {
    rootPrompt: recipe?.part?.rootPrompt ?? recipe?.prompt ?? request.prompt,
    rootSeed: recipe?.part?.rootSeed ?? recipe?.seed ?? common.seed,
  };
  const asked: SoundtrackRequest = {
    ...common,
    action: 'soundtrack',
    sequenceRange: null,
    prompt: root.rootPrompt,
    durationTicks,
    stem,
    hitTicks: request.hitSeconds.map(ticksFromSeconds),
    tempoBpm: request.tempoBpm ?? recipe?.parameters.tempoBpm ?? null,
    part: { takeId: 'stem', ...anew },
    source: wholeInput(range),
  };
  return build(asked, {
    source: { ...range, durationTicks: Math.min(range.durationTicks, durationTicks) },
    part: { file, ...anew, ...root },
  });
}

function build(
  request: GenerationRequest,
  parts: Partial<
    Pick<
      ResolvedRequest,
      'firstFrame' | 'lastFrame' | 'references' | 'source' | 'mask' | 'occluder' | 'part' | 'origin'
    >
  >,
  maskIsVideo = false,
): ResolvedRequest {
  // a mask that is a video is not part of the request, but counts as a mask
  requirePossible(
    maskIsVideo && 'mask' in request
      ? { ...request, mask: { kind: 'box', x: 0, y: 0, width: 1, height: 1, featherPx: 0 } }
      : request,
  );
  const resolved: ResolvedRequest = {
    inputKeys: [],
    request,
    origin: 'made',
    firstFrame: null,
    lastFrame: null,
    references: [],
    source: null,
    mask: null,
    renderPicture: null,
    sourceOffsetTicks: 0,
    parentTakeId: null,
    ...parts,
  };
  const files = [
    resolved.source?.file,
    ...(resolved.part ? [resolved.part.file] : []),
    resolved.firstFrame?.file,
    resolved.lastFrame?.file,
    ...resolved.references.map((picture) => picture.file),
    resolved.mask?.kind === 'video' ? resolved.mask.file : undefined,
    ...(resolved.occluder?.kind === 'video' ? [resolved.occluder.file] : []),
  ];
  return { ...resolved, inputKeys: files.map((file) => file?.contentKey ?? '') };
}

/** The one file that an edit on the command line is of. */
function wholeInput({ durationTicks }: SourceRange): SourceRef {
  return { kind: 'media', id: 'input', startTicks: 0, durationTicks };
}

function ref(picture: Picture | null) {
  return picture && refOf(picture);
}

function refOf({ file, ticks }: Picture) {
  return { kind: 'media' as const, mediaId: withinLength(file.name, 64), sourceTicks: ticks };
}

async function pictureOf(path: string): Promise<Picture>;
async function pictureOf(path: string | null): Promise<Picture | null>;
async function pictureOf(path: string | null): Promise<Picture | null> {
  if (path === null) return null;
  const file = await openSourceFile(path);
  needPicture(file);
  return { file, ticks: 0 };
}

function needPicture(file: SourceFile): void {
  if (!file.facts.video)
    throw new FailureError('badRequest', sentence('request.noPicture', { name: file.name }), file.path);
}

async function maskOf(mask: FileMask, source: SourceFile, featherPx: number): Promise<ResolvedMask> {
  const { width, height } = source.facts.video ?? { width: 1, height: 1 };
  if (mask.kind === 'box') {
    if (mask.x >= width || mask.y >= height || mask.x + mask.width <= 0 || mask.y + mask.height <= 0) {
      throw new FailureError(
        'badRequest',
        sentence('cli.boxOutside', {
          box: `${mask.x},${mask.y},${mask.width},${mask.height}`,
          name: source.name,
          size: `${width}x${height}`,
        }),
      );
    }
    const box: Mask = {
      kind: 'box',
      x: mask.x / width,
      y: mask.y / height,
      width: mask.width / width,
      height: mask.height / height,
      featherPx,
    };
    return { kind: 'drawn', mask: box };
  }
  const path = resolve(mask.path);
  const file = await openSourceFile(path);
  needPicture(file);
  const own = file.facts.video!;
  if (Math.abs((own.width * height) / (own.height * width) - 1) > 0.01) {
    throw new FailureError(
      'badRequest',
      sentence('cli.maskShape', {
        mask: file.name,
        maskSize: `${own.width}x${own.height}`,
        name: source.name,
        size: `${width}x${height}`,
      }),
      path,
    );
  }
  if (file.facts.kind !== 'image') return { kind: 'video', file, featherPx };
  const png = await sharp(await readFile(path))
    .autoOrient()
    .png()
    .toBuffer();
  return {
    kind: 'drawn',
    mask: { kind: 'painted', png: `data:image/png;base64,${png.toString('base64')}`, featherPx },
  };
}
