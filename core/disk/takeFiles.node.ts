/**
 * takes/: `<sha256>.<ext>` the media, `<takeId>.recipe.json` how it was made (written before the media), and
 * `<takeId>.take.json` the record for the document (written after): a crash at any point leaves something to go on
 * from.
 */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { FailureError } from '../contract/errors.ts';
import { takeFileOf, type TakeFile } from '../document/names.ts';
import { takeSchema, type ProjectDocument, type Take } from '../document/schema.ts';
import { errorCode, exists, fsFailure, namesIn, syncFolder, writeDurable, type ProjectFs } from './projectFs.node.ts';
import type { ProjectFolder } from './projectFolder.node.ts';

const foundSchema = z.object({ take: takeSchema, clipId: z.string().nullable() });
export type FoundTake = z.infer<typeof foundSchema>;

function sideFile(folder: ProjectFolder, takeId: string, kind: 'recipe' | 'take'): string {
  if (!/^[\w-]{1,64}$/.test(takeId)) throw new FailureError('badRequest', `'${takeId.slice(0, 80)}' is no take's id.`);
  return join(folder.takes, `${takeId}.${kind}.json`);
}

/** The take's file; refuses names that lead out of takes/. */
export function takePathIn(folder: ProjectFolder, take: Take): string {
  if (/[/\\\0]/.test(take.file) || take.file.startsWith('.'))
    throw new FailureError('badRequest', `The take '${take.id}' names a file outside of the project.`);
  return join(folder.takes, take.file);
}

export async function writeRecipeFile(
  fs: ProjectFs,
  folder: ProjectFolder,
  recipe: Record<string, unknown> & { takeId: string },
): Promise<void> {
  const path = sideFile(folder, recipe.takeId, 'recipe');
  try {
    await fs.mkdir(folder.takes, { recursive: true });
    await writeDurable(fs, path, JSON.stringify(recipe, null, 2));
  } catch (error) {
    throw fsFailure(error, path, 'saved');
  }
}

export async function readRecipeFile(
  fs: ProjectFs,
  folder: ProjectFolder,
  takeId: string,
): Promise<Record<string, unknown>> {
  const path = sideFile(folder, takeId, 'recipe');
  let text: string;
  try {
    text = await fs.readFile(path, 'utf8');
  } catch (error) {
    throw fsFailure(error, path, 'read');
  }
  try {
    return z.record(z.string(), z.unknown()).parse(JSON.parse(text));
  } catch {
    throw new FailureError('damaged', `The recipe '${path}' is damaged.`, path);
  }
}

async function sha256Of(path: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path)) hash.update(chunk as Buffer);
  return hash.digest('hex');
}

/** Moves a finished file into takes/ under its hash; works across disks. `extension` without a dot. */
export async function adoptFile(
  fs: ProjectFs,
  folder: ProjectFolder,
  temporaryPath: string,
  extension: string,
): Promise<{ file: TakeFile; sha256: string }> {
  if (!/^[a-z0-9]{1,8}$/.test(extension)) throw new FailureError('badRequest', `'${extension}' is no file extension.`);
  try {
    await fs.mkdir(folder.takes, { recursive: true });
    const sha256 = await sha256Of(temporaryPath);
    const file = takeFileOf(`${sha256}.${extension}`);
    const target = join(folder.takes, file);
    if (await exists(fs, target)) {
      await fs.rm(temporaryPath, { force: true });
      return { file, sha256 };
    }
    let source = temporaryPath;
    if ((await fs.stat(temporaryPath)).dev !== (await fs.stat(folder.takes)).dev) {
      source = join(folder.takes, `.${sha256}.tmp`);
      await fs.copyFile(temporaryPath, source);
    }
    const handle = await fs.open(source, 'r+');
    try {
      await handle.sync();
    } finally {
      await handle.close();
    }
    await fs.rename(source, target);
    await syncFolder(fs, folder.takes);
    if (source !== temporaryPath) await fs.rm(temporaryPath, { force: true });
    return { file, sha256 };
  } catch (error) {
    throw fsFailure(error, temporaryPath, 'saved as a take');
  }
}

export async function writeTakeRecord(
  fs: ProjectFs,
  folder: ProjectFolder,
  take: Take,
  clipId: string | null,
): Promise<void> {
  const path = sideFile(folder, take.id, 'take');
  try {
    await fs.mkdir(folder.takes, { recursive: true });
    await writeDurable(fs, path, JSON.stringify({ take, clipId }));
  } catch (error) {
    throw fsFailure(error, path, 'saved');
  }
}

/** Takes whose record and media are on disk while the document knows nothing of them. */
export async function findUnrecordedTakes(
  fs: ProjectFs,
  folder: ProjectFolder,
  document: ProjectDocument,
): Promise<FoundTake[]> {
  const found: FoundTake[] = [];
  for (const name of await namesIn(fs, folder.takes)) {
    const takeId = /^([\w-]+)\.take\.json$/.exec(name)?.[1];
    if (takeId === undefined || document.takes[takeId]) continue;
    const parsed = foundSchema.safeParse(parseJson(await fs.readFile(join(folder.takes, name), 'utf8')));
    if (parsed.success && (await exists(fs, takePathIn(folder, parsed.data.take)))) found.push(parsed.data);
  }
  return found.toSorted((a, b) => a.take.createdAt.localeCompare(b.take.createdAt));
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return null;
  }
}

export async function missingTakes(fs: ProjectFs, folder: ProjectFolder, document: ProjectDocument): Promise<string[]> {
  const present = new Set(await namesIn(fs, folder.takes));
  return Object.values(document.takes)
    .filter((take) => !present.has(take.file))
    .map((take) => take.id);
}

/** Media whose file is not where it was. */
export async function missingMedia(fs: ProjectFs, document: ProjectDocument): Promise<string[]> {
  const found = await Promise.all(
    Object.values(document.media).map(async (item) => {
      try {
        return (await fs.stat(item.path)).isFile() ? null : item.id;
      } catch (error) {
        // whatever stands in the way (gone, no permission, disk not mounted), it cannot be used now
        return errorCode(error) === undefined ? Promise.reject(error) : item.id;
      }
    }),
  );
  return found.filter((id) => id !== null);
}
