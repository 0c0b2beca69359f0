/**
 * The SoundFont that plays music: the user's own choice, else the one of the npm package, else one of this system. What
 * the user chose is checked at once. The others are read only when music is made (`load`), so that opening the editor
 * never waits for 40 MB. A file that cannot be used is named, and the next one plays; the built-in synthesisers play
 * where there is none.
 */
import { randomBytes } from 'node:crypto';
import { copyFile, mkdir, readdir, rename, rm, stat, statfs } from 'node:fs/promises';
import { basename, extname, join } from 'node:path';
import { z } from 'zod';
import type { SoundFontInfo, SoundFontStatus } from '../../contract/contract.ts';
import { FailureError } from '../../contract/errors.ts';
import { sentence, type Sentence } from '../../contract/sentence.ts';
import { soundFontReason } from './soundFontReason.ts';
import { readJsonOrNull, writeJsonFile } from '../../disk/jsonFile.node.ts';
import { examineSoundFont, type Examined } from './examineSoundFont.node.ts';
import { packageSoundFonts } from './packageSoundFonts.node.ts';

const endings = ['.sf3', '.sf2'];
/** Of several in one folder: complete General MIDI sets that are known to sound well, then by name. */
const preferred = [/^musescore_general/i, /^fluidr3/i, /^generaluser/i, /^default-gm/i];

/** `problem`: a sentence about a better choice that cannot be used; `font` is then the next in line. */
export interface FoundSoundFont {
  readonly font: (SoundFontInfo & { readonly path: string }) | null;
  readonly problem: Sentence | null;
}

/** Finds, installs and removes SoundFonts; one for an engine. */
export interface SoundFontStore {
  /** The SoundFont that will play. Reads only a file that the user chose. */
  find(): Promise<FoundSoundFont>;
  /** What plays: the file is read and checked whole, once a version of it. */
  load(): Promise<FoundSoundFont>;
  /** sha256 (hex) of the user's own choice; null = none, or none that can be used. */
  ownChoice(): Promise<string | null>;
  status(): Promise<SoundFontStatus>;
  /** Copies a file of the user's. Throws FailureError 'notFound', 'unsupported', 'damaged', 'diskFull'. */
  install(path: string): Promise<SoundFontStatus>;
  /** Removes the installed SoundFont; the next in order plays. */
  remove(): Promise<SoundFontStatus>;
}

/** Where SoundFonts are looked for. */
export interface SoundFontStoreOptions {
  readonly home: string;
  /** Folder of the npm package's SoundFonts; null = not installed. */
  readonly packageFolder: string | null;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Where this system keeps SoundFonts. */
  readonly systemFolders: readonly string[];
  onChange?(status: SoundFontStatus): void;
}

interface Candidate {
  readonly path: string;
  readonly origin: SoundFontInfo['origin'];
}

const memorySchema = z.record(
  z.string(),
  z.object({ sha256: z.string(), name: z.string(), licence: z.string(), problem: z.string().nullable() }),
);

/** Folders in which a system keeps SoundFonts; none but on Linux. */
export function systemSoundFontFolders(platform: NodeJS.Platform): readonly string[] {
  return platform === 'linux' ? ['/usr/share/sounds/sf3', '/usr/share/sounds/sf2', '/usr/share/soundfonts'] : [];
}

/** The store of one engine. */
export function createSoundFontStore(options: SoundFontStoreOptions): SoundFontStore {
  const folder = join(options.home, 'soundfonts');
  const memory = checkedMemory(join(folder, 'checked.json'));
  const look = (read: boolean): Promise<FoundSoundFont> => lookFor(options, folder, memory, read);
  const find = (): Promise<FoundSoundFont> => look(false);
  const status = async (): Promise<SoundFontStatus> => {
    const { font, problem } = await find();
    if (!font) return { font, problem };
    const { path: _path, ...shown } = font;
    return { font: shown, problem };
  };
  const tell = async (): Promise<SoundFontStatus> => {
    const now = await status();
    options.onChange?.(now);
    return now;
  };
  return {
    find,
    load: () => look(true),
    async ownChoice() {
      const { font } = await find();
      return font && isOwn(font.origin) ? font.sha256 : null;
    },
    status,
    async install(path) {
      await installInto(folder, path);
      return tell();
    },
    async remove() {
      for (const name of await soundFontsIn(folder)) await rm(join(folder, name), { force: true });
      return tell();
    },
  };
}

/** Did the user choose it? */
const isOwn = (origin: SoundFontInfo['origin']): boolean => origin === 'chosen' || origin === 'environment';

async function candidatesOf(options: SoundFontStoreOptions, ownFolder: string): Promise<readonly Candidate[]> {
  const named = options.environment['FRAMEWRIGHT_SOUNDFONT'];
  const inFolder = async (folder: string, origin: Candidate['origin']): Promise<Candidate[]> =>
    (await soundFontsIn(folder)).map((name) => ({ path: join(folder, name), origin }));
  const { packageFolder } = options;
  return [
    ...(named ? [{ path: named, origin: 'environment' as const }] : []),
    ...(await inFolder(ownFolder, 'chosen')),
    ...(packageFolder === null
      ? []
      : packageSoundFonts.map(({ fileName }) => ({ path: join(packageFolder, fileName), origin: 'package' as const }))),
    ...(await Promise.all(options.systemFolders.map((each) => inFolder(each, 'system')))).flat(),
  ];
}

