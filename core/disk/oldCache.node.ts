/** The cache/ that earlier versions kept inside a project: never read any more, removed when the user asks. */
import { lstat, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { FailureError } from '../contract/errors.ts';
import { sentence } from '../contract/sentence.ts';
import { projectFolder, projectSuffix } from './projectFolder.node.ts';
import { exists, fsFailure, nodeFs } from './projectFs.node.ts';

/**
 * Removes `<project>/cache` and returns the bytes freed. A link in its place is removed itself, not what it leads to.
 * Throws FailureError 'notFound' for a folder that is not a project, 'notWritable'.
 */
export async function removeOldCache(project: string): Promise<number> {
  const place = projectFolder(project);
  if (!project.endsWith(projectSuffix) || !(await exists(nodeFs, place.projectFile)))
    throw new FailureError('notFound', sentence('project.notProject', { path: project }), project);
  const cache = join(place.folder, 'cache');
  try {
    const freed = await sizeOf(cache);
    await rm(cache, { recursive: true, force: true });
    return freed;
  } catch (error) {
    throw fsFailure(error, cache, 'removed');
  }
}

/** Bytes of the files in a folder; 0 when it is not there or is a link. Node 20's recursive listing follows links. */
async function sizeOf(path: string): Promise<number> {
  const info = await lstat(path).catch(() => null);
  if (!info?.isDirectory()) return info?.isFile() ? info.size : 0;
  let bytes = 0;
  for (const name of await readdir(path)) bytes += await sizeOf(join(path, name));
  return bytes;
}
