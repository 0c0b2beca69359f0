/** Media of projects: import, cache, takes' looks, missing files, relinking, and the files behind addresses. */
import { stat } from 'node:fs/promises';
import { basename, extname } from 'node:path';
import type { ImportResult, MediaAssets, TakeAssets } from '../../contract/contract.ts';
import { FailureError, toFailure } from '../../contract/errors.ts';
import { newId } from '../../document/create.ts';
import type { MediaItem, Take } from '../../document/schema.ts';
import { readJsonOrNull } from '../../disk/atomicFile.node.ts';
import type { Emit, JobExecutor, Logger, MediaService, ProjectStore } from '../services.node.ts';
import { assetContentType, assetNames, assetPath, exists, type AssetName } from '../../disk/assetFiles.node.ts';
import { contentKeyOf } from '../../disk/contentKey.node.ts';
import { factsVersion, type MediaFacts } from '../../disk/facts.ts';
import { fillCache, lacksParts, writeFacts } from './mediaCache.node.ts';
import { probeFile } from './probe.node.ts';
import { readFrames } from './readFrames.node.ts';
import { writeFailure } from '../../disk/wholeFile.node.ts';

export interface MediaServiceParts {
  readonly projects: Pick<ProjectStore, 'document' | 'cacheFolder' | 'takePath'>;
  readonly emit: Emit;
  readonly logger: Logger;
}

/** Files probed at once during one import: probing waits for child processes more than it computes. */
const importsAtOnce = 3;

/** MediaService plus what the render service needs of it. */
export interface MediaRoom extends MediaService {
  /** Facts of what a clip plays; probed anew when the cache was deleted. Throws FailureError as probing does. */
  mediaFacts(projectId: string, mediaId: string): Promise<{ path: string; facts: MediaFacts; contentKey: string }>;
  takeFacts(projectId: string, takeId: string): Promise<{ path: string; facts: MediaFacts; contentKey: string }>;
  /** Where one part of a content's cache lies (there or not). */
  assetPath(projectId: string, contentKey: string, asset: AssetName): string;
}

