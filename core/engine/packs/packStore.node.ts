/** The packs there are: those that came with the app, and the user's own in `<home>/packs`. */
import { mkdir, readFile, readdir, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { z } from 'zod';
import type {
  FamilyId,
  FootageFamily,
  PackManifest,
  SoundtrackFamily,
  VideoFamily,
} from '../../../models/families/pack.ts';
import { canUpscale, upscaleFactor } from '../../../models/families/video/upscale.ts';
import type { PackInfo } from '../../contract/contract.ts';
import { FailureError, toFailure } from '../../contract/errors.ts';
import { readJsonOrNull, writeFileAtomic } from '../../disk/atomicFile.node.ts';
import type { EnginePaths } from '../services.node.ts';
import { hashProblems, sizeProblems, type HashMemory } from './checkFiles.node.ts';
import { installPack } from './installPack.node.ts';
import { filesFor, parseManifest } from './manifest.ts';

export interface LoadedPack {
  readonly manifest: PackManifest;
  readonly folder: string;
  readonly builtIn: boolean;
}

export interface PackStore {
  list(): Promise<readonly PackInfo[]>;
  /** Manifest only. Throws 'packMissing' naming what is there, 'packInvalid' with the reason. */
  find(packId: string): Promise<LoadedPack>;
  /** The first pack that has the family, the user's own last. */
  firstWith(family: FamilyId): Promise<LoadedPack>;
  /** As `find`, the family's files checked whole once a version: what runs is what the manifest says. */
  load(packId: string, family: FamilyId): Promise<LoadedPack>;
  verify(packId: string): Promise<{ ok: boolean; problems: readonly string[] }>;
  /** From a folder or a .zip. */
  add(path: string): Promise<PackInfo>;
  remove(packId: string): Promise<void>;
}

const purposes = {
  video: 'makes video',
  soundtrack: 'makes soundtracks',
  footage: 'examines footage',
} as const satisfies Record<FamilyId, string>;

interface Found {
  readonly folder: string;
  readonly builtIn: boolean;
  readonly pack: LoadedPack | null;
  readonly problem: string | null;
}

export function videoFamily(pack: LoadedPack): VideoFamily {
  const family = pack.manifest.families.find((item) => item.family === 'video');
  if (!family) throw new FailureError('packMissing', `The pack ${pack.manifest.name} makes no video.`);
  return family;
}

export function soundtrackFamily(pack: LoadedPack): SoundtrackFamily {
  const family = pack.manifest.families.find((item) => item.family === 'soundtrack');
  if (!family) throw new FailureError('packMissing', `The pack ${pack.manifest.name} makes no soundtrack.`);
  return family;
}

export function footageFamily(pack: LoadedPack): FootageFamily {
  const family = pack.manifest.families.find((item) => item.family === 'footage');
  if (!family) throw new FailureError('packMissing', `The pack ${pack.manifest.name} does not examine footage.`);
  return family;
}

export function createPackStore(paths: Pick<EnginePaths, 'home' | 'builtInPacks' | 'userPacks'>): PackStore {
  const memory = createHashMemory(join(paths.home, 'packChecks.json'));

  const scan = async (): Promise<readonly Found[]> => {
    const found: Found[] = [];
    for (const [root, builtIn] of [
      [paths.builtInPacks, true],
      [paths.userPacks, false],
    ] as const) {
      const entries = await readdir(root, { withFileTypes: true }).catch(() => []);
      for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
        if (!entry.isDirectory() || entry.name.startsWith('.') || entry.name.includes('.old-')) continue;
        const folder = join(root, entry.name);
        const text = await readFile(join(folder, 'manifest.json'), 'utf8').catch(() => null);
        if (text === null) {
          // training writes its graphs before the manifest; a user's folder without one deserves a word
          if (!builtIn) found.push({ folder, builtIn, pack: null, problem: `${entry.name} has no manifest.json.` });
          continue;
        }
        try {
          found.push({
            folder,
            builtIn,
            pack: { manifest: parseManifest(text, entry.name), folder, builtIn },
            problem: null,
          });
        } catch (error) {
          found.push({ folder, builtIn, pack: null, problem: toFailure(error).message });
        }
      }
    }
    return found;
  };

  const find = async (packId: string): Promise<LoadedPack> => {
    const all = await scan();
    const pack = all.find((item) => item.pack?.manifest.id === packId)?.pack;
    if (pack) return pack;
    const broken = all.find((item) => item.problem !== null && basename(item.folder) === packId);
    if (broken?.problem) throw new FailureError('packInvalid', broken.problem, broken.folder);
    const known = all.flatMap((item) => (item.pack ? [item.pack.manifest.id] : []));
    throw new FailureError(
      'packMissing',
      `The model pack '${packId}' is not installed${known.length > 0 ? `; installed: ${known.join(', ')}` : '; no pack is'}.`,
    );
  };

  return {
    async list() {
      return Promise.all((await scan()).map(describe));
    },
    find,
    async firstWith(family) {
      const all = await scan();
      const pack = all.find((item) => item.pack?.manifest.families.some((entry) => entry.family === family))?.pack;
      if (pack) return pack;
      const broken = all.find((item) => item.problem !== null);
      throw new FailureError(
        'packMissing',
        `No installed model pack ${purposes[family]}${broken?.problem ? `. ${broken.problem}` : '.'}`,
      );
    },
    async load(packId, family) {
      const pack = await find(packId);
      const needed = filesFor(pack.manifest, family);
      const problems = await sizeProblems(pack.folder, needed);
      const all = problems.length > 0 ? problems : await hashProblems(pack.folder, needed, memory);
      if (all.length > 0)
        throw new FailureError(
          'packInvalid',
          `The pack ${pack.manifest.name} cannot be used: ${all.join('; ')}.`,
          pack.folder,
        );
      return pack;
    },
    async verify(packId) {
      const pack = await find(packId);
      const problems = await sizeProblems(pack.folder, pack.manifest);
      const all = problems.length > 0 ? problems : await hashProblems(pack.folder, pack.manifest, null);
      return { ok: all.length === 0, problems: all.map((problem) => `${problem}.`) };
    },
    async add(path) {
      await mkdir(paths.userPacks, { recursive: true });
      const installed = await scan();
      const manifest = await installPack(path, paths.userPacks, (wanted) => {
        const same = installed.find((item) => item.pack?.manifest.id === wanted.id)?.pack;
        if (same?.builtIn)
          throw new FailureError(
            'packInvalid',
            `The pack ${basename(path)} has the id '${wanted.id}' of the pack that comes with Framewright.`,
            path,
          );
        if (same && same.manifest.version === wanted.version)
          throw new FailureError(
            'packInvalid',
            `The pack ${wanted.name} ${wanted.version} is already installed.`,
            path,
          );
      });
      const folder = join(paths.userPacks, manifest.id);
      return describe({ folder, builtIn: false, pack: { manifest, folder, builtIn: false }, problem: null });
    },
    async remove(packId) {
      const item = (await scan()).find((each) => (each.pack?.manifest.id ?? basename(each.folder)) === packId);
      if (!item) throw new FailureError('packMissing', `The model pack '${packId}' is not installed.`);
      if (item.builtIn)
        throw new FailureError('badRequest', `The pack '${packId}' came with Framewright and cannot be removed.`);
      await rm(item.folder, { recursive: true, force: true });
    },
  };
}

