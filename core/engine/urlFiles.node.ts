/** '/files/...' paths to files on disk. */
import type { LocalJobQueue } from './jobs/jobQueue.node.ts';
import { outputType } from './jobs/openOutput.node.ts';
import type { MediaService, ProjectStore, RenderService } from './services.node.ts';

export interface ResolvedFile {
  readonly path: string;
  readonly contentType: string;
}

/** Asks each service in turn; null when none of them issued this address. */
export async function resolveEngineFile(
  urlPath: string,
  rooms: { jobs: LocalJobQueue; projects: ProjectStore; media: MediaService; render: RenderService },
): Promise<ResolvedFile | null> {
  if (!isDecodable(urlPath)) return null;
  const exported = /^\/files\/exports\/([\w-]+)$/.exec(urlPath);
  if (exported?.[1]) {
    const path = rooms.jobs.exportedPath(exported[1]);
    // a folder of frames has no type: hosts send files only
    return path === null ? null : { path, contentType: outputType(path) ?? 'application/octet-stream' };
  }
  return (
    (await rooms.projects.resolveFile(urlPath)) ??
    (await rooms.media.resolveFile(urlPath)) ??
    (await rooms.render.resolveFile(urlPath))
  );
}

/** The rooms decode each segment, which throws on a broken escape. */
function isDecodable(urlPath: string): boolean {
  try {
    decodeURIComponent(urlPath);
    return true;
  } catch {
    return false;
  }
}
