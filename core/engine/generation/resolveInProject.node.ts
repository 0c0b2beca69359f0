/** A request's materials as a project has them. Only records are read here; files are opened when the job runs. */
import { actionOf } from '../../actions/actions.ts';
import { materialsOf, type RequestMaterials } from '../../actions/materials.ts';
import { FailureError } from '../../contract/errors.ts';
import { sentence } from '../../contract/sentence.ts';
import type { FollowedMask, PictureRef, SequenceRange, SourceRef } from '../../document/refs.ts';
import type { Clip, GenerationRequest, Mask, ProjectDocument, Take } from '../../document/schema.ts';
import { frameAtTicks, intersectRanges, ticksAtFrame } from '../../time/ticks.ts';
import type { MediaRoom } from '../media/mediaService.node.ts';
import { originOf, originOfPictures } from '../../render/origin.ts';
import { sourceOfMedia, sourceOfTake } from '../../render/playedSource.ts';
import { keysOfName } from '../../disk/cacheFolder.node.ts';
import { locateSource, plainSource } from '../media/locateSource.node.ts';
import { probeFile } from '../media/probe.node.ts';
import type { JobContext, RenderService } from '../services.node.ts';
import type { Origin } from '../footage/methods.ts';
import { onSamples, soundOf } from '../footage/speech/speechRange.ts';
import { requirePossible } from './requirePossible.ts';
import { canonical } from './requestHash.node.ts';
import type { Picture, ResolvedMask, ResolvedPart, ResolvedRequest, SourceFile, SourceRange } from './resolved.ts';

interface Surroundings {
  readonly projectId: string;
  readonly document: ProjectDocument;
  readonly media: MediaRoom;
  readonly render: RenderService;
  /** The film of a mask that follows, or what stands in for it where nothing is made. */
  readonly film: (range: SourceRange, mask: FollowedMask) => Promise<SourceFile>;
}

function lost(kind: 'media' | 'take', id: string): FailureError {
  return new FailureError(
    'notFound',
    sentence(kind === 'media' ? 'generation.mediaGone' : 'generation.inputTakeGone', { id }),
  );
}

function fail(error: Error): never {
  throw error;
}

/** Content keys of a request's inputs, in a fixed order. Throws FailureError 'notFound' when the document lacks one. */
export function inputKeysOf(request: GenerationRequest, document: ProjectDocument): readonly string[] {
  const keyOf = (kind: 'media' | 'take', id: string): string => {
    if (kind === 'media') return document.media[id]?.contentKey ?? fail(lost(kind, id));
    const take = document.takes[id] ?? fail(lost(kind, id));
    const { file, patches } = sourceOfTake(document, take);
    if (patches.length === 0) return take.file;
    // a patch shows the layers below it too
    return [keyOf(file.kind, file.id), ...patches.map(({ takeId }) => document.takes[takeId]?.file)].join(' ');
  };
  const refKey = (ref: PictureRef | null): string =>
    ref === null ? '' : ref.kind === 'media' ? keyOf('media', ref.mediaId) : keyOf('take', ref.takeId);
  const { source, firstFrame, lastFrame, references, sequenceRange } = materialsOf(request);
  return [
    source === null ? '' : keyOf(source.kind, source.id),
    refKey(firstFrame),
    refKey(lastFrame),
    ...references.map(refKey),
    ...(sequenceRange ? [pictureKey(sequenceRange, document)] : []),
  ];
}

/**
 * What lies below all patches of the source: a media file is footage, and so is what a method made of footage. A gap
 * has no source, but neighbours: with one of footage it is bridged as footage is.
 */
export function originIn(request: GenerationRequest, document: Pick<ProjectDocument, 'media' | 'takes'>): Origin {
  const { source, firstFrame, lastFrame } = materialsOf(request);
  if (source !== null) return originOf(source, document);
  return request.action === 'fillGap' ? originOfPictures([firstFrame, lastFrame], document) : 'made';
}

function clipsSeen(range: SequenceRange, document: ProjectDocument): readonly (readonly Clip[])[] {
  const sequence = document.sequences[range.sequenceId];
  if (!sequence) throw new FailureError('notFound', sentence('generation.sequenceGone'));
  const shown = sequence.tracks.filter((track) => track.kind === 'video' && !track.hidden);
  return shown.map((track) => track.clips.filter((clip) => clip.enabled && intersectRanges(clip, range) !== null));
}

