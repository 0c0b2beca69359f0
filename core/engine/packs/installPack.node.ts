/**
 * A pack from a folder or a .zip into the user's packs: written beside, checked file by file, then renamed, so that a
 * pack is either there and whole or not there. Only what the manifest lists is taken along.
 */
import { createHash, randomBytes } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, readFile, realpath, rename, rm, stat, statfs, writeFile } from 'node:fs/promises';
import { basename, dirname, join, sep } from 'node:path';
import { Transform, Writable, type Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { PackManifest } from '../../../models/families/pack.ts';
import { FailureError } from '../../contract/errors.ts';
import { parseManifest } from './manifest.ts';
import { openZip } from './zip.node.ts';

/** Where a pack comes from. Paths are the manifest's. */
interface PackSource {
  readonly name: string;
  readManifest(): Promise<string>;
  /** null when it is not there. */
  open(path: string): Promise<Readable | null>;
  close(): void;
}

const maxManifestBytes = 4 * 1024 ** 2;
const cardName = 'CARD.md';

/** Answers the manifest of what now stands in `packsFolder/<id>`. `mayInstall` throws when it must not. */
export async function installPack(
  path: string,
  packsFolder: string,
  mayInstall: (manifest: PackManifest) => void,
): Promise<PackManifest> {
  const source = await openSource(path);
  const staging = join(packsFolder, `.incoming-${randomBytes(6).toString('hex')}`);
  try {
    const text = await source.readManifest();
    const manifest = parseManifest(text, source.name);
    mayInstall(manifest);
    await mkdir(staging, { recursive: true });
    await checkRoom(packsFolder, manifest);
    for (const file of manifest.files) await takeFile(source, file, staging);
    if (!manifest.files.some((file) => file.path === cardName)) {
      const card = await source.open(cardName);
      if (card)
        await pipeline(
          card,
          atMost(maxManifestBytes, cardName, source.name),
          createWriteStream(join(staging, cardName)),
        );
    }
    await writeFile(join(staging, 'manifest.json'), text);
    await swapIn(staging, join(packsFolder, manifest.id));
    return manifest;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOSPC')
      throw new FailureError('diskFull', `The disk is full: the pack ${source.name} could not be installed.`, path);
    throw error;
  } finally {
    source.close();
    await rm(staging, { recursive: true, force: true });
  }
}

async function openSource(path: string): Promise<PackSource> {
  const info = await stat(path).catch(() => null);
  if (!info) throw new FailureError('notFound', `${path} is not there.`, path);
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
      throw new FailureError(
        'packInvalid',
        `The pack ${name} cannot be used: ${path} is a link to a place outside the pack.`,
        full,
      );
    return real;
  };
  return {
    name,
    async readManifest() {
      const path = await find('manifest.json');
      if (path === null)
        throw new FailureError('packInvalid', `${folder} is no pack: it has no manifest.json.`, folder);
      return readFile(path, 'utf8');
    },
    async open(path) {
      const real = await find(path);
      return real === null ? null : createReadStream(real);
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
    async readManifest() {
      const stream = manifestName === undefined ? null : await zip.open(manifestName);
      if (!stream) throw new FailureError('packInvalid', `${name} is no pack: it has no manifest.json.`, path);
      const parts: Buffer[] = [];
      const collect = new Writable({ write: (part: Buffer, _encoding, done) => (parts.push(part), done()) });
      await pipeline(stream, atMost(maxManifestBytes, 'manifest.json', name), collect);
      return Buffer.concat(parts).toString('utf8');
    },
    open: (entry) => zip.open(prefix + entry),
    close: () => zip.close(),
  };
}

/** A zip of a few kilobytes can hold terabytes of zeros: nothing is written past what the manifest says. */
function atMost(limitBytes: number, path: string, name: string, seen?: (chunk: Buffer) => void): Transform {
  let total = 0;
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      total += chunk.length;
      seen?.(chunk);
      if (total > limitBytes)
        done(
          new FailureError(
            'packInvalid',
            `The pack ${name} cannot be used: ${path} is larger than its manifest says (${limitBytes} bytes).`,
          ),
        );
      else done(null, chunk);
    },
  });
}

async function takeFile(source: PackSource, file: PackManifest['files'][number], staging: string): Promise<void> {
  const stream = await source.open(file.path);
  if (!stream)
    throw new FailureError('packInvalid', `The pack ${source.name} cannot be used: ${file.path} is missing.`);
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
    throw new FailureError(
      'packInvalid',
      `The pack ${source.name} cannot be used: ${file.path} has ${sizeBytes} bytes instead of ${file.sizeBytes}.`,
    );
  if (hash.digest('hex') !== file.sha256)
    throw new FailureError(
      'packInvalid',
      `The pack ${source.name} cannot be used: ${file.path} is damaged or was changed (wrong sha256).`,
    );
}

async function checkRoom(folder: string, manifest: PackManifest): Promise<void> {
  const needed = manifest.files.reduce((sum, file) => sum + file.sizeBytes, 0);
  const disk = await statfs(folder);
  if (disk.bavail * disk.bsize < needed)
    throw new FailureError(
      'diskFull',
      `The disk is full: the pack ${manifest.name} needs ${Math.ceil(needed / 1e6)} MB.`,
      folder,
    );
}

/** The old version goes away last: killed in between, one of the two still stands. */
async function swapIn(staging: string, target: string): Promise<void> {
  const old = `${target}.old-${randomBytes(4).toString('hex')}`;
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
