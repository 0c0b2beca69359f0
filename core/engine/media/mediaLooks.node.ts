/** What the window shows of media and takes: which parts of their cache are there, and at what addresses. */
import { join } from 'node:path';
import type { MediaAssets, MediaDetails, TakeAssets } from '../../contract/contract.ts';
import { FailureError, sentenceOf } from '../../contract/errors.ts';
import type { Sentence } from '../../contract/sentence.ts';
import { assetNames, exists, soundAssetName } from '../../disk/assetFiles.node.ts';
import { cacheKeyOfContent, type CacheFolder, type CacheKey } from '../../disk/cacheFolder.node.ts';
import type { MediaFacts } from '../../disk/facts.ts';
import type { MediaItem, Take } from '../../document/schema.ts';
import { sourceOfTake } from '../../render/playedSource.ts';
import type { KnownFile } from './factsStore.node.ts';
import { locateSource, type Files } from './locateSource.node.ts';
import { fillCache } from './mediaCache.node.ts';
import { fillPatchCache } from './patchCache.node.ts';
import { isThere, type PlayedFiles } from './playedFiles.node.ts';
import type { SoundCache } from './soundCache.node.ts';

type UrlOf = (fileName: string) => Promise<string | null>;

/** What the window shows of media and takes: posters, filmstrips, peaks and playable files. */
export class MediaLooks {
  readonly #files: PlayedFiles;
  readonly #cache: CacheFolder;
  readonly #sounds: SoundCache;
  /** Takes whose looks are being made. */
  readonly #takeWork = new Map<CacheKey, Promise<void>>();

  constructor(files: PlayedFiles, cache: CacheFolder, sounds: SoundCache) {
    this.#files = files;
    this.#cache = cache;
    this.#sounds = sounds;
  }

  /** Never throws for a file that cannot be used: `problem` says why. */
  async media(projectId: string, mediaId: string): Promise<MediaAssets> {
    const item = this.#files.records.item(projectId, mediaId);
    const base = addressOf(projectId, 'media', mediaId);
    const found = await this.#lookAt(item);
    const url = this.#urls(base, found.cacheKey);
    const { facts } = found;
    const proxy = item.kind === 'image' ? 'still' : facts?.video?.hasAlpha ? 'alphaProxy' : 'proxy';
    const proxyUrl = await url(assetNames[proxy]);
    return {
      mediaId,
      originalUrl: `${base}/original`,
      // until its proxy is there, a file that can be decoded at all is played, if not scrubbed fast
      originalPlayable:
        found.present &&
        facts !== null &&
        facts.decodable &&
        (facts.proxyReason === null || (proxyUrl === null && item.kind !== 'image')),
      proxyUrl,
      proxyIsStacked: proxy === 'alphaProxy',
      ...(await soundUrls(facts, url)),
      details: facts && detailsOf(facts),
      filmstripUrl: await url(assetNames.filmstrip),
      posterUrl: await url(assetNames.poster),
      proxyReason: facts?.proxyReason ?? null,
      ...(found.problem === null ? {} : { problem: found.problem }),
    };
  }