/** What is seen in a range of a sequence: a soundtrack for it is stale when that changes. */
function pictureKey(range: SequenceRange, document: ProjectDocument): string {
  const described = clipsSeen(range, document).map((clips) =>
    clips.map(
      ({
        startTicks,
        durationTicks,
        reference,
        sourceInTicks,
        speed,
        reversed,
        transform,
        crop,
        opacity,
        generation,
      }) => ({
        startTicks,
        durationTicks,
        reference,
        sourceInTicks,
        speed,
        reversed,
        transform,
        crop,
        opacity,
        take: generation?.activeTakeId ?? null,
        content: reference.kind === 'media' ? document.media[reference.mediaId]?.contentKey : null,
      }),
    ),
  );
  return canonical(described);
}

/** Throws FailureError with a sentence for what is missing or makes no sense. */
export async function resolveInProject(request: GenerationRequest, around: Surroundings): Promise<ResolvedRequest> {
  requirePossible(request);
  const { projectId, document, media } = around;
  const inputKeys = inputKeysOf(request, document);

  const fileOf = async (kind: 'media' | 'take', id: string): Promise<SourceFile> => {
    const record = kind === 'media' ? document.media[id] : document.takes[id];
    if (!record) throw lost(kind, id);
    const source = 'contentKey' in record ? sourceOfMedia(record) : sourceOfTake(document, record);
    const name = 'contentKey' in record ? record.name : record.file;
    return { ...(await locateSource(media, projectId, source)), name };
  };
  const pictureOf = async (ref: PictureRef | null): Promise<Picture | null> =>
    ref === null
      ? null
      : {
          file: await (ref.kind === 'media' ? fileOf('media', ref.mediaId) : fileOf('take', ref.takeId)),
          ticks: ref.sourceTicks,
        };
  const rangeOf = async (ref: SourceRef | null) =>
    ref === null
      ? null
      : { file: await fileOf(ref.kind, ref.id), startTicks: ref.startTicks, durationTicks: ref.durationTicks };

  const asked = materialsOf(request);
  const range = asked.sequenceRange;
  const given = await rangeOf(asked.source);
  const source = given && placed(request, given);
  const references = await Promise.all(asked.references.map(pictureOf));
  return {
    request,
    origin: originIn(request, document),
    firstFrame: await pictureOf(asked.firstFrame),
    lastFrame: await pictureOf(asked.lastFrame),
    references: references.filter((picture) => picture !== null),
    source,
    mask: asked.mask && (await maskOf(asked.mask, source, around)),
    ...(await occluderOf(request, source, around)),
    // over an empty stretch of the timeline the words alone say what is heard
    renderPicture:
      range && clipsSeen(range, document).some((clips) => clips.length > 0) ? pictureOfRange(range, around) : null,
    mostSeen: range && request.prompt.trim() === '' ? await mostSeen(range, document, fileOf) : null,
    about: wordsOfEdited(request, document),
    part: await partOf(asked, document, fileOf),
    inputKeys,
    sourceOffsetTicks: asked.source?.kind === 'take' ? (document.takes[asked.source.id]?.sourceStartTicks ?? 0) : 0,
    parentTakeId: asked.part?.takeId ?? (asked.source?.kind === 'take' ? asked.source.id : null),
  };
}

/** A mask that follows comes as the film it was carried into. */
async function maskOf(mask: Mask, source: SourceRange | null, { film }: Surroundings): Promise<ResolvedMask> {
  if (mask.kind !== 'followed') return { kind: 'drawn', mask };
  if (!source) throw new FailureError('badRequest', sentence('mask.onlyFilms'));
  return { kind: 'video', file: await film(source, mask), featherPx: mask.featherPx };
}

/** What stands before a picture that is put into footage. */
async function occluderOf(
  request: GenerationRequest,
  source: SourceRange | null,
  around: Surroundings,
): Promise<Pick<ResolvedRequest, 'occluder'>> {
  const occluder = request.action === 'inpaint' ? (request.placement?.occluder ?? null) : null;
  return occluder ? { occluder: await maskOf(occluder, source, around) } : {};
}

