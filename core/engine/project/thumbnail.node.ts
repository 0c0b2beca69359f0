/** A project's picture on the start screen: the poster of the first picture on its timeline. */
import { exists } from '../../disk/assetFiles.node.ts';
import type { CacheFolder } from '../../disk/cacheFolder.node.ts';
import { contentKeyOf } from '../../disk/contentKey.node.ts';
import type { ProjectFolder } from '../../disk/projectFolder.node.ts';
import { takePathIn } from '../../disk/takeFiles.node.ts';
import type { ContentKey } from '../../document/names.ts';
import { activeSequence } from '../../document/query.ts';
import type { Clip, ProjectDocument } from '../../document/schema.ts';

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
    const key = source.key ?? (await keyOfTake(folder, source.take));
    const path = key && cache.assetPath(key, 'poster');
    if (path && (await exists(path))) return path;
  }
  return null;
}

type Take = ProjectDocument['takes'][string];
type Source = { name: string } & ({ key: ContentKey } | { key: null; take: Take });

/** What the clip shows: its take, else its media; null for titles and colours. */
function sourceOf(document: ProjectDocument, clip: Clip): Source | null {
  const take = clip.generation?.activeTakeId ? document.takes[clip.generation.activeTakeId] : undefined;
  if (take) return { name: `take ${take.id}`, key: null, take };
  const item = clip.reference.kind === 'media' ? document.media[clip.reference.mediaId] : undefined;
  return item ? { name: `media ${item.id}`, key: item.contentKey } : null;
}

/** null for a take that is missing or refused: it has no picture then. */
async function keyOfTake(folder: ProjectFolder, take: Take): Promise<ContentKey | null> {
  try {
    return await contentKeyOf(takePathIn(folder, take));
  } catch {
    return null;
  }
}