async function describe(item: Found): Promise<PackInfo> {
  if (!item.pack) {
    const id = basename(item.folder);
    return {
      id,
      name: id,
      version: '',
      licence: '',
      sizeBytes: 0,
      memoryBytes: 0,
      families: [],
      can: [],
      cannot: [],
      card: '',
      builtIn: item.builtIn,
      problem: item.problem,
      video: null,
      soundtrack: null,
    };
  }
  const { manifest, folder } = item.pack;
  const problems = await sizeProblems(folder, manifest);
  const video = manifest.families.find((family) => family.family === 'video');
  const soundtrack = manifest.families.find((family) => family.family === 'soundtrack');
  return {
    id: manifest.id,
    name: manifest.name,
    version: manifest.version,
    licence: manifest.licence,
    sizeBytes: manifest.files.reduce((sum, file) => sum + file.sizeBytes, 0),
    memoryBytes: manifest.memoryBytes,
    families: manifest.families.map((family) => family.family),
    can: manifest.can,
    cannot: manifest.cannot,
    card: await readFile(join(folder, 'CARD.md'), 'utf8').catch(() => ''),
    builtIn: item.builtIn,
    problem: problems.length > 0 ? `${problems.join('; ')}.` : null,
    video: video
      ? {
          width: video.width,
          height: video.height,
          fps: video.fps,
          maxFrames: video.maxFrames,
          defaultSteps: video.scheduler.defaultSteps,
          upscale: canUpscale(video) ? upscaleFactor : null,
        }
      : null,
    soundtrack: soundtrack ? { defaultSteps: soundtrack.scheduler.defaultSteps } : null,
  };
}

const memorySchema = z.array(z.string());

function createHashMemory(path: string): HashMemory {
  let known: Promise<Set<string>> | null = null;
  const load = (): Promise<Set<string>> => {
    known ??= readJsonOrNull(path).then((json) => new Set(memorySchema.safeParse(json).data ?? []));
    return known;
  };
  return {
    knows: async (key) => (await load()).has(key),
    async learn(key) {
      const keys = await load();
      keys.add(key);
      await writeFileAtomic(path, JSON.stringify([...keys]));
    },
  };
}
