/**
 * Masks that follow: computed by a job into this machine's cache, one picture a frame, read from there by the viewer,
 * and put together as a film where a request needs it.
 */
import { createHash } from 'node:crypto';
import { mkdir, open, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { z } from 'zod';
import { FailureError } from '../../../contract/errors.ts';
import type { FollowedState } from '../../../contract/masks.ts';
import { sentence } from '../../../contract/sentence.ts';
import { exists } from '../../../disk/assetFiles.node.ts';
import type { CacheFolder } from '../../../disk/cacheFolder.node.ts';
import { readJsonOrNull } from '../../../disk/jsonFile.node.ts';
import { makeWholeFile, writeWholeFile } from '../../../disk/wholeFile.node.ts';
import type { FollowedMask, SourceRef } from '../../../document/refs.ts';
import { format } from '../../../ffmpeg/colour.ts';
import { FilterGraph } from '../../../ffmpeg/filterGraph.ts';
import { losslessOptions } from '../../../ffmpeg/losslessOptions.ts';
import { runFfmpeg } from '../../../ffmpeg/run.node.ts';
import { sourceOfMedia, sourceOfTake } from '../../../render/playedSource.ts';
import { frameAtTicks, ticksAtFrame, type Rate, type TickRange } from '../../../time/ticks.ts';
import { openSourceFile } from '../../generation/fileRequests.node.ts';
import { drawShape } from '../../generation/maskShapes.node.ts';
import { pictureSize } from '../../generation/pictureSize.ts';
import type { SourceFile, SourceRange } from '../../generation/resolved.ts';
import { locateSource, type LocatedSource } from '../../media/locateSource.node.ts';
import type { MediaRoom } from '../../media/mediaService.node.ts';
import type { Scratch } from '../../scratch.node.ts';
import type { JobExecutor, ProjectStore } from '../../services.node.ts';
import { runFootage, type FootageRooms } from '../runFootage.node.ts';
import type { FollowKey } from './followRun.ts';

/** What a mask is carried by; another version is computed again. */
const methodVersion = 1;
/** Longer side of the frames that are looked at, and of the masks, px. */
const longestSidePx = 640;

/** The rooms that following stands on. */
export interface FollowDependencies extends FootageRooms {
  readonly projects: Pick<ProjectStore, 'document'>;
  readonly media: MediaRoom;
  readonly cache: CacheFolder;
  readonly scratch: Scratch;
}

/** Followed masks of one engine. */
export interface FollowRoom {
  readonly runFollow: JobExecutor<'follow'>;
  /** What has been followed so far. */
  state(projectId: string, source: SourceRef, mask: FollowedMask): Promise<FollowedState>;
  /** One frame's mask as a data URL; null where it has not been carried yet. `id` is of a `FollowedState`. */
  frame(id: string, sourceTicks: number): Promise<string | null>;
  /** The masks of a stretch as a film. Throws FailureError 'badRequest' where it has not been followed. */
  film(range: SourceRange, mask: FollowedMask): Promise<SourceFile>;
}

const infoSchema = z.object({
  first: z.number().int(),
  end: z.number().int(),
  lost: z.array(
    z.object({
      fromFrame: z.number().int(),
      toFrame: z.number().int(),
      reason: z.enum(['hidden', 'left', 'cut']),
    }),
  ),
});
type Info = z.infer<typeof infoSchema>;

/** Where a mask's pictures of one source lie. */
interface FollowFolder {
  readonly id: string;
  readonly folder: string;
  readonly rate: Rate;
}

/** The room of one engine. */
export function createFollowRoom(dependencies: FollowDependencies): FollowRoom {
  const { projects, media, cache } = dependencies;
  const known = new Map<string, FollowFolder>();

  const locate = async (projectId: string, ref: SourceRef, mask: FollowedMask) => {
    const source = await locateRef(projects, media, projectId, ref);
    return { source, ...folderOf(source, mask) };
  };
  const folderOf = (source: LocatedSource, mask: FollowedMask): FollowFolder => {
    const found = followFolder(cache, source, mask);
    known.set(found.id, found);
    return found;
  };

  return {
    async runFollow({ projectId, source: ref, mask }, context) {
      const { source, folder, rate } = await locate(projectId, ref, mask);
      const [first, end] = framesOf(ref, rate);
      if (covers(await readInfo(folder), first, end)) return {};
      await mkdir(folder, { recursive: true });
      const scratch = await dependencies.scratch.take('follow');
      try {
        const { width, height } = workSize(source);
        const keys = await writeKeys(mask, rate, width, height, scratch);
        const task = { task: 'follow', source, rate, first, end, width, height, keys, folder } as const;
        const { result } = await runFootage(task, scratch, dependencies, context, ({ fraction }) =>
          context.report({ fraction, stage: 'follow' }),
        );
        await writeWholeFile(join(folder, 'info.json'), JSON.stringify({ first, end, lost: result.lost }));
      } finally {
        await rm(scratch, { recursive: true, force: true });
      }
      return {};
    },

    async state(projectId, ref, mask) {
      const { id, folder, rate } = await locate(projectId, ref, mask);
      const info = await readInfo(folder);
      const [first, end] = framesOf(ref, rate);
      return { id, isWhole: covers(info, first, end), lost: lostWithin(info, first, end, rate) };
    },

    async frame(id, sourceTicks) {
      const found = known.get(id);
      if (!found) return null;
      const path = join(found.folder, `${frameAtTicks(sourceTicks, found.rate)}.png`);
      const png = await readFile(path).catch(() => null);
      return png && `data:image/png;base64,${png.toString('base64')}`;
    },

    async film(range, mask) {
      const { folder, rate } = folderOf(range.file, mask);
      const [first, end] = framesOf(range, rate);
      if (!covers(await readInfo(folder), first, end))
        throw new FailureError('badRequest', sentence('mask.notFollowed'));
      const frameCount = end - first;
      const path = join(folder, `film-${first}-${frameCount}.mkv`);
      if (!(await exists(path))) await makeWholeFile(path, (to) => encodeFilm(folder, first, frameCount, rate, to));
      return openSourceFile(path);
    },
  };
}

/** The file that a source of a project stands for. Throws FailureError 'notFound'. */
async function locateRef(
  projects: FollowDependencies['projects'],
  media: MediaRoom,
  projectId: string,
  { kind, id }: SourceRef,
): Promise<LocatedSource> {
  const document = projects.document(projectId);
  if (kind === 'media') {
    const item = document.media[id];
    if (!item) throw new FailureError('notFound', sentence('generation.mediaGone', { id }));
    return locateSource(media, projectId, sourceOfMedia(item));
  }
  const take = document.takes[id];
  if (!take) throw new FailureError('notFound', sentence('generation.inputTakeGone', { id }));
  return locateSource(media, projectId, sourceOfTake(document, take));
}

/** Named by everything that the carried pictures depend on. */
function followFolder(cache: CacheFolder, source: LocatedSource, mask: FollowedMask): FollowFolder {
  const rate = rateOf(source);
  const { contentKey, base, startTicks } = source;
  const keys = mask.keys.map(({ sourceTicks, png }) => [sourceTicks, png]);
  const named = JSON.stringify([methodVersion, contentKey, base ?? null, startTicks, keys]);
  const id = createHash('sha256').update(named).digest('hex').slice(0, 32);
  return { id, folder: join(cache.mediaFolder(source.cacheKey), 'masks', id), rate };
}

/** The lost stretches that touch the frames from `first` up to `end`, cut to them. */
function lostWithin(info: Info | null, first: number, end: number, rate: Rate): FollowedState['lost'] {
  return (info?.lost ?? [])
    .filter(({ fromFrame, toFrame }) => toFrame > first && fromFrame < end)
    .map(({ fromFrame, toFrame, reason }) => ({
      fromTicks: ticksAtFrame(Math.max(first, fromFrame), rate),
      toTicks: ticksAtFrame(Math.min(end, toFrame), rate),
      reason,
    }));
}

function rateOf(source: LocatedSource): Rate {
  const { kind, video } = source.facts;
  if (kind !== 'video' || !video) throw new FailureError('badRequest', sentence('mask.onlyFilms'), source.path);
  return video.rate;
}

function framesOf({ startTicks, durationTicks }: TickRange, rate: Rate): [number, number] {
  const first = frameAtTicks(startTicks, rate);
  return [first, Math.max(first + 1, frameAtTicks(startTicks + durationTicks - 1, rate) + 1)];
}

function covers(info: Info | null, first: number, end: number): boolean {
  return info !== null && info.first <= first && info.end >= end;
}

async function readInfo(folder: string): Promise<Info | null> {
  return infoSchema
    .nullable()
    .catch(null)
    .parse(await readJsonOrNull(join(folder, 'info.json')));
}

function workSize(source: LocatedSource): { width: number; height: number } {
  const whole = pictureSize(source.facts.video!);
  const scale = Math.min(1, longestSidePx / Math.max(whole.width, whole.height));
  return {
    width: Math.max(16, Math.round(whole.width * scale)),
    height: Math.max(16, Math.round(whole.height * scale)),
  };
}

async function writeKeys(
  mask: FollowedMask,
  rate: Rate,
  width: number,
  height: number,
  folder: string,
): Promise<FollowKey[]> {
  const keys = new Map<number, FollowKey>();
  for (const { sourceTicks, png } of mask.keys) {
    const frame = frameAtTicks(sourceTicks, rate);
    const path = join(folder, `key-${frame}.gray`);
    const shape = await drawShape({ kind: 'painted', png, featherPx: 0 }, width, height, () => undefined, true);
    await writeFile(path, shape.data);
    keys.set(frame, { frame, path });
  }
  return [...keys.values()];
}

/** Lossless, grey, a frame a frame. */
async function encodeFilm(folder: string, first: number, frameCount: number, rate: Rate, to: string): Promise<void> {
  const rawPath = `${to}.gray`;
  try {
    let size = { width: 0, height: 0 };
    const raw = await open(rawPath, 'w');
    try {
      for (let frame = first; frame < first + frameCount; frame++) {
        const { data, info } = await sharp(join(folder, `${frame}.png`))
          .toColourspace('b-w')
          .raw()
          .toBuffer({ resolveWithObject: true });
        size = { width: info.width, height: info.height };
        await raw.write(data);
      }
    } finally {
      await raw.close();
    }
    const graph = new FilterGraph();
    const video = graph.chain(
      [
        graph
          .open({
            path: rawPath,
            format: 'rawvideo',
            options: [
              ['pixel_format', 'gray'],
              ['video_size', size],
              ['framerate', rate],
            ],
          })
          .stream(0),
      ],
      [format('gray')],
    );
    const output = { to, streams: [video], format: 'matroska', options: [['r', rate], ...losslessOptions] } as const;
    await runFfmpeg({ graph, outputs: [output], about: 'the followed masks' });
  } finally {
    await rm(rawPath, { force: true });
  }
}
