/**
 * The SoundFont that music is played with: the one the user chose, else one that came with the app, else one of this
 * system. It is read and checked whole once a version; without one, or with one that is broken, the built-in
 * instruments play.
 */
import { randomBytes } from 'node:crypto';
import { copyFile, mkdir, readFile, readdir, rename, rm, stat, statfs } from 'node:fs/promises';
import { basename, extname, join } from 'node:path';
import { z } from 'zod';
import type { SoundFontInfo, SoundFontStatus } from '../../contract/contract.ts';
import { FailureError } from '../../contract/errors.ts';
import { readJsonOrNull, writeFileAtomic } from '../../disk/atomicFile.node.ts';
import { sha256OfFile } from '../packs/checkFiles.node.ts';
import { downloadSoundFont } from './downloadSoundFont.node.ts';
import type { KnownSoundFont } from './knownSoundFont.ts';

/** More would not leave room for the music itself. */
const mostBytes = 512 * 1024 ** 2;
const endings = ['.sf3', '.sf2'];
/** Of several in one folder: complete General MIDI sets that are known to sound well, then by name. */
const preferred = [/^musescore_general/i, /^fluidr3/i, /^generaluser/i, /^default-gm/i];

export interface SoundFontStore {
  /** What plays; null = the built-in instruments, `problem` says why when a file is there. */
  find(): Promise<{ font: (SoundFontInfo & { readonly path: string }) | null; problem: string | null }>;
  status(): Promise<SoundFontStatus>;
  /** Copies a file of the user's. Throws FailureError 'notFound', 'damaged', 'diskFull'. */
  install(path: string): Promise<SoundFontStatus>;
  /** One at a time; a second call joins the first. Throws FailureError, 'cancelled' among them. */
  download(signal?: AbortSignal): Promise<SoundFontStatus>;
  cancelDownload(): void;
  /** Only what was chosen or downloaded; what the system has stays. */
  remove(): Promise<SoundFontStatus>;
}

export interface SoundFontStoreOptions {
  readonly home: string;
  /** Folder that came with the app. */
  readonly bundled: string;
  readonly known: KnownSoundFont;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Where this system keeps them. */
  readonly systemFolders: readonly string[];
  onChange?(status: SoundFontStatus): void;
}

const checkedSchema = z.record(
  z.string(),
  z.object({ sha256: z.string(), name: z.string(), licence: z.string(), problem: z.string().nullable() }),
);
type Checked = z.infer<typeof checkedSchema>[string];

export function systemSoundFontFolders(platform: NodeJS.Platform): readonly string[] {
  return platform === 'linux' ? ['/usr/share/sounds/sf3', '/usr/share/sounds/sf2', '/usr/share/soundfonts'] : [];
}

