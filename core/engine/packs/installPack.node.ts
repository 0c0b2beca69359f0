/**
 * Installs a pack from a folder or a .zip: written to a staging folder, checked file by file, then renamed, so that a
 * pack is either whole or absent. Only the files the manifest lists are copied.
 */
import { createHash, randomBytes } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, readdir, realpath, rename, rm, stat, statfs, writeFile } from 'node:fs/promises';
import { basename, dirname, join, sep } from 'node:path';
import { Transform, Writable, type Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { PackManifest } from '../../../models/families/pack.ts';
import { FailureError } from '../../contract/errors.ts';
import { sentence, type Sentence } from '../../contract/sentence.ts';
import { parseManifest } from './manifest.ts';
import { mostPackTextBytes, readPackText } from './readPackText.node.ts';
import { manifestTooLarge } from './scanPacks.node.ts';
import { findWhisperFiles, type WhisperFiles } from './whisper/whisperFiles.node.ts';
import { whisperPackBytes, writeWhisperPack } from './whisper/writeWhisperPack.node.ts';
import { openZip } from './zip.node.ts';

/** Where a pack comes from. Paths are the manifest's. */
interface PackSource {
  readonly name: string;
  hasManifest(): Promise<boolean>;
  readManifest(): Promise<string>;
  /** null when it is not there. */
  open(path: string): Promise<Readable | null>;
  close(): void;
}

const cardName = 'CARD.md';

/**
 * Installs into `packsFolder/<id>` and returns the manifest. `mayInstall` throws to refuse a pack by its manifest. What
 * holds a Whisper model instead of a manifest is made into a pack.
 * Throws FailureError 'notFound', 'packInvalid', 'newerVersion' or 'diskFull'.
 */
export async function installPack(
  path: string,
  packsFolder: string,
  mayInstall: (manifest: PackManifest) => void,
): Promise<PackManifest> {
  const source = await openSource(path);
  const staging = join(packsFolder, `.incoming-${randomBytes(6).toString('hex')}`);
  try {
    const whisper = (await source.hasManifest()) ? null : await findWhisperFiles(path);
    const manifest = whisper
      ? await stageWhisper(whisper, staging, packsFolder, mayInstall)
      : await stagePack(source, staging, packsFolder, mayInstall);
    await swapIn(staging, join(packsFolder, manifest.id));
    return manifest;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOSPC')
      throw new FailureError('diskFull', sentence('pack.diskFull', { name: source.name }), path);
    throw error;
  } finally {
    source.close();
    await rm(staging, { recursive: true, force: true });
  }
}

async function stagePack(
  source: PackSource,
  staging: string,
  packsFolder: string,
  mayInstall: (manifest: PackManifest) => void,
): Promise<PackManifest> {
  const text = await source.readManifest();
  const manifest = parseManifest(text, source.name);
  mayInstall(manifest);
  await mkdir(staging, { recursive: true });
  await checkRoom(
    packsFolder,
    manifest.name,
    manifest.files.reduce((sum, file) => sum + file.sizeBytes, 0),
  );
  for (const file of manifest.files) await takeFile(source, file, staging);
  if (!manifest.files.some((file) => file.path === cardName)) {
    const card = await source.open(cardName);
    if (card)
      await pipeline(
        card,
        atMost(mostPackTextBytes, cardName, source.name),
        createWriteStream(join(staging, cardName)),
      );
  }
  await writeFile(join(staging, 'manifest.json'), text);
  return manifest;
}

async function stageWhisper(
  files: WhisperFiles,
  staging: string,
  packsFolder: string,
  mayInstall: (manifest: PackManifest) => void,
): Promise<PackManifest> {
  try {
    await mkdir(staging, { recursive: true });
    await checkRoom(packsFolder, files.name, whisperPackBytes(files));
    const text = JSON.stringify(await writeWhisperPack(files, staging), null, 1);
    const manifest = parseManifest(text, files.name);
    mayInstall(manifest);
    await writeFile(join(staging, 'manifest.json'), text);
    return manifest;
  } finally {
    files.close();
  }
}

async function openSource(path: string): Promise<PackSource> {
  const info = await stat(path).catch(() => null);
  if (!info) throw new FailureError('notFound', sentence('pack.notThere', { path }), path);
  if (info.isDirectory()) return folderSource(path);
  return zipSource(path);
}

async function folderSource(folder: string): Promise<PackSource> {
  const name = basename(folder);
  const inside = (await realpath(folder)) + sep;
  const find = async (path: string): Promise<string | null> => {
    const full = join(folder, path);
    const real = await realpath(full).catch(() => null);
    if (real !== null && !real.startsWith(inside))
      throw unusable(name, sentence('packProblem.linksOut', { path }), full);
    return real;
  };
  return {
    name,
    hasManifest: async () => (await find('manifest.json')) !== null,
    async readManifest() {
      const path = await find('manifest.json');
      if (path === null) throw new FailureError('packInvalid', sentence('pack.noManifest', { name: folder }), folder);
      const read = await readPackText(path);
      if (read === 'absent')
        throw new FailureError('packInvalid', sentence('pack.noManifest', { name: folder }), folder);
      if (read === 'tooLarge') throw new FailureError('packInvalid', manifestTooLarge(name), folder);
      return read.text;
    },
    async open(path) {
      const real = await find(path);
      // a pipe would be waited for, a device has no end
      const isFile = real !== null && (await stat(real)).isFile();
      return isFile ? createReadStream(real) : null;
    },
    close: () => undefined,
  };
}

async function zipSource(path: string): Promise<PackSource> {
  const name = basename(path);
  const zip = await openZip(path);
  // packs are zipped with or without their own folder around them
  const manifests = zip.names.filter((entry) => entry === 'manifest.json' || /^[^/]+\/manifest\.json$/.test(entry));
  const manifestName = manifests.includes('manifest.json')
    ? 'manifest.json'
    : manifests.length === 1
      ? manifests[0]
      : undefined;
  const prefix = manifestName === undefined || manifestName === 'manifest.json' ? '' : `${dirname(manifestName)}/`;
  return {
    name,
    hasManifest: async () => manifestName !== undefined,
    async readManifest() {
      const stream = manifestName === undefined ? null : await zip.open(manifestName);
      if (!stream) throw new FailureError('packInvalid', sentence('pack.noManifest', { name }), path);
      const parts: Buffer[] = [];
      const collect = new Writable({ write: (part: Buffer, _encoding, done) => (parts.push(part), done()) });
      await pipeline(stream, atMost(mostPackTextBytes, 'manifest.json', name), collect);
      return Buffer.concat(parts).toString('utf8');
    },
    open: (entry) => zip.open(prefix + entry),
    close: () => zip.close(),
  };
}

function unusable(name: string, reason: Sentence, path?: string): FailureError {
  return new FailureError('packInvalid', sentence('pack.unusable', { name, reason }), path);
}

/** Stops at the size the manifest gives: a .zip of a few kilobytes can hold terabytes of zeros. */
function atMost(limitBytes: number, path: string, name: string, seen?: (chunk: Buffer) => void): Transform {
  let total = 0;
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      total += chunk.length;
      seen?.(chunk);
      if (total > limitBytes) done(unusable(name, sentence('packProblem.tooLarge', { path, limit: limitBytes })));
      else done(null, chunk);
    },
  });
}