  /** Takes are short: their looks are made when first asked for. Never throws for a file that cannot be used. */
  async take(projectId: string, takeId: string): Promise<TakeAssets> {
    const take = this.#files.records.take(projectId, takeId);
    const nothing = { takeId, url: null, isStacked: false, filmstripUrl: null, peaksUrl: null, posterUrl: null };
    try {
      if (!(await exists(this.#files.takePath(projectId, takeId)))) return { ...nothing, missing: true };
      const file = await this.#files.take(projectId, takeId);
      await this.#fillOnce(file, () => (take.patch ? this.#fillPatch(projectId, take, file) : this.#fill(file)));
      const base = addressOf(projectId, 'takes', takeId);
      const url = this.#urls(base, file.cacheKey);
      return {
        takeId,
        url: take.patch ? await patchUrl(take, base, url) : await playedUrl(take, file.facts, base, url),
        isStacked: take.kind === 'video' && (take.patch ? true : file.facts.video?.hasAlpha === true),
        filmstripUrl: await url(assetNames.filmstrip),
        peaksUrl: (await soundUrls(file.facts, url)).peaksUrl,
        posterUrl: await url(assetNames.poster),
        missing: false,
      };
    } catch (error) {
      if (error instanceof FailureError) return { ...nothing, missing: true, problem: sentenceOf(error.failure) };
      throw error;
    }
  }

  async #lookAt(item: MediaItem): Promise<{
    readonly present: boolean;
    readonly facts: MediaFacts | null;
    readonly cacheKey: CacheKey;
    readonly problem: Sentence | null;
  }> {
    const present = await isThere(item);
    const cacheKey = cacheKeyOfContent(item.contentKey);
    // a file that is away still shows what was made of its content here
    if (!present) return { present, facts: await this.#files.facts.cached(cacheKey), cacheKey, problem: null };
    try {
      return { present, ...(await this.#files.facts.of(item.path)), problem: null };
    } catch (error) {
      if (error instanceof FailureError) return { present, facts: null, cacheKey, problem: sentenceOf(error.failure) };
      throw error;
    }
  }

  #urls(base: string, cacheKey: CacheKey): UrlOf {
    return async (fileName) =>
      (await exists(join(this.#cache.mediaFolder(cacheKey), fileName))) ? `${base}/${fileName}` : null;
  }

  /** Once, however many ask. */
  #fillOnce({ cacheKey }: KnownFile, fill: () => Promise<void>): Promise<void> {
    const running = this.#takeWork.get(cacheKey);
    if (running) return running;
    const work = fill();
    this.#takeWork.set(cacheKey, work);
    const forget = () => this.#takeWork.delete(cacheKey);
    work.then(forget, forget);
    return work;
  }

  #fill(file: KnownFile): Promise<void> {
    const nothing = () => undefined;
    const folder = this.#cache.mediaFolder(file.cacheKey);
    return fillCache({ file, folder, sounds: this.#sounds, onProgress: nothing, onPart: nothing });
  }

  #fillPatch(projectId: string, take: Take, { cacheKey }: KnownFile): Promise<void> {
    const files: Files = {
      mediaFacts: (id, mediaId) => this.#files.media(id, mediaId),
      takeFacts: (id, takeId) => this.#files.take(id, takeId),
      assetPath: (key, asset) => this.#cache.assetPath(key, asset),
    };
    const source = sourceOfTake(this.#files.records.document(projectId), take);
    return fillPatchCache(this.#cache, cacheKey, () => locateSource(files, projectId, source));
  }
}

/** The facts that people read. */
function detailsOf({ video, timecode, remarks, damage }: MediaFacts): MediaDetails {
  return {
    video: video && {
      codec: video.codec,
      pixelFormat: video.pixelFormat,
      transfer: video.transfer,
      primaries: video.primaries,
      rate: video.rate,
      irregular: video.irregular,
      fieldOrder: video.fieldOrder,
    },
    timecode,
    remarks,
    damage,
  };
}

/** Peaks of the first sound, and what there is of every sound of a file. */
async function soundUrls(facts: MediaFacts | null, url: UrlOf): Promise<Pick<MediaAssets, 'peaksUrl' | 'sounds'>> {
  const sounds = await Promise.all(
    (facts?.sounds ?? []).map(async ({ streamIndex, title, language, channels, layout, sampleRateHz, codec }) => ({
      ...{ streamIndex, title, language, channels, layout, sampleRateHz, codec },
      url: await url(soundAssetName('sound', streamIndex)),
      peaksUrl: await url(soundAssetName('peaks', streamIndex)),
    })),
  );
  return { peaksUrl: sounds[0]?.peaksUrl ?? null, sounds };
}

async function playedUrl(take: Take, { video }: MediaFacts, base: string, url: UrlOf): Promise<string> {
  const proxy = take.kind === 'image' ? 'still' : video?.hasAlpha ? 'alphaProxy' : 'proxy';
  return (await url(assetNames[proxy])) ?? `${base}/original`;
}

/** A photograph's patch is itself a PNG with alpha (its 'still' is the merged picture); a film's plays its proxy. */
async function patchUrl(take: Take, base: string, url: UrlOf): Promise<string | null> {
  return take.kind === 'image' ? `${base}/original` : url(assetNames.proxy);
}

/** Path of a media file or take on the window's server. */
export function addressOf(projectId: string, room: 'media' | 'takes', id: string): string {
  return `/files/${encodeURIComponent(projectId)}/${room}/${encodeURIComponent(id)}`;
}