/** Renders a range of the timeline without its stems when it is needed. */
function pictureOfRange(
  range: NonNullable<RequestMaterials['sequenceRange']>,
  { projectId, render }: Surroundings,
): NonNullable<ResolvedRequest['renderPicture']> {
  return async (signal) => {
    const { sequenceId, startTicks, durationTicks } = range;
    const shown = { startTicks, durationTicks };
    const outputPath = await render.renderWithoutStems(projectId, sequenceId, shown, quietContext(signal));
    const facts = await probeFile(outputPath);
    const file = plainSource({ path: outputPath, facts, ...keysOfName(outputPath) });
    return { file: { ...file, name: 'the timeline' }, startTicks: 0, durationTicks };
  };
}

/** What the take that is changed or continued shows, in the words that made it; null where the request has no take. */
export function wordsOfEdited(request: GenerationRequest, document: Pick<ProjectDocument, 'takes'>): string | null {
  const { source, firstFrame } = materialsOf(request);
  const id = source?.kind === 'take' ? source.id : firstFrame?.kind === 'take' ? firstFrame.takeId : null;
  const take = id === null ? undefined : document.takes[id];
  return take ? take.rewrittenPrompt || take.prompt : null;
}

/** The stem as it is, and the take whose first part was regenerated: words and seed of the whole are that one's. */
async function partOf(
  { part }: RequestMaterials,
  document: ProjectDocument,
  fileOf: (kind: 'media' | 'take', id: string) => Promise<SourceFile>,
): Promise<ResolvedPart | null> {
  if (!part) return null;
  let root = document.takes[part.takeId];
  if (root?.kind !== 'audio') throw new FailureError('notFound', sentence('generation.takeGone'));
  for (let before = root.parentTakeId; before !== null; before = root.parentTakeId) {
    const parent: Take | undefined = document.takes[before];
    if (!parent) break;
    root = parent;
  }
  return {
    file: await fileOf('take', part.takeId),
    startTicks: part.startTicks,
    durationTicks: part.durationTicks,
    prompt: part.prompt,
    rootPrompt: root.prompt,
    rootSeed: root.seed,
  };
}

/** The clip with a picture that fills most of the range, as a range of its file. */
async function mostSeen(
  range: SequenceRange,
  document: ProjectDocument,
  fileOf: (kind: 'media' | 'take', id: string) => Promise<SourceFile>,
): Promise<SourceRange | null> {
  const clips = clipsSeen(range, document)
    .flat()
    .toSorted(
      (a, b) => (intersectRanges(b, range)?.durationTicks ?? 0) - (intersectRanges(a, range)?.durationTicks ?? 0),
    );
  for (const clip of clips) {
    const takeId = clip.generation?.activeTakeId ?? null;
    const file =
      clip.reference.kind === 'media'
        ? await fileOf('media', clip.reference.mediaId)
        : takeId === null
          ? null
          : await fileOf('take', takeId);
    if (file?.facts.video)
      return {
        file,
        startTicks: file.facts.kind === 'image' ? 0 : clip.sourceInTicks,
        durationTicks: clip.durationTicks,
      };
  }
  return null;
}

/** A range on whole frames or samples, where the take is to stand in the source's place. */
function placed(request: GenerationRequest, range: SourceRange): SourceRange {
  if (request.action === 'cleanSpeech') {
    const sound = soundOf(range.file.facts.sounds, request.soundStream);
    return sound ? { ...range, ...onSamples(range, sound) } : range;
  }
  return actionOf(request).editsSource ? onFrames(range) : range;
}

/** Whole frames of the source that cover the range: the take's frames are then the source's, one for one. */
function onFrames(range: SourceRange): SourceRange {
  const { kind, video } = range.file.facts;
  if (kind !== 'video' || !video) return range;
  const startTicks = ticksAtFrame(frameAtTicks(range.startTicks, video.rate), video.rate);
  return { ...range, startTicks, durationTicks: range.startTicks + range.durationTicks - startTicks };
}

/** A render inside a generation: its progress is not reported, its end is. */
function quietContext(signal: AbortSignal): JobContext {
  const silent = (): void => undefined;
  return {
    jobId: 'inside',
    attempt: 1,
    signal,
    logger: { info: silent, warn: silent, error: silent },
    report: silent,
    notice: silent,
    setDevice: silent,
  };
}