export function createMediaService({ projects, emit, logger }: MediaServiceParts): MediaRoom {
  /** Imported, but not yet recorded by the window: the cache job may start before the document knows the item. */
  const fresh = new Map<string, MediaItem>();
  const probed = new Map<string, Promise<MediaFacts>>();
  const takeWork = new Map<string, Promise<void>>();
  const lastMissing = new Map<string, string>();

  const itemOf = (projectId: string, mediaId: string): MediaItem => {
    const item = projects.document(projectId).media[mediaId] ?? fresh.get(mediaId);
    if (!item) throw new FailureError('notFound', `The project has no media ${mediaId}.`);
    return item;
  };
  const takeOf = (projectId: string, takeId: string): Take => {
    const take = projects.document(projectId).takes[takeId];
    if (!take) throw new FailureError('notFound', `The project has no take ${takeId}.`);
    return take;
  };

  async function factsFor(projectId: string, contentKey: string, path: string): Promise<MediaFacts> {
    const folder = projects.cacheFolder(projectId);
    const known = (await readJsonOrNull(assetPath(folder, contentKey, 'facts'))) as MediaFacts | null;
    if (known?.version === factsVersion) return known;
    const facts = await probeFile(path);
    await writeFacts(folder, contentKey, facts).catch((error: unknown) => {
      throw writeFailure(error, folder);
    });
    return facts;
  }

  /** Facts of any file by path; remembered while size and date stay. */
  async function factsOfPath(path: string): Promise<MediaFacts> {
    const info = await stat(path).catch(() => null);
    const key = info ? `${path}\n${info.size}\n${info.mtimeMs}` : null;
    if (key === null) return probeFile(path);
    const known = probed.get(key);
    if (known) return known;
    const facts = probeFile(path);
    probed.set(key, facts);
    facts.catch(() => probed.delete(key));
    if (probed.size > 200) probed.delete(probed.keys().next().value!);
    return facts;
  }

  async function importOne(projectId: string, path: string): Promise<MediaItem> {
    const facts = await probeFile(path);
    const { item } = await describe(path, facts);
    const folder = projects.cacheFolder(projectId);
    await writeFacts(folder, item.contentKey, facts).catch((error: unknown) => {
      throw writeFailure(error, folder);
    });
    fresh.set(item.id, item);
    return item;
  }

  async function assetsOf(projectId: string, mediaId: string): Promise<MediaAssets> {
    const item = itemOf(projectId, mediaId);
    const folder = projects.cacheFolder(projectId);
    const present = await exists(item.path);
    const facts =
      present || (await exists(assetPath(folder, item.contentKey, 'facts')))
        ? await factsFor(projectId, item.contentKey, item.path)
        : null;
    const base = `/files/${encodeURIComponent(projectId)}/media/${encodeURIComponent(mediaId)}`;
    const url = async (asset: AssetName) =>
      (await exists(assetPath(folder, item.contentKey, asset))) ? `${base}/${assetNames[asset]}` : null;
    const proxyUrl = await url(item.kind === 'image' ? 'still' : 'proxy');
    return {
      mediaId,
      originalUrl: `${base}/original`,
      // until its proxy is there, a file that can be decoded at all is played, if not scrubbed fast
      originalPlayable:
        present &&
        facts !== null &&
        facts.decodable &&
        (facts.proxyReason === null || (proxyUrl === null && item.kind !== 'image')),
      proxyUrl,
      peaksUrl: await url('peaks'),
      filmstripUrl: await url('filmstrip'),
      posterUrl: await url('poster'),
      proxyReason: facts?.proxyReason ?? null,
    };
  }

  async function takeAssetsOf(projectId: string, takeId: string): Promise<TakeAssets> {
    const take = takeOf(projectId, takeId);
    const path = projects.takePath(projectId, take);
    if (!(await exists(path)))
      return { takeId, url: null, filmstripUrl: null, peaksUrl: null, posterUrl: null, missing: true };
    const folder = projects.cacheFolder(projectId);
    const contentKey = takeKey(take);
    await fillTakeCache(projectId, contentKey, path);
    const base = `/files/${encodeURIComponent(projectId)}/takes/${encodeURIComponent(takeId)}`;
    const url = async (asset: AssetName) =>
      (await exists(assetPath(folder, contentKey, asset))) ? `${base}/${assetNames[asset]}` : null;
    const proxy = await url(take.kind === 'image' ? 'still' : 'proxy');
    return {
      takeId,
      url: proxy ?? `${base}/original`,
      filmstripUrl: await url('filmstrip'),
      peaksUrl: await url('peaks'),
      posterUrl: await url('poster'),
      missing: false,
    };
  }

  /** Takes are short: their looks are made when first asked for, once however many ask. */
  function fillTakeCache(projectId: string, contentKey: string, path: string): Promise<void> {
    const running = takeWork.get(contentKey);
    if (running) return running;
    const work = (async () => {
      const facts = await factsFor(projectId, contentKey, path);
      await fillCache({
        source: path,
        cacheFolder: projects.cacheFolder(projectId),
        contentKey,
        facts,
        onProgress: () => undefined,
        onPart: () => undefined,
      });
    })();
    takeWork.set(contentKey, work);
    const forget = () => takeWork.delete(contentKey);
    work.then(forget, forget);
    return work;
  }

  const runMediaCache: JobExecutor<'mediaCache'> = async (spec, context) => {
    const item = itemOf(spec.projectId, spec.mediaId);
    if (!(await exists(item.path)))
      throw new FailureError('notFound', `${item.name} is missing: ${item.path} is no longer there.`, item.path);
    const facts = await factsFor(spec.projectId, item.contentKey, item.path);
    const announce = () => {
      assetsOf(spec.projectId, spec.mediaId).then(
        (assets) => emit('media.assetsChanged', { projectId: spec.projectId, assets }),
        (error: unknown) =>
          context.logger.warn({ error: toFailure(error), mediaId: spec.mediaId }, 'assets not announced'),
      );
    };
    await fillCache({
      source: item.path,
      cacheFolder: projects.cacheFolder(spec.projectId),
      contentKey: item.contentKey,
      facts,
      signal: context.signal,
      onProgress: (fraction, stage) => context.report({ fraction, stage }),
      onPart: announce,
    });
    announce();
    return {};
  };

  return {
    async import(projectId, paths): Promise<ImportResult> {
      const results: ({ item: MediaItem } | { refused: ImportResult['refused'][number] })[] = new Array(paths.length);
      let next = 0;
      const worker = async () => {
        for (let index = next++; index < paths.length; index = next++) {
          const path = paths[index]!;
          results[index] = await importOne(projectId, path).then(
            (item) => ({ item }),
            (error: unknown) => {
              const failure = toFailure(error);
              if (failure.code === 'internal')
                logger.error({ path, error: String((error as Error).stack) }, 'import failed');
              return { refused: { path, message: failure.message, code: failure.code } };
            },
          );
        }
      };
      await Promise.all(Array.from({ length: Math.min(importsAtOnce, paths.length) }, worker));
      return {
        imported: results.flatMap((result) => ('item' in result ? [result.item] : [])),
        refused: results.flatMap((result) => ('refused' in result ? [result.refused] : [])),
      };
    },
    async probe(path) {
      const facts = await factsOfPath(path);
      const { item } = await describe(path, facts);
      return { ...item, details: { ...facts } };
    },
    assets: (projectId, mediaIds) => Promise.all(mediaIds.map((mediaId) => assetsOf(projectId, mediaId))),
    async lacksLooks(projectId, mediaId) {
      const { path, contentKey } = itemOf(projectId, mediaId);
      if (!(await exists(path))) return false;
      return lacksParts({
        source: path,
        cacheFolder: projects.cacheFolder(projectId),
        contentKey,
        facts: await factsFor(projectId, contentKey, path),
      });
    },
    takeAssets: (projectId, takeIds) => Promise.all(takeIds.map((takeId) => takeAssetsOf(projectId, takeId))),
    async relink(projectId, mediaId, path, force) {
      const item = itemOf(projectId, mediaId);
      const facts = await probeFile(path);
      const found = await describe(path, facts);
      if (found.item.contentKey !== item.contentKey && !force) {
        throw new FailureError(
          'badRequest',
          `${basename(path)} is not the same file as ${item.name}: its content differs.`,
          path,
        );
      }
      if (found.item.kind !== item.kind)
        throw new FailureError(
          'badRequest',
          `${basename(path)} is ${found.item.kind}, ${item.name} was ${item.kind}: clips of it could not play.`,
          path,
        );
      await writeFacts(projects.cacheFolder(projectId), found.item.contentKey, facts);
      const relinked: MediaItem = { ...found.item, id: item.id, importedAt: item.importedAt };
      fresh.set(item.id, relinked);
      return relinked;
    },
    async missing(projectId) {
      const items = Object.values(projects.document(projectId).media);
      const gone = await Promise.all(items.map(async (item) => ((await exists(item.path)) ? null : item.id)));
      const missingMediaIds = gone.filter((id) => id !== null);
      const state = missingMediaIds.join(' ');
      if (lastMissing.has(projectId) && lastMissing.get(projectId) !== state)
        emit('media.missingChanged', { projectId, missingMediaIds });
      lastMissing.set(projectId, state);
      return missingMediaIds;
    },
    runMediaCache,
    async resolveFile(urlPath) {
      const match = /^\/files\/([^/]+)\/(media|takes)\/([^/]+)\/([^/]+)$/.exec(urlPath);
      if (!match) return null;
      const [projectId, room, id, file] = match.slice(1).map(decodeURIComponent) as [string, string, string, string];
      try {
        const media = room === 'media' ? itemOf(projectId, id) : null;
        const take = media ? null : takeOf(projectId, id);
        const folder = projects.cacheFolder(projectId);
        const contentKey = media ? media.contentKey : takeKey(take!);
        if (file === 'original') {
          const path = media ? media.path : projects.takePath(projectId, take!);
          return { path, contentType: typeByExtension(path) };
        }
        const contentType = assetContentType(file);
        return contentType === null ? null : { path: `${folder}/${contentKey}/${file}`, contentType };
      } catch (error) {
        // closed projects and unknown ids are 'no such file' to whoever asks by address
        if (error instanceof FailureError && error.failure.code === 'notFound') return null;
        throw error;
      }
    },
    async readFrames(params) {
      return readFrames(params, await factsOfPath(params.path));
    },
    async mediaFacts(projectId, mediaId) {
      const item = itemOf(projectId, mediaId);
      if (!(await exists(item.path)))
        throw new FailureError(
          'notFound',
          `${item.name} is missing: ${item.path} is no longer there. Relink it, or take it off the timeline.`,
          item.path,
        );
      return {
        path: item.path,
        facts: await factsFor(projectId, item.contentKey, item.path),
        contentKey: item.contentKey,
      };
    },
    async takeFacts(projectId, takeId) {
      const take = takeOf(projectId, takeId);
      const path = projects.takePath(projectId, take);
      if (!(await exists(path)))
        throw new FailureError(
          'notFound',
          `The take ${take.file} is missing from the project's takes folder. Make it again, or choose another take.`,
          path,
        );
      return { path, facts: await factsFor(projectId, takeKey(take), path), contentKey: takeKey(take) };
    },
    assetPath: (projectId, contentKey, asset) => assetPath(projects.cacheFolder(projectId), contentKey, asset),
  };
}

