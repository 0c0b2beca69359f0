/** A project's folder of renders: finished films and frames, and a folder for each render in progress. */
import { mkdir, mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { removeLeftovers } from '../../disk/wholeFile.node.ts';
import { writeFailure } from '../../disk/projectFs.node.ts';

const keptFrames = 60;

/** Gives `work` a new folder inside `parent` and removes it afterwards. Throws FailureError 'notWritable'. */
export async function withWorkFolder<T>(parent: string, work: (folder: string) => Promise<T>): Promise<T> {
  await mkdir(parent, { recursive: true }).catch((error: unknown) => {
    throw writeFailure(error, parent);
  });
  await removeLeftovers(parent);
  const folder = await mkdtemp(join(parent, `.part-${process.pid}-`));
  try {
    return await work(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Removes all rendered frames but the 60 used last. */
export async function forgetOldFrames(folder: string): Promise<void> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.png') && !name.startsWith('.'));
  if (names.length <= keptFrames) return;
  const dated = await Promise.all(names.map(async (name) => ({ name, at: (await stat(join(folder, name))).mtimeMs })));
  const oldest = dated.sort((a, b) => a.at - b.at).slice(0, names.length - keptFrames);
  for (const { name } of oldest) await rm(join(folder, name), { force: true });
}
