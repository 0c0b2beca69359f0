/**
 * What a clip plays: the file that is read, the stretch of it that counts, and the patches laid over it. A take that is
 * a patch reads its source's file; a patch over a patch reads the file below them all.
 */
import type { Clip, MediaItem, ProjectDocument, Take, TakePatch } from '../document/schema.ts';
import { sampleToleranceTicks } from './sourceTime.ts';
import { frameAtTicks, ticksAtFrame, type Rate, type Ticks } from '../time/ticks.ts';
import type { LayerSource } from './layers.ts';

/** Made pixels over a source, in the source's own pixels. */
export interface PlayedPatch {
  readonly takeId: string;
  readonly isStill: boolean;
  /** Where it lies in the picture. */
  readonly box: TakePatch['box'];
  /** Size of the picture it is laid over, px as decoded and upright. */
  readonly picture: TakePatch['picture'];
  /** Time of the patch's own file at the source's tick 0. */
  readonly startTicks: Ticks;
}

/** A media file or a take as a clip shows it; null for titles, solids and clips not generated yet. */
export interface PlayedSource {
  readonly kind: 'media' | 'take';
  readonly id: string;
  /** What is read: the media or the take itself, or the file that a patch lies over. */
  readonly file: LayerSource;
  /** Time of that file at the source's tick 0, on one of its frames. */
  readonly startTicks: Ticks;
  /** Laid over the file's frames, the lowest first. */
  readonly patches: readonly PlayedPatch[];
  readonly durationTicks: Ticks;
  /** Size as shown, px; 0 by 0 where there is no picture. */
  readonly width: number;
  readonly height: number;
  /** null for stills. */
  readonly rate: Rate | null;
  readonly hasPicture: boolean;
  readonly hasSound: boolean;
  readonly hasAlpha: boolean;
  /** Reference time of the source's first frame: taken off before asking the source. */
  readonly offsetTicks: Ticks;
}

/** The active take, else the reference. A take that the document does not know counts as none. */
export function playedSource(document: ProjectDocument, clip: Clip): PlayedSource | null {
  const takeId = clip.generation?.activeTakeId;
  const take = takeId ? document.takes[takeId] : undefined;
  if (take) return sourceOfTake(document, take);
  const item = clip.reference.kind === 'media' ? document.media[clip.reference.mediaId] : undefined;
  return item ? sourceOfMedia(item) : null;
}

/** A media item as a source: its own file from the start. */
export function sourceOfMedia(item: MediaItem): PlayedSource {
  return {
    kind: 'media',
    id: item.id,
    file: { kind: 'media', id: item.id },
    startTicks: 0,
    patches: [],
    durationTicks: item.durationTicks,
    width: item.video?.width ?? 0,
    height: item.video?.height ?? 0,
    rate: item.kind === 'video' ? (item.video?.rate ?? null) : null,
    hasPicture: item.video !== null && item.kind !== 'audio',
    hasSound: item.audio !== null,
    hasAlpha: item.video?.hasAlpha ?? false,
    offsetTicks: 0,
  };
}

/** A take as a source: its file and the edits that lie over it. */
export function sourceOfTake(document: Pick<ProjectDocument, 'media' | 'takes'>, take: Take): PlayedSource {
  const { file, startTicks, patches } = stackOf(document, take);
  return {
    kind: 'take',
    id: take.id,
    file,
    startTicks,
    patches,
    durationTicks: take.durationTicks,
    width: take.width,
    height: take.height,
    rate: take.kind === 'video' ? take.rate : null,
    hasPicture: take.kind !== 'audio' && take.width > 0 && take.height > 0,
    // a video take may have none: its reader plays silence then
    hasSound: take.kind !== 'image' && !take.patch,
    hasAlpha: fileHasAlpha(document, file),
    offsetTicks: take.sourceStartTicks,
  };
}

function fileHasAlpha({ media, takes }: Pick<ProjectDocument, 'media' | 'takes'>, { kind, id }: LayerSource): boolean {
  return (kind === 'media' ? media[id]?.video?.hasAlpha : takes[id]?.hasAlpha) ?? false;
}

/** Down through the patches to the file below them all. A stack that leads in a circle ends where it closes. */
function stackOf(
  { takes }: Pick<ProjectDocument, 'takes'>,
  top: Take,
): Pick<PlayedSource, 'file' | 'startTicks' | 'patches'> {
  const patches: PlayedPatch[] = [];
  const seen = new Set<string>();
  let take = top;
  let startTicks = 0;
  while (take.patch && !seen.has(take.id)) {
    seen.add(take.id);
    const { over, box, picture } = take.patch;
    patches.unshift({ takeId: take.id, isStill: take.kind === 'image', box, picture, startTicks });
    startTicks = take.kind === 'image' ? 0 : startTicks + onFrame(over.startTicks, take.rate);
    const below = over.kind === 'take' ? takes[over.id] : undefined;
    if (!below) return { file: { kind: over.kind, id: over.id }, startTicks, patches };
    take = below;
  }
  return { file: { kind: 'take', id: take.id }, startTicks, patches };
}

function onFrame(ticks: Ticks, rate: Rate | null): Ticks {
  return rate ? ticksAtFrame(frameAtTicks(ticks + sampleToleranceTicks, rate), rate) : 0;
}