/** Take files are named by their content. */
function takeKey(take: Take): string {
  return basename(take.file, extname(take.file));
}

async function describe(path: string, facts: MediaFacts): Promise<{ item: MediaItem }> {
  const { video, audio } = facts;
  const item: MediaItem = {
    id: newId(),
    name: basename(path),
    path,
    contentKey: await contentKeyOf(path),
    sizeBytes: (await stat(path)).size,
    kind: facts.kind,
    durationTicks: facts.durationTicks,
    video: video && {
      width: video.width,
      height: video.height,
      rate: video.rate,
      codec: video.codec,
      rotationDegrees: video.rotationDegrees,
      hasAlpha: video.hasAlpha,
    },
    audio: audio && { sampleRateHz: audio.sampleRateHz, channels: audio.channels, codec: audio.codec },
    importedAt: new Date().toISOString(),
  };
  return { item };
}

const typesByExtension: Readonly<Record<string, string>> = {
  '.mp4': 'video/mp4',
  '.m4v': 'video/mp4',
  '.mov': 'video/quicktime',
  '.webm': 'video/webm',
  '.mkv': 'video/x-matroska',
  '.mp3': 'audio/mpeg',
  '.m4a': 'audio/mp4',
  '.wav': 'audio/wav',
  '.flac': 'audio/flac',
  '.ogg': 'audio/ogg',
  '.opus': 'audio/ogg',
  '.jpg': 'image/jpeg',
  '.jpeg': 'image/jpeg',
  '.png': 'image/png',
  '.webp': 'image/webp',
  '.gif': 'image/gif',
  '.avif': 'image/avif',
  '.svg': 'image/svg+xml',
};

function typeByExtension(path: string): string {
  return typesByExtension[extname(path).toLowerCase()] ?? 'application/octet-stream';
}
