/** Media of projects: import, cache, looks of media and takes, missing files, relinking, and files behind addresses. */
import { toFailure } from '../../contract/errors.ts';
import type { AssetName } from '../../disk/assetFiles.node.ts';
import type { CacheFolder, CacheKey } from '../../disk/cacheFolder.node.ts';
import { keepDigest, shareParts } from '../../disk/cacheKey.node.ts';
import type { Emit, JobExecutor, Logger, MediaService, ProjectStore } from '../services.node.ts';
import type { Sentence } from '../../contract/sentence.ts';
import { hearingComplaints, type Complaints } from '../../ffmpeg/complaints.node.ts';
import { DamageRoom, type UsedFile } from './damageRoom.node.ts';
import { FactsStore, type KnownFile } from './factsStore.node.ts';
import { describeFile, importFiles, relinkFile } from './importMedia.node.ts';
import { fileBehind } from './mediaAddresses.node.ts';
import { plainSource } from './locateSource.node.ts';
import { fillCache, missingNames } from './mediaCache.node.ts';
import { MediaLooks } from './mediaLooks.node.ts';
import { MediaRecords } from './mediaRecords.ts';
import { MissingWatch } from './missingWatch.node.ts';
import { isThere, PlayedFiles, requireThere } from './playedFiles.node.ts';
import { readFrames } from './readFrames.node.ts';
import { SoundCache } from './soundCache.node.ts';

/** What the service works with. */
export interface MediaServiceParts {
  readonly projects: Pick<ProjectStore, 'document' | 'takePath'>;
  readonly cache: CacheFolder;
  readonly emit: Emit;
  readonly logger: Logger;
}

/** MediaService plus what the render service needs of it. */
export interface MediaRoom extends MediaService {
  /** Facts of what a clip plays. Throws FailureError 'notFound' when it is missing, and as probing does. */
  mediaFacts(projectId: string, mediaId: string): Promise<KnownFile>;
  /** Facts of any file. Throws FailureError as probing does. */
  fileFacts(path: string): Promise<KnownFile>;
  /** Of the take's own file: a patch's is laid over another (locateSource.node.ts). */
  takeFacts(projectId: string, takeId: string): Promise<KnownFile>;
  /** How a sound stream is to be read; decodes it first where it has to be. Throws FailureError as `runFfmpeg`. */
  readableSound: SoundCache['readable'];
  /** A sound stream as a file of its own, whatever the facts say of it. Throws FailureError as `runFfmpeg`. */
  decodedSound: SoundCache['decoded'];
  /** Where one part of a file's cache lies (there or not). */
  assetPath(cacheKey: CacheKey, asset: AssetName): string;
  /** One sentence for each damaged file among those used, found where ffmpeg complained. Throws 'cancelled'. */
  tellDamage(used: readonly UsedFile[], complaints: Complaints, signal?: AbortSignal): Promise<Sentence[]>;
}

/** Imports, relinks and prepares media for playback. */
export function createMediaService({ projects, cache, emit, logger }: MediaServiceParts): MediaRoom {
  const records = new MediaRecords(projects.document);
  const facts = new FactsStore(cache);
  const files = new PlayedFiles(records, facts, projects);
  const sounds = new SoundCache(cache);
  const damage = new DamageRoom(facts);
  const looks = new MediaLooks(files, cache, sounds);
  const missing = new MissingWatch(emit);

  return {
    import: (_projectId, paths) => importFiles(paths, facts, logger, (item) => records.remember(item)),
    async probe(path) {
      const file = await facts.of(path);
      return { ...(await describeFile(file)), details: { ...file.facts } };
    },
    assets: (projectId, mediaIds) => Promise.all(mediaIds.map((mediaId) => looks.media(projectId, mediaId))),
    lacksLooks: (projectId, mediaId) => lacksLooks(files, cache, sounds, projectId, mediaId),
    takeAssets: (projectId, takeIds) => Promise.all(takeIds.map((takeId) => looks.take(projectId, takeId))),
    async relink(projectId, mediaId, path, force) {
      const relinked = await relinkFile(facts, records.item(projectId, mediaId), path, force);
      records.remember(relinked);
      return relinked;
    },
    // async: of a project that is not open it rejects, as all methods do
    async missing(projectId) {
      return missing.look(projectId, records.items(projectId));
    },
    runMediaCache: mediaCacheExecutor({ files, looks, cache, sounds, damage, emit }),
    resolveFile: (urlPath) => fileBehind(urlPath, files, cache),
    readFrames: async (params) => readFrames(params, plainSource(await facts.of(params.path))),
    mediaFacts: (projectId, mediaId) => files.media(projectId, mediaId),
    fileFacts: (path) => facts.of(path),
    takeFacts: (projectId, takeId) => files.take(projectId, takeId),
    readableSound: (file, audio, work) => sounds.readable(file, audio, work),
    decodedSound: (file, audio, work) => sounds.decoded(file, audio, work),
    tellDamage: (used, complaints, signal) => damage.tell(used, complaints, signal),
    assetPath: (cacheKey, asset) => cache.assetPath(cacheKey, asset),
  };
}

/** A file that is missing or cannot be used lacks nothing that could be made. */
async function lacksLooks(
  files: PlayedFiles,
  cache: CacheFolder,
  sounds: SoundCache,
  projectId: string,
  mediaId: string,
) {
  const item = files.records.item(projectId, mediaId);
  if (!(await isThere(item))) return false;
  const known = await files.facts.of(item.path).catch(() => null);
  if (!known) return false;
  return (await missingNames({ file: known, folder: cache.mediaFolder(known.cacheKey), sounds })).length > 0;
}

interface CacheRoom {
  readonly files: PlayedFiles;
  readonly looks: MediaLooks;
  readonly cache: CacheFolder;
  readonly sounds: SoundCache;
  readonly damage: DamageRoom;
  readonly emit: Emit;
}

function mediaCacheExecutor({ files, looks, cache, sounds, damage, emit }: CacheRoom): JobExecutor<'mediaCache'> {
  return async ({ projectId, mediaId }, context) => {
    const item = files.records.item(projectId, mediaId);
    await requireThere(item);
    const file = await files.facts.of(item.path);
    const announce = () => {
      looks.media(projectId, mediaId).then(
        (assets) => emit('media.assetsChanged', { projectId, assets }),
        (error: unknown) => context.logger.warn({ error: toFailure(error), mediaId }, 'assets not announced'),
      );
    };
    const folder = cache.mediaFolder(file.cacheKey);
    const ofUser = { ...file, path: item.path };
    await shareParts(cache, ofUser, await missingNames({ file, folder, sounds }), context.signal);
    const { complaints } = await hearingComplaints(() =>
      fillCache({
        file,
        folder,
        sounds,
        signal: context.signal,
        onProgress: (fraction, stage) => context.report({ fraction, stage }),
        onPart: announce,
      }),
    );
    await keepDigest(cache, ofUser, context.signal);
    for (const said of await damage.tell([{ file, stretch: null }], complaints, context.signal)) context.notice(said);
    announce();
    return {};
  };
}
