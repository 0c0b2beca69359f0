/** The files behind '/files/<project>/<media|takes>/<id>/<name>'. */
import { extname, join } from 'node:path';
import { FailureError } from '../../contract/errors.ts';
import { servedAsset } from '../../disk/assetFiles.node.ts';
import { cacheKeyOfContent, type CacheFolder, type CacheKey } from '../../disk/cacheFolder.node.ts';
import { mediaPathProblem } from '../../disk/mediaPath.node.ts';
import { isThere, type PlayedFiles } from './playedFiles.node.ts';

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

type Room = 'media' | 'takes';
/** A file for the host to serve. */
export interface ServedFile {
  readonly path: string;
  readonly contentType: string;
}

/** null for an address that was not given out, and for files that cannot be used. */
export async function fileBehind(urlPath: string, files: PlayedFiles, cache: CacheFolder): Promise<ServedFile | null> {
  const match = /^\/files\/([^/]+)\/(media|takes)\/([^/]+)\/([^/]+)$/.exec(urlPath);
  if (!match) return null;
  const [projectId, room, id, file] = match.slice(1).map(decodeURIComponent) as [string, Room, string, string];
  try {
    if (file === 'original') return originalOf(files, projectId, room, id);
    const served = servedAsset(file);
    if (!served) return null;
    const cacheKey = await cacheKeyOf(files, projectId, room, id);
    return { path: join(cache.mediaFolder(cacheKey), served.fileName), contentType: served.contentType };
  } catch (error) {
    // closed projects, unknown ids and refused files are 'no such file' to a request by address
    if (error instanceof FailureError) return null;
    throw error;
  }
}

function originalOf(files: PlayedFiles, projectId: string, room: Room, id: string): ServedFile | null {
  const path = room === 'media' ? files.records.item(projectId, id).path : files.takePath(projectId, id);
  if (mediaPathProblem(path) !== null) return null;
  return { path, contentType: typesByExtension[extname(path).toLowerCase()] ?? 'application/octet-stream' };
}

async function cacheKeyOf(files: PlayedFiles, projectId: string, room: Room, id: string): Promise<CacheKey> {
  if (room === 'takes') return (await files.take(projectId, id)).cacheKey;
  const item = files.records.item(projectId, id);
  return (await isThere(item)) ? (await files.facts.of(item.path)).cacheKey : cacheKeyOfContent(item.contentKey);
}
