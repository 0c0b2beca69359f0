/**
 * What can be made again from media and projects, in the user's cache folder of this machine. Never in a project: a
 * folder from a stranger would bring its own, and its facts about a file would be believed.
 *
 *   media/<cache key>/     facts, proxy, peaks, sounds, filmstrip, poster of one file, for all projects
 *   renders/<folder hash>/ rendered ranges and frames of one project folder
 *   unfinished/<hash>/     pieces of a film whose making was cancelled or cut off
 *
 * The key of a file that exists is computed from the file itself (cacheKey.node.ts), never taken from a document.
 */
import { createHash } from 'node:crypto';
import { mkdir, readdir, rm, stat, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { contentKeyOfName, type ContentKey } from '../document/names.ts';
import { assetNames, soundAssetName, type AssetName, type SoundAssetName } from './assetFiles.node.ts';
import { isInside } from './plainFile.node.ts';

/** 64 hex digits that name the folder of one file's cache: see `cacheKeyOf`. */
export const cacheKeySchema = z
  .string()
  .regex(/^[0-9a-f]{64}$/, 'not a cache key (64 hex digits)')
  .brand<'CacheKey'>();
/** As `cacheKeySchema`. */
export type CacheKey = z.infer<typeof cacheKeySchema>;

/** The folder of the first file that had this content: the only one where files are small, and what is left of it. */
export function cacheKeyOfContent(contentKey: ContentKey): CacheKey {
  return cacheKeySchema.parse(contentKey);
}

/** Keys of a file that nothing is cached of, from its name. */
export function keysOfName(name: string): { readonly contentKey: ContentKey; readonly cacheKey: CacheKey } {
  const contentKey = contentKeyOfName(name);
  return { contentKey, cacheKey: cacheKeyOfContent(contentKey) };
}

/** The folder of what several files make together. */
export function cacheKeyOfAll(files: readonly { readonly cacheKey: CacheKey }[]): CacheKey {
  const names = files.map(({ cacheKey }) => cacheKey).join('\n');
  return cacheKeySchema.parse(createHash('sha256').update(names).digest('hex'));
}

/** Beyond this the least recently used entries go, bytes. */
export const cacheLimitBytes = 30e9;
/** Down to this share of the limit, so that it is not trimmed at every file. */
const keptShare = 0.8;
/** What was used so recently may be in use, ms. */
const recentMs = 60 * 60_000;

const rooms = ['media', 'renders', 'unfinished'] as const;

const trimEveryMs = 10 * 60_000;

/** One file's or one project's folder in the cache. */
export interface CacheEntry {
  readonly path: string;
  readonly sizeBytes: number;
  readonly usedAtMs: number;
}

/** The cache of this machine: files by cache key, trimmed to `limitBytes` by when they were last used. */
export class CacheFolder {
  readonly root: string;
  readonly #limitBytes: number;
  #trimmedAtMs = -Infinity;

  constructor(root: string, limitBytes = cacheLimitBytes) {
    this.root = root;
    this.#limitBytes = limitBytes;
  }

  /** Folder of one file; made when something is written into it. */
  mediaFolder(cacheKey: CacheKey): string {
    return join(this.root, 'media', cacheKey);
  }

  assetPath(cacheKey: CacheKey, asset: AssetName): string {
    return join(this.mediaFolder(cacheKey), assetNames[asset]);
  }

  /** Where a part of one sound stream lies, there or not. */
  soundAssetPath(cacheKey: CacheKey, asset: SoundAssetName, streamIndex: number): string {
    return join(this.mediaFolder(cacheKey), soundAssetName(asset, streamIndex));
  }

  /** Folder of one project's renders. `projectFolder` without links. */
  rendersFolder(projectFolder: string): string {
    const hash = createHash('sha256').update(projectFolder).digest('hex').slice(0, 32);
    return join(this.root, 'renders', hash);
  }

  /** Folder of the pieces of one film that is being made. `hash`: of all that makes it what it is. */
  unfinishedFolder(hash: string): string {
    return join(this.root, 'unfinished', hash);
  }

  /** Whether a path is inside this cache, by name. */
  holds(path: string): boolean {
    return isInside(this.root, path);
  }

  /** Removes all that is kept under a key. */
  async forget(cacheKey: CacheKey): Promise<void> {
    await rm(this.mediaFolder(cacheKey), { recursive: true, force: true });
  }

  /** Marks an entry as used now; one that is not there stays so. */
  async touch(entry: string): Promise<void> {
    await utimes(entry, new Date(), new Date()).catch(() => undefined);
  }

  /** All entries, in no order. */
  async entries(): Promise<CacheEntry[]> {
    const folders = await Promise.all(rooms.map((room) => foldersIn(join(this.root, room))));
    return Promise.all(folders.flat().map(entryOf));
  }

  /** Removes the least recently used entries while the cache is over its limit. Returns the bytes freed. */
  async trim(nowMs = Date.now()): Promise<number> {
    const entries = await this.entries();
    let total = entries.reduce((sum, entry) => sum + entry.sizeBytes, 0);
    if (total <= this.#limitBytes) return 0;
    let freed = 0;
    for (const entry of entries.toSorted((a, b) => a.usedAtMs - b.usedAtMs)) {
      if (total <= this.#limitBytes * keptShare || nowMs - entry.usedAtMs < recentMs) break;
      await rm(entry.path, { recursive: true, force: true });
      total -= entry.sizeBytes;
      freed += entry.sizeBytes;
    }
    return freed;
  }

  /** Trims, at most once in ten minutes: looking at all entries takes a while. */
  async trimNowAndThen(nowMs = Date.now()): Promise<number> {
    if (nowMs - this.#trimmedAtMs < trimEveryMs) return 0;
    this.#trimmedAtMs = nowMs;
    return this.trim(nowMs);
  }

  /** Removes everything. Returns the bytes freed. */
  async clear(): Promise<number> {
    const entries = await this.entries();
    for (const room of rooms) await rm(join(this.root, room), { recursive: true, force: true });
    return entries.reduce((sum, entry) => sum + entry.sizeBytes, 0);
  }

  /** Makes a folder of this cache. Throws what the file system throws. */
  async make(folder: string): Promise<void> {
    await mkdir(folder, { recursive: true });
  }
}

async function foldersIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  return entries.filter((entry) => entry.isDirectory()).map((entry) => join(folder, entry.name));
}

async function entryOf(path: string): Promise<CacheEntry> {
  const names = await readdir(path, { recursive: true }).catch(() => [] as string[]);
  const infos = await Promise.all(names.map((name) => stat(join(path, name)).catch(() => null)));
  const usedAtMs = (await stat(path).catch(() => null))?.mtimeMs ?? 0;
  return { path, sizeBytes: infos.reduce((sum, info) => sum + (info?.isFile() ? info.size : 0), 0), usedAtMs };
}
