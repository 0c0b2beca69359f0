/** A project's picture on the start screen: the poster of the first picture on its timeline, from its own cache. */
import { basename, extname } from 'node:path';
import { activeSequence } from '../../document/query.ts';
import type { Clip, ProjectDocument } from '../../document/schema.ts';
import { assetPath } from '../../disk/assetFiles.node.ts';
import type { ProjectFolder } from '../../disk/projectFolder.node.ts';
import { exists, type ProjectFs } from '../../disk/projectFs.node.ts';

/** null where no clip has a poster yet. */
export async function thumbnailPath(
  fs: ProjectFs,
  { cache }: ProjectFolder,
  document: ProjectDocument,
): Promise<string | null> {
  const clips = activeSequence(document)
    .tracks.filter((track) => track.kind === 'video')
    .flatMap((track) => track.clips);
  // a long cut shows few files many times: each is looked for once
  const keys = new Set(
    clips.toSorted((a, b) => a.startTicks - b.startTicks).flatMap((clip) => contentKeyOf(document, clip) ?? []),
  );
  for (const key of keys) {
    const path = assetPath(cache, key, 'poster');
    if (await exists(fs, path)) return path;
  }
  return null;
}

/** What the clip's cache is named by: its take's file, else its media's content; null for titles and colours. */
function contentKeyOf(document: ProjectDocument, clip: Clip): string | null {
  const take = clip.generation?.activeTakeId ? document.takes[clip.generation.activeTakeId] : undefined;
  if (take) return basename(take.file, extname(take.file));
  return clip.reference.kind === 'media' ? (document.media[clip.reference.mediaId]?.contentKey ?? null) : null;
}
