/** Whether a pack's files match its manifest: sizes always, hashes on request. */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { realpath, stat } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { PackManifest } from '../../../models/families/pack.ts';
import { sentence, type Sentence } from '../../contract/sentence.ts';

/** Lower-case hex. Rejects when the file cannot be read or `signal` aborts. */
export async function sha256OfFile(path: string, signal?: AbortSignal): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path, { highWaterMark: 1024 * 1024 }), hash, signal ? { signal } : {});
  return hash.digest('hex');
}

/** What is wrong by name and size ('transformer.onnx is missing'); empty when nothing is. */
export async function sizeProblems(folder: string, manifest: PackManifest): Promise<readonly Sentence[]> {
  const problems: Sentence[] = [];
  const inside = (await realpath(folder)) + sep;
  for (const file of manifest.files) {
    const path = join(folder, file.path);
    const info = await stat(path).catch(() => null);
    if (!info?.isFile()) problems.push(sentence('packProblem.missing', { path: file.path }));
    else if (!(await realpath(path)).startsWith(inside))
      problems.push(sentence('packProblem.linksOut', { path: file.path }));
    else if (info.size !== file.sizeBytes)
      problems.push(
        sentence('packProblem.wrongSize', { path: file.path, actual: info.size, expected: file.sizeBytes }),
      );
  }
  return problems;
}

/** Remembers which file, of which size and time, had the right hash, so that it is read whole only once. */
export interface HashMemory {
  knows(key: string): Promise<boolean>;
  learn(key: string): Promise<void>;
}

/** What is wrong by content. Files `memory` already knows to be right are not read again; null reads every file. */
export async function hashProblems(
  folder: string,
  manifest: PackManifest,
  memory: HashMemory | null,
): Promise<readonly Sentence[]> {
  const problems: Sentence[] = [];
  for (const file of manifest.files) {
    const path = join(folder, file.path);
    const info = await stat(path);
    const key = `${path}|${info.size}|${info.mtimeMs}|${file.sha256}`;
    if (await memory?.knows(key)) continue;
    if ((await sha256OfFile(path)) === file.sha256) await memory?.learn(key);
    else problems.push(sentence('packProblem.wrongHash', { path: file.path }));
  }
  return problems;
}
