/**
 * Masks that follow: computed by a job into this machine's cache, one picture a frame, read from there by the viewer,
 * and put together as a film where a request needs it.
 */
import { createHash } from 'node:crypto';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import {
  keysFor,
  lostStretches,
  passesOf,
  type LostStretch,
  type Pass,
  type PassEnd,
} from '../../../../models/families/footage/follow/passes.ts';
import { FailureError } from '../../../contract/errors.ts';
import type { FollowedState } from '../../../contract/masks.ts';
import { sentence } from '../../../contract/sentence.ts';
import { exists } from '../../../disk/assetFiles.node.ts';
import type { CacheFolder } from '../../../disk/cacheFolder.node.ts';
import { makeWholeFile, writeWholeFile } from '../../../disk/wholeFile.node.ts';
import type { DrawnMask, FollowedMask, SourceRef } from '../../../document/refs.ts';
import { sourceOfMedia, sourceOfTake } from '../../../render/playedSource.ts';
import { frameAtTicks, ticksAtFrame, type Rate, type TickRange, type Ticks } from '../../../time/ticks.ts';
import { openSourceFile } from '../../generation/fileRequests.node.ts';
import { drawShape } from '../../generation/maskShapes.node.ts';
import { pictureSize } from '../../generation/pictureSize.ts';
import type { SourceFile, SourceRange } from '../../generation/resolved.ts';
import { locateSource, type LocatedSource } from '../../media/locateSource.node.ts';
import type { MediaRoom } from '../../media/mediaService.node.ts';
import type { Scratch } from '../../scratch.node.ts';
import type { JobContext, JobExecutor, ProjectStore } from '../../services.node.ts';
import { runFootage, type FootageRooms } from '../runFootage.node.ts';
import { movesUnderMask } from './standing.node.ts';
import {
  endFileOf,
  endOfPass,
  folderOfPass,
  followFolders,
  maskAt,
  pngOfMask,
  type FolderKey,
  type FollowFolders,
} from './followFolders.node.ts';

/** Longer side of the frames that are looked at, and of the masks, px. */
const longestSidePx = 640;
/** Share of a job's progress that the film of its mask takes. */
const filmShare = 0.1;
/** Passes that are carried at once, each in a process of its own. */
const mostAtOnce = 2;

/** The rooms that following stands on. */
export interface FollowDependencies extends FootageRooms {
  readonly projects: Pick<ProjectStore, 'document'>;
  readonly media: MediaRoom;
  readonly cache: CacheFolder;
  readonly scratch: Scratch;
}

/** The job that a film is made for. */
type FilmContext = Pick<JobContext, 'signal' | 'setDevice' | 'report'>;

/** Followed masks of one engine. */
export interface FollowRoom {
  readonly runFollow: JobExecutor<'follow'>;
  /** Follows a mask through a stretch of a source; what has been followed already stays. Throws as `runFootage`. */
  follow(source: LocatedSource, range: TickRange, mask: FollowedMask, context: FilmContext): Promise<void>;
  /** Where the thing was lost in a stretch that has been followed. */
  lost(source: LocatedSource, range: TickRange, mask: FollowedMask): Promise<FollowedState['lost']>;
  /** What has been followed so far. */
  state(projectId: string, source: SourceRef, mask: FollowedMask): Promise<FollowedState>;
  /** Whether what is under a still mask moves in a stretch of a source; `sourceTicks`: of the mask's frame. */
  moves(projectId: string, source: SourceRef, sourceTicks: Ticks, mask: DrawnMask): Promise<boolean>;
  /** One frame's mask as a data URL; null where it has not been carried yet. `id` is of a `FollowedState`. */
  frame(id: string, sourceTicks: number): Promise<string | null>;
  /**
   * The masks of a stretch as a film of the source's size, made when it is first asked for. Throws FailureError
   * 'badRequest' where it has not been followed.
   */
  film(range: SourceRange, mask: FollowedMask, context: FilmContext): Promise<SourceFile>;
  /** The source itself in place of the film, for what makes nothing yet. Throws as `film`. */
  standIn(range: SourceRange, mask: FollowedMask): Promise<SourceFile>;
}

