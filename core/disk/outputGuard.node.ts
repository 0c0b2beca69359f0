/**
 * What an output must never replace: footage, takes, inputs, the cache, a project's own files. A file is known by
 * device and inode, so that links, letter case and mounts make no difference; one that does not exist yet by the real
 * path of its folder.
 */
import { lstat, readlink, realpath, stat } from 'node:fs/promises';
import { basename, dirname, join, resolve, sep } from 'node:path';
import { FailureError } from '../contract/errors.ts';
import { anySentence, sentence, type Sentence } from '../contract/sentence.ts';
import { projectSuffix } from './projectFolder.node.ts';
import { makeWholeFile } from './wholeFile.node.ts';

/** A file, or a folder with all that is in it, that no output may replace. */
export interface Kept {
  readonly path: string;
  /** What it is to the user. */
  readonly as: 'source' | 'take' | 'input' | 'cache' | 'app' | 'result' | 'projectFile';
}

/** Asked before the work begins and again before the result gets its name. */
export interface OutputGuard {
  /** Throws FailureError 'badRequest' naming the output and what it would replace. */
  check(output: string): Promise<void>;
}

/** A guard of these files and folders, and of the own files of every project folder. */
export function guardOutputs(kept: readonly Kept[]): OutputGuard {
  return {
    async check(output) {
      const path = resolve(output);
      const place = await placeOf(path);
      await refuseDevice(path);
      const owned = await ownedByProject(place.real);
      if (owned) throw refusal(path, owned);
      const found = await Promise.all(kept.map((each) => isKept(each, place)));
      const replaced = kept[found.indexOf(true)];
      if (replaced) throw refusal(path, anySentence(`outputIs.${replaced.as}`, { path: replaced.path }));
    },
  };
}

/** A file to be written under a name that the user chose. */
export interface OutputFile {
  readonly path: string;
  readonly guard: OutputGuard;
}

/** As `makeWholeFile`, for a name that the user chose: nothing that the guard keeps is replaced. */
export async function makeOutput(
  { path, guard }: OutputFile,
  make: (temporaryPath: string) => Promise<void>,
): Promise<void> {
  await guard.check(path);
  await makeWholeFile(path, make, () => guard.check(path));
}

interface Place {
  /** Absolute, links followed as far as there is something. */
  readonly real: string;
  /** Of the file, if it is there, and of every folder above it. */
  readonly identities: ReadonlySet<string>;
}

async function placeOf(path: string): Promise<Place> {
  const real = await realPathOf(path);
  const identities = await Promise.all([real, ...foldersAbove(real)].map(identityOf));
  return { real, identities: new Set(identities.filter((each) => each !== null)) };
}

async function isKept({ path }: Kept, place: Place): Promise<boolean> {
  const identity = await identityOf(path);
  if (identity !== null) return place.identities.has(identity);
  const real = await realPathOf(resolve(path));
  return [place.real, ...foldersAbove(place.real)].some((each) => sameName(each, real));
}

/** Device and inode, links followed; null where nothing is there. */
async function identityOf(path: string): Promise<string | null> {
  const info = await stat(path, { bigint: true }).catch(() => null);
  return info && `${info.dev}:${info.ino}`;
}

/** Follows a chain of links at most so far. */
const mostLinks = 40;

/** The real path of what exists, or of the nearest folder that does with the rest behind it. */
async function realPathOf(path: string, links = 0): Promise<string> {
  const real = await realpath(path).catch(() => null);
  if (real !== null) return real;
  // a link to a file that does not exist yet
  const target = await readlink(path).catch(() => null);
  if (target !== null && links < mostLinks) return realPathOf(resolve(dirname(path), target), links + 1);
  const parent = dirname(path);
  return parent === path ? path : join(await realPathOf(parent, links), basename(path));
}

function foldersAbove(path: string): string[] {
  const parent = dirname(path);
  return parent === path ? [] : [parent, ...foldersAbove(parent)];
}

/** Names of files that do not exist, where only the name can tell; macOS and Windows ignore the case of letters. */
function sameName(one: string, other: string): boolean {
  const ignoresCase = process.platform === 'darwin' || process.platform === 'win32';
  const [a, b] = [one, other].map((each) => each.normalize('NFC')) as [string, string];
  return a === b || (ignoresCase && a.toLowerCase() === b.toLowerCase());
}

/** What Framewright itself writes into a project folder. */
const ownNames = /^(takes|backups|media|cache|lock|project(\..*)?\.json|journal(\..*)?\.ndjson)$/i;

/** The project folder that the path is, or one of its own files that the path is or lies in. */
async function ownedByProject(real: string): Promise<Sentence | null> {
  for (const folder of [real, ...foldersAbove(real)]) {
    if (!(await isProjectFolder(folder))) continue;
    if (folder === real) return sentence('outputIs.project', { path: folder });
    const [own = ''] = real.slice(folder.length).split(sep).filter(Boolean);
    if (ownNames.test(own)) return sentence('outputIs.projectFile', { path: join(folder, own) });
  }
  return null;
}

/** By its name alone: one whose project.json is lost still has its takes and backups. */
async function isProjectFolder(folder: string): Promise<boolean> {
  if (!folder.toLowerCase().endsWith(projectSuffix)) return false;
  return (await stat(folder).catch(() => null))?.isDirectory() === true;
}

async function refuseDevice(path: string): Promise<void> {
  const info = await lstat(path).catch(() => null);
  if (!info || info.isFile() || info.isDirectory() || info.isSymbolicLink()) return;
  throw new FailureError(
    'notWritable',
    sentence('file.notWritten', { path, reason: sentence('fileReason.deviceInPlace') }),
    path,
  );
}

function refusal(path: string, what: Sentence): FailureError {
  return new FailureError('badRequest', sentence('file.kept', { path, what }), path);
}
