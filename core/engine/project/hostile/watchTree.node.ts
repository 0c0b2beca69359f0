/** The contents of a folder, to tell afterwards whether anything outside a project was touched. */
import { createHash } from 'node:crypto';
import { lstat, readdir, readFile, readlink } from 'node:fs/promises';
import { join } from 'node:path';

/** Path -> kind, size and hash of everything below `folder`; links are described, not followed. */
export async function listTree(folder: string): Promise<Record<string, string>> {
  const listed: Record<string, string> = {};
  for (const name of (await readdir(folder, { recursive: true })).toSorted())
    listed[name] = await describe(join(folder, name));
  return listed;
}

async function describe(path: string): Promise<string> {
  const info = await lstat(path);
  if (info.isSymbolicLink()) return `link to ${await readlink(path)}`;
  if (info.isDirectory()) return 'folder';
  if (!info.isFile()) return 'device';
  return `${info.size} ${createHash('sha256')
    .update(await readFile(path))
    .digest('hex')}`;
}

/** What differs between two listings, one line each. */
export function differences(before: Record<string, string>, after: Record<string, string>): string[] {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  return names
    .filter((name) => before[name] !== after[name])
    .map((name) => `${name}: ${before[name] ?? 'absent'} -> ${after[name] ?? 'absent'}`);
}