/** The room of one engine. */
export function createFollowRoom(dependencies: FollowDependencies): FollowRoom {
  const { projects, media, cache } = dependencies;
  const known = new Map<string, FollowFolders>();

  const locate = async (projectId: string, ref: SourceRef, mask: FollowedMask) => {
    const source = await locateRef(projects, media, projectId, ref);
    return { source, folders: await followFolders(cache, source, rateOf(source), mask) };
  };

  const room: FollowRoom = {
    async runFollow({ projectId, source: ref, mask }, context) {
      await room.follow(await locateRef(projects, media, projectId, ref), ref, mask, context);
      return {};
    },

    follow: (source, range, mask, context) => followSource(source, range, mask, context, dependencies),

    async lost(source, range, mask) {
      const folders = await followFolders(cache, source, rateOf(source), mask);
      const [first, end] = framesOf(range, folders.rate);
      return lostWithin((await followedIn(folders, first, end)).lost, first, end, folders.rate);
    },

    async state(projectId, ref, mask) {
      const { folders } = await locate(projectId, ref, mask);
      const { rate, keys } = folders;
      const [first, end] = framesOf(ref, rate);
      const { isWhole, lost } = await followedIn(folders, first, end);
      const id = hashOf(keys.map(({ folder, frame }) => [folder, frame]));
      known.set(id, folders);
      return { id, isWhole, lost: lostWithin(lost, first, end, rate) };
    },

    async moves(projectId, ref, sourceTicks, mask) {
      return movesUnderMask(await locateRef(projects, media, projectId, ref), ref, sourceTicks, mask);
    },

    async frame(id, sourceTicks) {
      const folders = known.get(id);
      const mask = folders && (await maskAt(folders, frameAtTicks(sourceTicks, folders.rate)));
      return mask ? `data:image/png;base64,${(await pngOfMask(mask)).toString('base64')}` : null;
    },

    async film(range, mask, context) {
      const { folders, first, end } = await requireWhole(cache, range, mask);
      const path = join(dirname(folders.keys[0]!.folder), nameOfFilm(folders.keys, first, end));
      if (!(await exists(path)))
        await makeWholeFile(path, (to) => makeFilm(range.file, folders, [first, end], to, context, dependencies));
      return openSourceFile(path);
    },

    async standIn(range, mask) {
      await requireWhole(cache, range, mask);
      return range.file;
    },
  };
  return room;
}

