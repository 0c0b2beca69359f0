/** project.json and its backups: a snapshot of the document with the number of the last journal entry in it. */
import { join } from 'node:path';
import { z } from 'zod';
import { sentence, type Sentence, type SentenceParam } from '../contract/sentence.ts';
import { readDocument } from '../document/migrations.ts';
import { documentVersion, type ProjectDocument } from '../document/schema.ts';
import { plainNamesIn, readPlainFile, RefusedFile, requireInside, sizeLimits } from './plainFile.node.ts';
import { errorCode, type ProjectFs } from './projectFs.node.ts';
import type { OlderDocument } from './upgradeEntries.ts';
import { writeWholeFile } from './wholeFile.node.ts';
import type { ProjectFolder } from './projectFolder.node.ts';

/** project.json as it was read. */
export interface Snapshot {
  readonly seq: number;
  readonly document: ProjectDocument;
  /**
   * The project's folder when this was written; null when it does not say. A different folder now means that the
   * project was moved or copied.
   */
  readonly writtenIn: string | null;
  readonly migratedFrom: number | null;
  /** As it was saved, when that was in an older version: its journal's patches fit only this. */
  readonly older: OlderDocument | null;
  readonly problems: readonly Sentence[];
}

/** A snapshot, or why it could not be read. */
export type ReadSnapshot =
  | { readonly ok: true; readonly snapshot: Snapshot }
  | { readonly ok: false; readonly code: 'absent' | 'damaged' | 'newerVersion'; readonly reason: SentenceParam };

/** Writes the document at entry `seq` atomically, as project.json or to `path`. Throws FailureError. */
export async function writeSnapshot(
  fs: ProjectFs,
  folder: ProjectFolder,
  seq: number,
  document: ProjectDocument,
  path = folder.projectFile,
): Promise<void> {
  const savedAt = new Date().toISOString();
  const snapshot = { app: 'Framewright', seq, savedAt, writtenIn: folder.folder, document };
  await requireInside(fs, folder.folder, path);
  await writeWholeFile(path, JSON.stringify(snapshot), fs);
}

/**
 * `reason` continues a sentence that names the file. Throws what the file system throws, but for a file that is absent.
 */
export async function readSnapshot(fs: ProjectFs, folder: ProjectFolder, path: string): Promise<ReadSnapshot> {
  let text: string;
  try {
    text = (await readPlainFile(fs, folder.folder, path, sizeLimits.projectFile)).toString('utf8');
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return { ok: false, code: 'absent', reason: sentence('fileReason.missing') };
    if (error instanceof RefusedFile)
      return { ok: false, code: 'damaged', reason: sentence('projectReason.refused', { reason: error.reason }) };
    throw error;
  }
  return parseSnapshot(text);
}

const headSchema = z.object({
  seq: z.number().int().nonnegative(),
  document: z.unknown(),
  writtenIn: z.string().max(32_768).nullable().catch(null),
});

/** Reads the text of a project.json or a backup; `code` tells a newer version from damage. */
export function parseSnapshot(text: string): ReadSnapshot {
  if (text.trim() === '') return { ok: false, code: 'damaged', reason: sentence('projectReason.empty') };
  let value: unknown;
  try {
    value = JSON.parse(text) as unknown;
  } catch {
    return { ok: false, code: 'damaged', reason: sentence('projectReason.notJson') };
  }
  const head = headSchema.safeParse(value);
  if (!head.success) return { ok: false, code: 'damaged', reason: sentence('projectReason.noSequence') };
  const read = readDocument(head.data.document);
  if (!read.ok) return read.code === 'newerVersion' ? { ...read, reason: newerVersion(head.data.document) } : read;
  const { seq, writtenIn } = head.data;
  const { document, migratedFrom, problems } = read;
  const older = migratedFrom === null ? null : { json: head.data.document as OlderDocument['json'], seq };
  return { ok: true, snapshot: { seq, document, writtenIn, migratedFrom, older, problems } };
}

function newerVersion(document: unknown): Sentence {
  const version = Number((document as { schemaVersion?: unknown }).schemaVersion);
  return sentence('projectReason.newerVersion', { version, known: documentVersion });
}

const backupName = /^project-(\d{12})-(\d+)\.json$/;
/** Number of backups a project keeps; older ones are deleted. */
export const backupsKept = 10;

function backupFile(folder: ProjectFolder, seq: number): string {
  return join(folder.backups, `project-${String(seq).padStart(12, '0')}-${Date.now()}.json`);
}

/** Backups' paths, newest first. */
export async function listBackups(fs: ProjectFs, folder: ProjectFolder): Promise<string[]> {
  const names = (await plainNamesIn(fs, folder.backups)).filter((name) => backupName.test(name));
  return names
    .toSorted()
    .toReversed()
    .map((name) => join(folder.backups, name));
}

/** Writes a backup and lets the oldest go. The very first one stays: with the journal it brings back anything. */
export async function addBackup(
  fs: ProjectFs,
  folder: ProjectFolder,
  seq: number,
  document: ProjectDocument,
): Promise<void> {
  await fs.mkdir(folder.backups, { recursive: true });
  await writeSnapshot(fs, folder, seq, document, backupFile(folder, seq));
  const all = await listBackups(fs, folder);
  for (const old of all.slice(backupsKept - 1, -1)) await fs.rm(old, { force: true });
}
