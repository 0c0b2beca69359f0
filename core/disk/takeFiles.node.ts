/**
 * takes/: `<sha256>.<ext>` the media, `<takeId>.recipe.json` how it was made (written before the media), and
 * `<takeId>.take.json` the record for the document (written after): a crash at any point leaves something to go on
 * from.
 */
import { createHash } from 'node:crypto';
import { constants, createReadStream, lstatSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { FailureError } from '../contract/errors.ts';
import { sentence } from '../contract/sentence.ts';
import { nestsWithin } from '../document/journal.ts';
import { idSchema, takeFileOf, takeFileSchema, type TakeFile } from '../document/names.ts';
import { takeSchema, type ProjectDocument, type Take } from '../document/schema.ts';
import { parseJsonOrNull } from './jsonFile.node.ts';
import {
  kindOfFile,
  plainNamesIn,
  readPlainFile,
  RefusedFile,
  requireInside,
  requirePlainFolder,
  sizeLimits,
} from './plainFile.node.ts';
import type { ProjectFolder } from './projectFolder.node.ts';
import { mediaPathProblem } from './mediaPath.node.ts';
import { errorCode, fsFailure, type ProjectFs } from './projectFs.node.ts';
import { syncFile, syncFolder, writeWholeFile } from './wholeFile.node.ts';

const foundSchema = z.object({ take: takeSchema, clipId: idSchema.nullable() });
export type FoundTake = z.infer<typeof foundSchema>;

const takeIdSchema = idSchema.brand<'TakeId'>();
type TakeId = z.infer<typeof takeIdSchema>;

function takeIdOf(text: string): TakeId {
  const parsed = takeIdSchema.safeParse(text);
  if (parsed.success) return parsed.data;
  throw new FailureError('badRequest', sentence('project.badTakeId', { id: text.slice(0, 80) }));
}

function sideFile(folder: ProjectFolder, takeId: TakeId, kind: 'recipe' | 'take'): string {
  return join(folder.takes, `${takeId}.${kind}.json`);
}

/** The take's file, there or not. Throws FailureError for names that lead out of takes/, and for links and devices. */
export function takePathIn(folder: ProjectFolder, take: Pick<Take, 'id' | 'file'>): string {
  if (!takeFileSchema.safeParse(take.file).success)
    throw new FailureError('badRequest', sentence('project.takeOutside', { id: take.id }));
  const path = join(folder.takes, take.file);
  const [place, file] = [folder.takes, path].map((each) => lstatSync(each, { throwIfNoEntry: false }));
  if (place && !place.isDirectory()) throw new RefusedFile(folder.takes, sentence('fileRefusal.link'));
  if (file && !file.isFile()) throw new RefusedFile(path, sentence('fileRefusal.notPlain'));
  return path;
}

async function writeSideFile(
  fs: ProjectFs,
  folder: ProjectFolder,
  takeId: string,
  kind: 'recipe' | 'take',
  text: string,
): Promise<void> {
  const path = sideFile(folder, takeIdOf(takeId), kind);
  try {
    await makeTakesFolder(fs, folder);
    await writeWholeFile(path, text, fs);
  } catch (error) {
    throw fsFailure(error, path, 'saved');
  }
}

async function makeTakesFolder(fs: ProjectFs, folder: ProjectFolder): Promise<void> {
  await requirePlainFolder(fs, folder.takes);
  await fs.mkdir(folder.takes, { recursive: true });
  await requireInside(fs, folder.folder, join(folder.takes, 'any'));
}

/** Writes a take's recipe beside the take. Throws FailureError. */
export async function writeRecipeFile(
  fs: ProjectFs,
  folder: ProjectFolder,
  recipe: Record<string, unknown> & { takeId: string },
): Promise<void> {
  await writeSideFile(fs, folder, recipe.takeId, 'recipe', JSON.stringify(recipe, null, 2));
}

/** What every recipe holds, as far as it says it; recipes of all versions stay readable. */
const recipeSchema = z
  .looseObject({
    takeId: idSchema.optional(),
    action: z.string().max(64).optional(),
    prompt: z.string().max(10_000).optional(),
    seed: z.number().int().nonnegative().optional(),
    pack: z.looseObject({ id: z.string().max(64), version: z.string().max(64) }).optional(),
    requestHash: z.string().max(128).optional(),
  })
  .refine((recipe) => nestsWithin(recipe, 32), 'nests too deep');

/** A take's recipe, to be shown. Throws FailureError 'notFound' or 'damaged'. */
export async function readRecipeFile(
  fs: ProjectFs,
  folder: ProjectFolder,
  takeId: string,
): Promise<Record<string, unknown>> {
  const path = sideFile(folder, takeIdOf(takeId), 'recipe');
  let text: string;
  try {
    text = (await readPlainFile(fs, folder.folder, path, sizeLimits.recipe)).toString('utf8');
  } catch (error) {
    throw fsFailure(error, path, 'read');
  }
  const parsed = recipeSchema.safeParse(parseJsonOrNull(text));
  if (parsed.success) return parsed.data;
  throw new FailureError('damaged', sentence('project.recipeDamaged', { path }), path);
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
  if (!/^[a-z0-9]{1,8}$/.test(extension))
    throw new FailureError('badRequest', sentence('project.badExtension', { extension }));
  try {
    await makeTakesFolder(fs, folder);
    const sha256 = await sha256Of(temporaryPath);
    const file = takeFileOf(`${sha256}.${extension}`);
    const target = join(folder.takes, file);
    // the same content exists already; anything else under its name is replaced
    if ((await kindOfFile(fs, target)) !== 'plain') await moveInto(fs, folder, temporaryPath, target);
    await fs.rm(temporaryPath, { force: true });
    return { file, sha256 };
  } catch (error) {
    throw fsFailure(error, temporaryPath, 'savedAsTake');
  }
}

async function moveInto(fs: ProjectFs, folder: ProjectFolder, from: string, target: string): Promise<void> {
  let source = from;
  if ((await fs.stat(from)).dev !== (await fs.stat(folder.takes)).dev) {
    source = `${target}.tmp`;
    await fs.rm(source, { force: true });
    await fs.copyFile(from, source, constants.COPYFILE_EXCL);
  }
  await syncFile(source, fs);
  await fs.rename(source, target);
  await syncFolder(fs, folder.takes);
}

/** Writes the take's record, by which a take that the journal lost can be offered again. Throws FailureError. */
export async function writeTakeRecord(
  fs: ProjectFs,
  folder: ProjectFolder,
  take: Take,
  clipId: string | null,
): Promise<void> {
  await writeSideFile(fs, folder, take.id, 'take', JSON.stringify({ take, clipId }));
}

/** Takes whose record and media are on disk while the document knows nothing of them. Other records are passed over. */
export async function findUnrecordedTakes(
  fs: ProjectFs,
  folder: ProjectFolder,
  document: ProjectDocument,
): Promise<FoundTake[]> {
  const found: FoundTake[] = [];
  const names = await plainNamesIn(fs, folder.takes);
  for (const name of names) {
    const takeId = /^([\w-]+)\.take\.json$/.exec(name)?.[1];
    if (takeId === undefined || Object.hasOwn(document.takes, takeId)) continue;
    const record = await readTakeRecord(fs, folder, join(folder.takes, name));
    if (record?.take.id === takeId && names.includes(record.take.file)) found.push(record);
  }
  return found.toSorted((a, b) => a.take.createdAt.localeCompare(b.take.createdAt));
}

/** null for a record that is damaged, too large, or gone meanwhile. */
async function readTakeRecord(fs: ProjectFs, folder: ProjectFolder, path: string): Promise<FoundTake | null> {
  try {
    const bytes = await readPlainFile(fs, folder.folder, path, sizeLimits.takeRecord);
    return foundSchema.safeParse(parseJsonOrNull(bytes.toString('utf8'))).data ?? null;
  } catch (error) {
    if (error instanceof RefusedFile || errorCode(error) === 'ENOENT') return null;
    throw error;
  }
}

/** Ids of the takes whose file is not in the project. */
export async function missingTakes(fs: ProjectFs, folder: ProjectFolder, document: ProjectDocument): Promise<string[]> {
  const present = new Set<string>(await plainNamesIn(fs, folder.takes));
  return Object.values(document.takes)
    .filter((take) => !present.has(take.file))
    .map((take) => take.id);
}

/** Media whose file is not where it was, or is not a file. */
export async function missingMedia(fs: ProjectFs, document: ProjectDocument): Promise<string[]> {
  const found = await Promise.all(
    Object.values(document.media).map(async (item) => {
      if (mediaPathProblem(item.path) !== null) return item.id;
      try {
        return (await fs.stat(item.path)).isFile() ? null : item.id;
      } catch (error) {
        // whatever the reason (gone, no permission, disk not mounted), it cannot be used now
        return errorCode(error) === undefined ? Promise.reject(error) : item.id;
      }
    }),
  );
  return found.filter((id) => id !== null);
}
