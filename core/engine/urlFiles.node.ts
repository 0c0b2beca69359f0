/** '/files/...' paths to files on disk, and where dropped files are put. */
import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { extname, join } from 'node:path';
import type { LocalJobQueue } from './jobs/jobQueue.node.ts';
import type { MediaService, ProjectStore, RenderService } from './services.node.ts';

export interface ResolvedFile {
  readonly path: string;
  readonly contentType: string;
}

/** Asks each room for its own; null when nobody gave this address out. */
export async function resolveEngineFile(
  urlPath: string,
  rooms: { jobs: LocalJobQueue; projects: ProjectStore; media: MediaService; render: RenderService },
): Promise<ResolvedFile | null> {
  const preview = /^\/files\/jobs\/([\w-]+)\/([\w.-]+)$/.exec(urlPath);
  if (preview?.[1] && preview[2]) {
    const path = rooms.jobs.previewPath(preview[1], preview[2]);
    return path === null ? null : { path, contentType: 'image/jpeg' };
  }
  return (
    (await rooms.projects.resolveFile(urlPath)) ??
    (await rooms.media.resolveFile(urlPath)) ??
    (await rooms.render.resolveFile(urlPath))
  );
}

const longestName = 120;

/** A free path in the project's own `media/` folder, the name kept as far as every file system allows it. */
export async function uploadPathIn(projectFolder: string, fileName: string): Promise<string> {
  const folder = join(projectFolder, 'media');
  await mkdir(folder, { recursive: true });
  const clean = (fileName.split(/[/\\]/).at(-1) ?? '')
    // eslint-disable-next-line no-control-regex
    .replace(/[<>:"|?*\u0000-\u001f]/g, '_')
    .replace(/^\.+/, '')
    .trim();
  const ending = extname(clean).slice(0, 16);
  const stem = clean.slice(0, clean.length - extname(clean).length).slice(0, longestName) || 'file';
  for (let copy = 1; ; copy++) {
    const path = join(folder, `${copy === 1 ? stem : `${stem} ${copy}`}${ending}`);
    if (!existsSync(path)) return path;
  }
}
