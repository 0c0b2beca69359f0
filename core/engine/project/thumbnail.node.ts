/** A project's picture on the start screen: the poster of the first picture on its timeline. */
import { exists } from '../../disk/assetFiles.node.ts';
import { cacheKeyOfContent, type CacheFolder, type CacheKey } from '../../disk/cacheFolder.node.ts';
import { cacheKeyOf, stampOf } from '../../disk/cacheKey.node.ts';
import { contentKeyOf } from '../../disk/contentKey.node.ts';
import { mediaPathProblem } from '../../disk/mediaPath.node.ts';
import type { ProjectFolder } from '../../disk/projectFolder.node.ts';
import { takePathIn } from '../../disk/takeFiles.node.ts';
import { activeSequence } from '../../document/query.ts';
import type { Clip, MediaItem, ProjectDocument } from '../../document/schema.ts';

/** Clips that are looked at: a project without any poster must not cost a read of every take. */
const mostLooked = 50;

/** Path in this machine's cache; null where no clip has a poster yet. */
export async function thumbnailPath(
  cache: CacheFolder,
  folder: ProjectFolder,
  document: ProjectDocument,
): Promise<string | null> {
  const clips = activeSequence(document)
    .tracks.filter((track) => track.kind === 'video')
    .flatMap((track) => track.clips)
    .toSorted((a, b) => a.startTicks - b.startTicks);
  // a long cut shows few files many times: each is looked for once
  const looked = new Set<string>();
  for (const clip of clips) {
    const source = sourceOf(document, clip);
    if (source === null || looked.has(source.name)) continue;
    if (looked.size >= mostLooked) break;
    looked.add(source.name);
    const key =
      'item' in source
        ? await keyOfMedia(cache, source.item)
        : await keyOfFile(cache, () => takePathIn(folder, source.take));
    const path = key && cache.assetPath(key, 'poster');
    if (path && (await exists(path))) return path;
  }
  return null;
}

type Take = ProjectDocument['takes'][string];
type Source = { name: string } & ({ item: MediaItem } | { take: Take });

/** What the clip shows: its take, else its media; null for titles and colours. */
function sourceOf(document: ProjectDocument, clip: Clip): Source | null {
  const take = clip.generation?.activeTakeId ? document.takes[clip.generation.activeTakeId] : undefined;
  if (take) return { name: `take ${take.id}`, take };
  const item = clip.reference.kind === 'media' ? document.media[clip.reference.mediaId] : undefined;
  return item ? { name: `media ${item.id}`, item } : null;
}

/** A file that is away still shows what was made of its content here. */
async function keyOfMedia(cache: CacheFolder, { path, contentKey }: MediaItem): Promise<CacheKey | null> {
  const isThere = mediaPathProblem(path) === null && (await stampOf(path)) !== null;
  return isThere ? keyOfFile(cache, () => path) : cacheKeyOfContent(contentKey);
}

/** null for a file that is missing, unreadable or refused: it has no picture then. */
async function keyOfFile(cache: CacheFolder, pathOf: () => string): Promise<CacheKey | null> {
  try {
    const path = pathOf();
    const stamp = await stampOf(path);
    return stamp && (await cacheKeyOf(cache, await contentKeyOf(path), stamp));
  } catch {
    return null;
  }
}
