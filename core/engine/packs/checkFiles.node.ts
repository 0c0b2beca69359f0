/** Are a pack's files what its manifest says? Sizes at once, hashes where asked. */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { realpath, stat } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { PackManifest } from '../../../models/families/pack.ts';

export async function sha256OfFile(path: string, signal?: AbortSignal): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path, { highWaterMark: 1024 * 1024 }), hash, signal ? { signal } : {});
  return hash.digest('hex');
}

/** Sentences without a subject ('transformer.onnx is missing'), empty when all is well. */
export async function sizeProblems(folder: string, manifest: PackManifest): Promise<readonly string[]> {
  const problems: string[] = [];
  const inside = (await realpath(folder)) + sep;
  for (const file of manifest.files) {
    const path = join(folder, file.path);
    const info = await stat(path).catch(() => null);
    if (!info?.isFile()) problems.push(`${file.path} is missing`);
    else if (!(await realpath(path)).startsWith(inside))
      problems.push(`${file.path} is a link to a place outside the pack`);
    else if (info.size !== file.sizeBytes)
      problems.push(`${file.path} has ${info.size} bytes instead of ${file.sizeBytes}`);
  }
  return problems;
}

/** Remembers which file, of which size and time, has had the right hash, so that it is read whole once. */
export interface HashMemory {
  knows(key: string): Promise<boolean>;
  learn(key: string): Promise<void>;
}

export async function hashProblems(
  folder: string,
  manifest: PackManifest,
  memory: HashMemory | null,
): Promise<readonly string[]> {
  const problems: string[] = [];
  for (const file of manifest.files) {
    const path = join(folder, file.path);
    const info = await stat(path);
    const key = `${path}|${info.size}|${info.mtimeMs}|${file.sha256}`;
    if (await memory?.knows(key)) continue;
    if ((await sha256OfFile(path)) === file.sha256) await memory?.learn(key);
    else problems.push(`${file.path} is damaged or was changed (wrong sha256)`);
  }
  return problems;
}