async function takeFile(source: PackSource, file: PackManifest['files'][number], staging: string): Promise<void> {
  const stream = await source.open(file.path);
  if (!stream) throw unusable(source.name, sentence('packProblem.missing', { path: file.path }));
  const target = join(staging, file.path);
  await mkdir(dirname(target), { recursive: true });
  const hash = createHash('sha256');
  let sizeBytes = 0;
  const count = (chunk: Buffer): void => {
    hash.update(chunk);
    sizeBytes += chunk.length;
  };
  await pipeline(stream, atMost(file.sizeBytes, file.path, source.name, count), createWriteStream(target));
  if (sizeBytes !== file.sizeBytes)
    throw unusable(
      source.name,
      sentence('packProblem.wrongSize', { path: file.path, actual: sizeBytes, expected: file.sizeBytes }),
    );
  if (hash.digest('hex') !== file.sha256)
    throw unusable(source.name, sentence('packProblem.wrongHash', { path: file.path }));
}

async function checkRoom(folder: string, name: string, needed: number): Promise<void> {
  const disk = await statfs(folder);
  if (disk.bavail * disk.bsize < needed)
    throw new FailureError(
      'diskFull',
      sentence('pack.tooLittleSpace', { name, megabytes: Math.ceil(needed / 1e6) }),
      folder,
    );
}

const oldMark = '.old-';

/** The old version is removed last. Killed in between, `recoverPacks` puts it back. */
async function swapIn(staging: string, target: string): Promise<void> {
  const old = `${target}${oldMark}${randomBytes(4).toString('hex')}`;
  const had = await rename(target, old).then(
    () => true,
    (error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return false;
      throw error;
    },
  );
  try {
    await rename(staging, target);
  } catch (error) {
    if (had) await rename(old, target);
    throw error;
  }
  if (had) await rm(old, { recursive: true, force: true });
}

/**
 * Finishes what a killed installation left: an old version whose successor never came is put back, one that was
 * replaced is removed. Staging folders of installations still running stay.
 */
export async function recoverPacks(packsFolder: string): Promise<void> {
  const names = await readdir(packsFolder).catch((): string[] => []);
  for (const name of names.filter((each) => each.includes(oldMark))) {
    const old = join(packsFolder, name);
    const target = join(packsFolder, name.slice(0, name.lastIndexOf(oldMark)));
    const replaced = await stat(join(target, 'manifest.json')).then(
      () => true,
      () => false,
    );
    if (replaced) await rm(old, { recursive: true, force: true });
    else await rename(old, target).catch(() => undefined); // another window may have been faster
  }
}
