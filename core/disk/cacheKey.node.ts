/**
 * Under which name the cache keeps what was made from a file. A content key samples large files, so that a damaged copy
 * and a whole one may share it. The first file seen with a content key owns the folder of that name; any other file,
 * and the first one once it was written again, gets a folder of its own. Which file it is says its path, size and both
 * dates: the date of the last change of the inode cannot be set back as the date of the content can.
 */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { link, mkdir, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { ContentKey } from '../document/names.ts';
import { cacheKeyOfContent, cacheKeySchema, type CacheFolder, type CacheKey } from './cacheFolder.node.ts';
import { wholeBytes } from './contentKey.node.ts';
import { readJsonOrNull, writeJsonFile } from './jsonFile.node.ts';

/** A file as it lies on disk: another one in its place, or a change inside it, has another stamp. */
export interface FileStamp {
  readonly sizeBytes: number;
  /** sha256 (hex) over path, size and dates. */
  readonly hash: string;
}

const ownerName = 'owner.json';
const digestName = 'digest.json';
const hashSchema = z.string().regex(/^[0-9a-f]{64}$/);

/** null for what is not a file, or not there. Follows links. */
export async function stampOf(path: string): Promise<FileStamp | null> {
  const info = await stat(path, { bigint: true }).catch(() => null);
  if (!info?.isFile()) return null;
  const hash = sha256(`${path}\n${info.size}\n${info.mtimeNs}\n${info.ctimeNs}`);
  return { sizeBytes: Number(info.size), hash };
}

/** Where the cache keeps what is made from the file of this stamp. `claimFolder` comes first where that is made. */
export async function cacheKeyOf(cache: CacheFolder, contentKey: ContentKey, stamp: FileStamp): Promise<CacheKey> {
  const common = cacheKeyOfContent(contentKey);
  if (stamp.sizeBytes <= wholeBytes) return common;
  const owner = await readJsonOrNull(join(cache.mediaFolder(common), ownerName));
  if (owner === null || owner === stamp.hash) return common;
  return cacheKeySchema.parse(sha256(`${contentKey}\n${stamp.hash}`));
}

/** Takes the folder of a content key for this file, unless another has it. Throws what the file system throws. */
export async function claimFolder(cache: CacheFolder, contentKey: ContentKey, stamp: FileStamp): Promise<void> {
  if (stamp.sizeBytes <= wholeBytes) return;
  const folder = cache.mediaFolder(cacheKeyOfContent(contentKey));
  await mkdir(folder, { recursive: true });
  // 'wx': of two files that are looked at in the same moment, one has it
  await writeFile(join(folder, ownerName), JSON.stringify(stamp.hash), { flag: 'wx' }).catch(unlessThere);
}

/** A file that something was made from. */
interface Prepared {
  readonly path: string;
  readonly contentKey: ContentKey;
  readonly cacheKey: CacheKey;
}

/**
 * Brings parts of the cache over from the file that owns the content key, where the two are equal byte by byte: a file
 * that was moved or copied. Reads all of the file. Throws what the file system throws while reading it, and the
 * signal's reason.
 */
export async function shareParts(
  cache: CacheFolder,
  { path, contentKey, cacheKey }: Prepared,
  names: readonly string[],
  signal?: AbortSignal,
): Promise<void> {
  const common = cacheKeyOfContent(contentKey);
  if (common === cacheKey || names.length === 0) return;
  const known = hashSchema.safeParse(await readJsonOrNull(join(cache.mediaFolder(common), digestName))).data;
  if (known === undefined || known !== (await digestOf(path, signal))) return;
  await mkdir(cache.mediaFolder(cacheKey), { recursive: true });
  for (const name of names) {
    const from = join(cache.mediaFolder(common), name);
    // a part that is not there, or a disk without hard links: it is made as for any file
    await link(from, join(cache.mediaFolder(cacheKey), name)).catch(() => undefined);
  }
}

/**
 * Remembers the hash of all of a file that owns its content key, so that a copy of it can be recognised. Throws as
 * `shareParts`.
 */
export async function keepDigest(
  cache: CacheFolder,
  { path, contentKey, cacheKey }: Prepared,
  signal?: AbortSignal,
): Promise<void> {
  const folder = cache.mediaFolder(cacheKey);
  const stamp = await stampOf(path);
  if (cacheKeyOfContent(contentKey) !== cacheKey || !stamp || stamp.sizeBytes <= wholeBytes) return;
  if (hashSchema.safeParse(await readJsonOrNull(join(folder, digestName))).success) return;
  const digest = await digestOf(path, signal);
  const isOwner = (await readJsonOrNull(join(folder, ownerName))) === stamp.hash;
  if (isOwner && (await stampOf(path))?.hash === stamp.hash) await writeJsonFile(join(folder, digestName), digest);
}

async function digestOf(path: string, signal: AbortSignal | undefined): Promise<string> {
  const hash = createHash('sha256');
  const chunks = createReadStream(path, { highWaterMark: wholeBytes, ...(signal ? { signal } : {}) });
  for await (const chunk of chunks) hash.update(chunk as Buffer);
  return hash.digest('hex');
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

function unlessThere(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EEXIST') throw error;
}