async function lookFor(
  options: SoundFontStoreOptions,
  ownFolder: string,
  memory: CheckedMemory,
  read: boolean,
): Promise<FoundSoundFont> {
  let problem: Sentence | null = null;
  for (const { path, origin } of await candidatesOf(options, ownFolder)) {
    const info = await stat(path).catch(() => null);
    if (!info?.isFile()) {
      if (origin === 'environment') problem ??= unusable(path, sentence('soundFontReason.notThere'));
      continue;
    }
    const key = { path, sizeBytes: info.size, modifiedMs: info.mtimeMs };
    let examined = await memory.recall(key);
    if (!examined && (read || isOwn(origin))) {
      examined = await examineSoundFont(path, info.size);
      await memory.learn(key, examined);
    }
    if (examined && examined.problem !== null) {
      problem ??= unusable(path, soundFontReason(examined.problem));
      continue;
    }
    const fileName = basename(path);
    const { name, licence, sha256 } = examined ?? unread(fileName, info.size, origin);
    return { font: { name, licence, sha256, fileName, sizeBytes: info.size, origin, path }, problem };
  }
  return { font: null, problem };
}

const unusable = (name: string, reason: Sentence): Sentence => sentence('soundFont.unusable', { name, reason });

/** What is known of a file that was never read. */
function unread(
  fileName: string,
  sizeBytes: number,
  origin: SoundFontInfo['origin'],
): Pick<SoundFontInfo, 'name' | 'licence' | 'sha256'> {
  const known = packageSoundFonts.find((each) => each.fileName === fileName && each.sizeBytes === sizeBytes);
  if (origin === 'package' && known) return { name: known.name, licence: known.licence, sha256: null };
  return { name: fileName, licence: '', sha256: null };
}

async function installInto(folder: string, path: string): Promise<void> {
  const info = await stat(path).catch(() => null);
  if (!info?.isFile()) throw new FailureError('notFound', sentence('file.missing', { path }), path);
  if (!endings.includes(extname(path).toLowerCase()))
    throw new FailureError('unsupported', sentence('soundFont.notOne', { name: basename(path) }), path);
  const { problem } = await examineSoundFont(path, info.size);
  if (problem !== null) throw new FailureError('damaged', unusable(basename(path), soundFontReason(problem)), path);
  await mkdir(folder, { recursive: true });
  const disk = await statfs(folder);
  if (disk.bavail * disk.bsize < info.size)
    throw new FailureError(
      'diskFull',
      sentence('soundFont.diskFull', { megabytes: Math.ceil(info.size / 1e6) }),
      folder,
    );
  const staging = join(folder, `.incoming-${randomBytes(6).toString('hex')}`);
  const name = basename(path);
  try {
    await copyFile(path, staging);
    // the earlier choice is deleted last
    const before = await soundFontsIn(folder);
    await rename(staging, join(folder, name));
    const { ino } = await stat(join(folder, name), { bigint: true });
    for (const old of before) {
      // on a disk that ignores the case of letters an older spelling is the new file
      const there = old === name ? null : await stat(join(folder, old), { bigint: true }).catch(() => null);
      if (there && there.ino !== ino) await rm(join(folder, old), { force: true });
    }
  } finally {
    await rm(staging, { force: true });
  }
}

/** Names of the SoundFonts in a folder, the best first; none where the folder cannot be read. */
async function soundFontsIn(folder: string): Promise<string[]> {
  const names = (await readdir(folder).catch(() => [])).filter(
    (name) => !name.startsWith('.') && endings.includes(extname(name).toLowerCase()),
  );
  const rank = (name: string): number => {
    const at = preferred.findIndex((pattern) => pattern.test(name));
    return at < 0 ? preferred.length : at;
  };
  return names.sort((a, b) => rank(a) - rank(b) || (a < b ? -1 : 1));
}

interface FileVersion {
  readonly path: string;
  readonly sizeBytes: number;
  readonly modifiedMs: number;
}

interface CheckedMemory {
  recall(version: FileVersion): Promise<Examined | null>;
  learn(version: FileVersion, examined: Examined): Promise<void>;
}

/** Remembers in a file what each version of a SoundFont was found to be. */
function checkedMemory(memoryPath: string): CheckedMemory {
  const keyOf = ({ path, sizeBytes, modifiedMs }: FileVersion): string => `${path}|${sizeBytes}|${modifiedMs}`;
  const all = async (): Promise<Record<string, Examined>> =>
    memorySchema.safeParse(await readJsonOrNull(memoryPath)).data ?? {};
  return {
    recall: async (version) => (await all())[keyOf(version)] ?? null,
    async learn(version, examined) {
      const others = Object.entries(await all()).filter(([key]) => !key.startsWith(`${version.path}|`));
      const learnt = { ...Object.fromEntries(others), [keyOf(version)]: examined };
      // a folder that cannot be written only makes the next look slower
      await writeJsonFile(memoryPath, learnt).catch(() => undefined);
    },
  };
}