/** Carries a mask through a stretch, as far as that has not been done. */
async function followSource(
  source: LocatedSource,
  range: TickRange,
  mask: FollowedMask,
  context: FilmContext,
  dependencies: FollowDependencies,
): Promise<void> {
  const rate = rateOf(source);
  const scratch = await dependencies.scratch.take('follow');
  try {
    const run: FollowJob = { source, rate, scratch, ...workSize(source), context, dependencies };
    const before = await followFolders(dependencies.cache, source, rate, mask);
    for (const key of before.keys) await writeKey(key, run);
    const { keys } = await followFolders(dependencies.cache, source, rate, mask);
    const passes = passesOf(keys, ...framesOf(range, rate));
    const ends = await Promise.all(passes.map(endOfPass));
    await carryAll(
      passes.filter((_, index) => ends[index] === null),
      run,
    );
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

/** The folders of a stretch that has been followed. Throws FailureError 'badRequest' for one that has not. */
async function requireWhole(cache: CacheFolder, range: SourceRange, mask: FollowedMask) {
  const folders = await followFolders(cache, range.file, rateOf(range.file), mask);
  const [first, end] = framesOf(range, folders.rate);
  if (!(await followedIn(folders, first, end)).isWhole)
    throw new FailureError('badRequest', sentence('mask.notFollowed'));
  return { folders, first, end };
}

/** One job's work. */
interface FollowJob {
  readonly source: LocatedSource;
  readonly rate: Rate;
  readonly width: number;
  readonly height: number;
  readonly scratch: string;
  readonly context: FilmContext;
  readonly dependencies: FollowDependencies;
}

/** Whether every frame of a stretch has been followed, and where the thing was lost. */
async function followedIn(
  { keys, isKnown }: FollowFolders,
  first: number,
  end: number,
): Promise<{ readonly isWhole: boolean; readonly lost: readonly LostStretch[] }> {
  const passes = passesOf(keys, first, end);
  const ends = new Map<string, PassEnd | null>();
  for (const pass of passes) ends.set(endFileOf(pass), await endOfPass(pass));
  return {
    isWhole: isKnown && [...ends.values()].every((each) => each !== null),
    lost: lostStretches(keys, first, end, (pass) => ends.get(endFileOf(pass)) ?? null),
  };
}

/** Named by all that the masks of the stretch depend on. */
function nameOfFilm(keys: readonly FolderKey[], first: number, end: number): string {
  const counting = keysFor(keys, first, end).map(({ folder, frame }) => [basename(folder), frame]);
  return `film-${first}-${end - first}-${hashOf(counting)}.mkv`;
}

function hashOf(named: unknown): string {
  return createHash('sha256').update(JSON.stringify(named)).digest('hex').slice(0, 32);
}

async function makeFilm(
  source: LocatedSource,
  { keys, rate }: FollowFolders,
  [first, end]: readonly [number, number],
  path: string,
  context: FilmContext,
  dependencies: FollowDependencies,
): Promise<void> {
  const scratch = await dependencies.scratch.take('matte');
  try {
    const size = pictureSize(source.facts.video!);
    await runFootage(
      { task: 'matte', source, rate, first, end, ...size, keys: keysFor(keys, first, end), path },
      scratch,
      dependencies,
      context,
      ({ fraction }) => context.report({ fraction: filmShare * fraction, stage: 'follow' }),
    );
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

/** Carries passes, `mostAtOnce` at a time; progress counts their frames. One that fails ends the others. */
async function carryAll(passes: readonly Pass<FolderKey>[], run: FollowJob): Promise<void> {
  const framesIn = ({ key, to }: Pass): number => Math.abs(to - key.frame);
  const total = passes.reduce((sum, pass) => sum + framesIn(pass), 0);
  const done = passes.map(() => 0);
  const waiting = passes.entries();
  const stop = new AbortController();
  const signal = AbortSignal.any([run.context.signal, stop.signal]);
  const carrySome = async (): Promise<void> => {
    for (const [index, pass] of waiting) {
      const report = (fraction: number): void => {
        done[index] = fraction * framesIn(pass);
        run.context.report({ fraction: done.reduce((sum, each) => sum + each, 0) / total, stage: 'follow' });
      };
      await carryOne(pass, { ...run, context: { ...run.context, signal } }, report);
      report(1);
    }
  };
  const failures: unknown[] = [];
  const rounds = Array.from({ length: Math.min(mostAtOnce, passes.length) }, () =>
    carrySome().catch((error: unknown) => {
      failures.push(error);
      stop.abort();
    }),
  );
  await Promise.all(rounds);
  if (failures.length > 0) throw failures[0];
}

async function carryOne(
  pass: Pass<FolderKey>,
  { source, rate, width, height, scratch, context, dependencies }: FollowJob,
  onFraction: (fraction: number) => void,
): Promise<void> {
  const { key, step, to } = pass;
  const folder = folderOfPass(pass);
  await mkdir(folder, { recursive: true });
  const own = join(scratch, `${key.frame}${step > 0 ? 'ahead' : 'back'}`);
  await mkdir(own);
  const { result } = await runFootage(
    {
      ...{ task: 'follow', source, rate, frame: key.frame, maskPath: join(key.folder, 'key.gray') },
      ...{ step, to, width, height, folder },
    },
    own,
    dependencies,
    context,
    ({ fraction }) => onFraction(fraction),
  );
  const { lostAt, reason } = result;
  await writeWholeFile(endFileOf(pass), JSON.stringify({ to, lostAt, reason }));
}

/** The key's own mask, as the child reads it and as the window does. */
async function writeKey({ folder, png }: FolderKey, { width, height }: FollowJob): Promise<void> {
  if (await exists(join(folder, 'key.json'))) return;
  await mkdir(folder, { recursive: true });
  const { data } = await drawShape({ kind: 'painted', png, featherPx: 0 }, width, height, () => undefined, true);
  await writeFile(join(folder, 'key.gray'), data);
  const plane = { data: Float32Array.from(data, (value) => value / 255), width, height };
  await writeFile(join(folder, 'key.png'), await pngOfMask(plane));
  const isEmpty = !data.some((value) => value >= 128);
  await writeWholeFile(join(folder, 'key.json'), JSON.stringify({ isEmpty }));
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

/** The lost stretches that touch the frames from `first` up to `end`, cut to them. */
function lostWithin(lost: readonly LostStretch[], first: number, end: number, rate: Rate): FollowedState['lost'] {
  return lost
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

function workSize(source: LocatedSource): { width: number; height: number } {
  const whole = pictureSize(source.facts.video!);
  const scale = Math.min(1, longestSidePx / Math.max(whole.width, whole.height));
  return {
    width: Math.max(16, Math.round(whole.width * scale)),
    height: Math.max(16, Math.round(whole.height * scale)),
  };
}