export function createSoundFontStore(options: SoundFontStoreOptions): SoundFontStore {
  const { known } = options;
  const folder = join(options.home, 'soundfonts');
  const memoryPath = join(folder, 'checked.json');
  let running: { promise: Promise<void>; controller: AbortController; fraction: number } | null = null;

  const candidates = async (): Promise<{ path: string; origin: SoundFontInfo['origin'] } | null> => {
    const named = options.environment['FRAMEWRIGHT_SOUNDFONT'];
    if (named) return { path: named, origin: 'environment' };
    for (const [place, origin] of [
      [folder, 'chosen'],
      [options.bundled, 'bundled'],
      ...options.systemFolders.map((each) => [each, 'system'] as const),
    ] as const) {
      const [name] = await soundFontsIn(place);
      if (name !== undefined) return { path: join(place, name), origin };
    }
    return null;
  };

  /** Reads it whole where this version of it is not known yet. */
  const check = async (path: string): Promise<Checked & { sizeBytes: number }> => {
    const info = await stat(path).catch(() => null);
    if (!info?.isFile())
      return { sha256: '', name: basename(path), licence: '', problem: 'it is not there', sizeBytes: 0 };
    const key = `${path}|${info.size}|${info.mtimeMs}`;
    const memory = checkedSchema.safeParse(await readJsonOrNull(memoryPath)).data ?? {};
    const remembered = memory[key];
    if (remembered) return { ...remembered, sizeBytes: info.size };
    const made = await examine(path, info.size, known);
    const others = Object.entries(memory).filter(([other]) => !other.startsWith(`${path}|`));
    // a folder that cannot be written only makes the next look slower
    await mkdir(folder, { recursive: true })
      .then(() => writeFileAtomic(memoryPath, JSON.stringify({ ...Object.fromEntries(others), [key]: made })))
      .catch(() => undefined);
    return { ...made, sizeBytes: info.size };
  };

  const find: SoundFontStore['find'] = async () => {
    const candidate = await candidates();
    if (!candidate) return { font: null, problem: null };
    const { problem, ...checked } = await check(candidate.path);
    if (problem !== null) return { font: null, problem: `The SoundFont ${candidate.path} cannot be used: ${problem}.` };
    return { font: { ...checked, ...candidate, fileName: basename(candidate.path) }, problem: null };
  };

  const status = async (): Promise<SoundFontStatus> => {
    const { font, problem } = await find();
    const offered = {
      name: known.name,
      licence: known.licence,
      url: known.urls[0] ?? '',
      downloadBytes: known.archive.sizeBytes,
      sizeBytes: known.sizeBytes,
      sha256: known.sha256,
    };
    return { font, problem, known: offered, downloading: running ? running.fraction : null };
  };

  const tell = async (): Promise<SoundFontStatus> => {
    const now = await status();
    options.onChange?.(now);
    return now;
  };

  /** `path` is already in the folder, under a name of its own; what was chosen before goes away last. */
  const swapIn = async (path: string, name: string): Promise<void> => {
    const before = await soundFontsIn(folder);
    await rename(path, join(folder, name));
    for (const old of before) if (old !== name) await rm(join(folder, old), { force: true });
  };

  const incoming = async (needBytes: number): Promise<string> => {
    await mkdir(folder, { recursive: true });
    const disk = await statfs(folder);
    if (disk.bavail * disk.bsize < needBytes)
      throw new FailureError(
        'diskFull',
        `The disk is full: the SoundFont needs ${Math.ceil(needBytes / 1e6)} MB.`,
        folder,
      );
    return join(folder, `.incoming-${randomBytes(6).toString('hex')}`);
  };

  const fetchKnown = async (signal: AbortSignal, onFraction: (fraction: number) => void): Promise<void> => {
    const staging = await incoming(known.archive.sizeBytes + known.sizeBytes);
    await downloadSoundFont(known, staging, { signal, onFraction });
    await swapIn(staging, known.fileName);
  };

  return {
    find,
    status,
    async install(path) {
      const info = await stat(path).catch(() => null);
      if (!info?.isFile()) throw new FailureError('notFound', `${path} is not there.`, path);
      if (!endings.includes(extname(path).toLowerCase()))
        throw new FailureError('unsupported', `${basename(path)} is no SoundFont: .sf2 and .sf3 are read.`, path);
      const { problem } = await examine(path, info.size, known);
      if (problem !== null)
        throw new FailureError('damaged', `The SoundFont ${basename(path)} cannot be used: ${problem}.`, path);
      const staging = await incoming(info.size);
      try {
        await copyFile(path, staging);
        await swapIn(staging, basename(path));
      } finally {
        await rm(staging, { force: true });
      }
      return tell();
    },
    async download(signal) {
      if (!running) {
        const controller = new AbortController();
        const own = { promise: Promise.resolve(), controller, fraction: 0 };
        let toldAt = 0;
        running = own;
        own.promise = fetchKnown(controller.signal, (fraction) => {
          own.fraction = fraction;
          if (performance.now() - toldAt < 200) return;
          toldAt = performance.now();
          void tell();
        }).finally(() => {
          running = null;
        });
      }
      void tell();
      const { promise, controller } = running;
      signal?.addEventListener('abort', () => controller.abort());
      try {
        await promise;
      } finally {
        await tell();
      }
      return status();
    },
    cancelDownload: () => running?.controller.abort(),
    async remove() {
      for (const name of await soundFontsIn(folder)) await rm(join(folder, name), { force: true });
      return tell();
    },
  };
}

/** The best first. */
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

/** `problem` continues 'it cannot be used: '. */
async function examine(path: string, sizeBytes: number, known: KnownSoundFont): Promise<Checked> {
  const unnamed = { sha256: '', name: basename(path), licence: '' };
  if (sizeBytes > mostBytes)
    return {
      ...unnamed,
      problem: `it has ${Math.round(sizeBytes / 1e6)} MB; up to ${Math.round(mostBytes / 1e6)} MB are played`,
    };
  try {
    const sha256 = await sha256OfFile(path);
    const { openSoundFont } = await import('../../../models/families/soundtrack/soundFont.ts');
    const { name, copyright } = await openSoundFont(await readBytes(path));
    const own =
      sha256 === known.sha256
        ? { name: known.name, licence: known.licence }
        : { name: name || basename(path), licence: copyright.slice(0, 120) };
    return { sha256, ...own, problem: null };
  } catch (error) {
    return { ...unnamed, problem: error instanceof Error ? error.message : String(error) };
  }
}

async function readBytes(path: string): Promise<ArrayBuffer> {
  const data = await readFile(path);
  return data.byteOffset === 0 && data.buffer.byteLength === data.length
    ? (data.buffer as ArrayBuffer)
    : new Uint8Array(data).buffer;
}
