/** The files behind what a clip plays: its own, or its source's and the patches over it. */
import { cacheKeyOfAll, type CacheKey } from '../../disk/cacheFolder.node.ts';
import { exists, type AssetName } from '../../disk/assetFiles.node.ts';
import { clockAlone, colourOf, type MediaFacts, type VideoFacts } from '../../disk/facts.ts';
import { makeWholeFile } from '../../disk/wholeFile.node.ts';
import { deinterlaced } from '../../ffmpeg/deinterlace.ts';
import type { FrameStream } from '../../ffmpeg/frameFilters.ts';
import type { FfmpegInput, InputFormat } from '../../ffmpeg/input.ts';
import type { FileFrames, SourceFrames } from '../../ffmpeg/layPatches.ts';
import { samplesOf } from '../../ffmpeg/layPatches.ts';
import { steadyFilters } from '../../ffmpeg/steady.ts';
import { turnedByHand } from '../../ffmpeg/upright.ts';
import type { PlayedPatch, PlayedSource } from '../../render/playedSource.ts';
import type { Ticks } from '../../time/ticks.ts';
import type { KnownFile } from './factsStore.node.ts';
import { flattenStill } from './flattenStill.node.ts';
import { probeStill } from './still.node.ts';
import { isOneOf } from './soundClock.ts';

/** A patch's file, and where and when it lies over the source. */
export interface LocatedPatch extends KnownFile, Pick<PlayedPatch, 'box' | 'picture' | 'startTicks'> {}

/** A file to be read, and what is laid over its frames. `facts` are those of the whole: a patch's say its length. */
export interface LocatedSource extends KnownFile {
  /** Cache key of the file that patches lie over; the other keys are then the upper patch's. */
  readonly base?: CacheKey;
  /** Time of the file at the source's tick 0. */
  readonly startTicks: Ticks;
  /** The lowest first. */
  readonly patches: readonly LocatedPatch[];
}

type InputOptions = NonNullable<FfmpegInput['options']>;

/** Where files are found: a MediaRoom is one. */
export interface Files {
  mediaFacts(projectId: string, mediaId: string): Promise<KnownFile>;
  takeFacts(projectId: string, takeId: string): Promise<KnownFile>;
  assetPath(cacheKey: CacheKey, asset: AssetName): string;
}

/**
 * The files behind a source. A photograph comes as one file, patched once and kept in the cache; a film as its own file
 * and its patches. Throws FailureError naming the first file that is missing or unreadable.
 */
export async function locateSource(files: Files, projectId: string, source: PlayedSource): Promise<LocatedSource> {
  const { file, startTicks } = source;
  const base = await (file.kind === 'media'
    ? files.mediaFacts(projectId, file.id)
    : files.takeFacts(projectId, file.id));
  if (source.patches.length === 0) return { ...base, startTicks, patches: [] };
  const patches: LocatedPatch[] = [];
  for (const { takeId, ...patch } of source.patches)
    patches.push({ ...(await files.takeFacts(projectId, takeId)), ...patch });
  const { contentKey, cacheKey } = patches.at(-1)!;
  if (base.facts.kind === 'image') {
    const whole = cacheKeyOfAll([base, ...patches]);
    const path = files.assetPath(whole, 'still');
    if (!(await exists(path))) await makeWholeFile(path, (to) => flattenStill(base.path, patches, to));
    const facts = (await probeStill(path))!;
    return { path, facts, contentKey, cacheKey: whole, base: base.cacheKey, startTicks: 0, patches: [] };
  }
  const facts = { ...base.facts, durationTicks: source.durationTicks, audio: null, sounds: [] };
  return { path: base.path, facts, contentKey, cacheKey, base: base.cacheKey, startTicks, patches };
}

/** A file by itself, with nothing over it. */
export function plainSource(file: KnownFile): LocatedSource {
  return { ...file, startTicks: 0, patches: [] };
}

/** A source as a graph reads it. */
export function framesOf(source: Omit<LocatedSource, 'contentKey' | 'cacheKey'>, video: VideoFacts): SourceFrames {
  return {
    ...fileFrames(source, video, source.startTicks),
    colour: colourOf(video),
    samples: samplesOf(video),
    patches: source.patches.map((patch) => ({
      ...fileFrames(patch, patch.facts.video!, patch.startTicks),
      box: patch.box,
      picture: patch.picture,
    })),
  };
}

function fileFrames(
  { path, facts }: Pick<KnownFile, 'path' | 'facts'>,
  video: VideoFacts,
  startTicks: Ticks,
): FileFrames {
  const options = [...alphaDecoder(video), ...turnedByHand(video).options];
  return {
    input: { path, format: stillFormatOf(facts), options, clock: clockAlone(facts, video) },
    streamIndex: video.streamIndex,
    stream: facts.kind === 'image' ? null : frameStream(facts, video),
    startTicks,
  };
}

/** ffmpeg's own decoders of VP8 and VP9 leave the transparency out. */
export function alphaDecoder({ hasAlpha, codec }: Pick<VideoFacts, 'hasAlpha' | 'codec'>): InputOptions {
  if (!hasAlpha) return [];
  return codec === 'vp9' ? [['c:v', 'libvpx-vp9']] : codec === 'vp8' ? [['c:v', 'libvpx']] : [];
}

/** Stills that ffmpeg reads as they are; all others are drawn once as PNG. */
const stillFormats: Readonly<Record<string, InputFormat>> = {
  jpeg: 'jpeg_pipe',
  png: 'png_pipe',
  webp: 'webp_pipe',
};

/** A still's format by its content: a JPEG called .png stays a JPEG, and '%' in a name is no pattern. */
export function stillFormatOf({ kind, formatName }: MediaFacts): InputFormat | undefined {
  return kind === 'image' ? stillFormats[formatName] : undefined;
}

/** The picture stream of a film as it is read. */
export function frameStream(
  { formatName, originSeconds }: Pick<MediaFacts, 'formatName' | 'originSeconds'>,
  video: VideoFacts,
): FrameStream {
  const { codedWidth: width, codedHeight: height, sampleAspect, pixelFormat, matrix, range } = video;
  // ffmpeg turns a picture upright before any filter of ours
  const upright = video.rotationDegrees % 360 === 0 && !video.mirrored;
  const steady = upright ? steadyFilters({ width, height, sampleAspect, pixelFormat, matrix, range }) : null;
  const whole = [...deinterlaced(video), ...turnedByHand(video).filters];
  return { ...video, formatName, originSeconds, steady, whole, fromFirstFrame: needsFirstFrame(formatName, video) };
}

/** ffmpeg marks every frame of RPZA as a key frame; it gives a palette of MOV and AVI to the first packet only. */
function needsFirstFrame(formatName: string, { codec, pixelFormat }: VideoFacts): boolean {
  const hasOnePalette = pixelFormat === 'pal8' && isOneOf(formatName, ['mov', 'avi']) && codec !== 'png';
  return codec === 'rpza' || hasOnePalette;
}
