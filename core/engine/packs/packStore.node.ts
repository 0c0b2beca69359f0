/** The packs on this machine: those that come with the app, and the user's own in `<home>/packs`. */
import { mkdir, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type {
  FamilyId,
  FootageFamily,
  PackManifest,
  SoundtrackFamily,
  VideoFamily,
  WordsFamily,
} from '../../../models/families/pack.ts';
import type { PackInfo } from '../../contract/contract.ts';
import { FailureError } from '../../contract/errors.ts';
import { sentence, type Sentence, type SentenceKey } from '../../contract/sentence.ts';
import type { EnginePaths } from '../services.node.ts';
import { hashProblems, sizeProblems, type HashMemory } from './checkFiles.node.ts';
import { describePack } from './describePack.node.ts';
import { createHashMemory } from './hashMemory.node.ts';
import { installPack, recoverPacks } from './installPack.node.ts';
import { filesFor } from './manifest.ts';
import { joinProblems } from './problems.ts';
import { scanPacks, type FoundPack, type LoadedPack } from './scanPacks.node.ts';

export type { LoadedPack } from './scanPacks.node.ts';

/** Finds, checks, installs and removes packs. */
export interface PackStore {
  list(): Promise<readonly PackInfo[]>;
  /** Manifest only. Throws 'packMissing' naming the installed packs, 'packInvalid' with the reason. */
  find(packId: string): Promise<LoadedPack>;
  /** The first pack that has the family, the user's own last. */
  firstWith(family: FamilyId): Promise<LoadedPack>;
  /** As `find`, with the family's files hashed once per version, so that what runs is what the manifest lists. */
  load(packId: string, family: FamilyId): Promise<LoadedPack>;
  /** Reads every file whole. */
  verify(packId: string): Promise<{ ok: boolean; problems: readonly Sentence[] }>;
  /** From a folder or a .zip. */
  add(path: string): Promise<PackInfo>;
  /** Throws 'badRequest' for a built-in pack. */
  remove(packId: string): Promise<void>;
}

/** The pack's video family; throws 'packMissing' when it has none. */
export function videoFamily(pack: LoadedPack): VideoFamily {
  const family = pack.manifest.families.find((item) => item.family === 'video');
  if (!family) throw new FailureError('packMissing', sentence('pack.noVideo', { name: pack.manifest.name }));
  return family;
}

/** The pack's soundtrack family; throws 'packMissing' when it has none. */
export function soundtrackFamily(pack: LoadedPack): SoundtrackFamily {
  const family = pack.manifest.families.find((item) => item.family === 'soundtrack');
  if (!family) throw new FailureError('packMissing', sentence('pack.noSoundtrack', { name: pack.manifest.name }));
  return family;
}

/** The pack's footage family; throws 'packMissing' when it has none. */
export function footageFamily(pack: LoadedPack): FootageFamily {
  const family = pack.manifest.families.find((item) => item.family === 'footage');
  if (!family) throw new FailureError('packMissing', sentence('pack.noFootage', { name: pack.manifest.name }));
  return family;
}

/** The pack's family for speech to text; throws 'packMissing' when it has none. */
export function wordsFamily(pack: LoadedPack): WordsFamily {
  const family = pack.manifest.families.find((item) => item.family === 'words');
  if (!family) throw new FailureError('packMissing', sentence('pack.noWords', { name: pack.manifest.name }));
  return family;
}

/** Nothing is cached but hashes: packs may be copied into the folder by hand while the app runs. */
export function createPackStore(paths: Pick<EnginePaths, 'home' | 'builtInPacks' | 'userPacks'>): PackStore {
  const memory = createHashMemory(join(paths.home, 'packChecks.json'));
  const recovered = recoverPacks(paths.userPacks);
  const scan = async (): Promise<readonly FoundPack[]> => {
    await recovered;
    return scanPacks(paths);
  };
  return {
    list: async () => Promise.all((await scan()).map(describePack)),
    find: async (packId) => findPack(await scan(), packId),
    firstWith: async (family) => firstPackWith(await scan(), family),
    async load(packId, family) {
      const pack = findPack(await scan(), packId);
      const reason = joinProblems(await problemsOf(pack, filesFor(pack.manifest, family), memory));
      if (reason === null) return pack;
      throw new FailureError(
        'packInvalid',
        sentence('pack.unusable', { name: pack.manifest.name, reason }),
        pack.folder,
      );
    },
    async verify(packId) {
      const pack = findPack(await scan(), packId);
      const problems = await problemsOf(pack, pack.manifest, null);
      return { ok: problems.length === 0, problems };
    },
    async add(path) {
      await mkdir(paths.userPacks, { recursive: true });
      const installed = await scan();
      const manifest = await installPack(path, paths.userPacks, (wanted) => mayInstall(wanted, installed, path));
      const folder = join(paths.userPacks, manifest.id);
      return describePack({ folder, builtIn: false, pack: { manifest, folder, builtIn: false }, problem: null });
    },
    remove: async (packId) => removePack(await scan(), packId),
  };
}

function findPack(all: readonly FoundPack[], packId: string): LoadedPack {
  const pack = all.find((item) => item.pack?.manifest.id === packId)?.pack;
  if (pack) return pack;
  const broken = all.find((item) => item.problem !== null && basename(item.folder) === packId);
  if (broken?.problem) throw new FailureError('packInvalid', broken.problem, broken.folder);
  throw notInstalled(all, packId);
}

function notInstalled(all: readonly FoundPack[], id: string): FailureError {
  const known = all.flatMap((item) => (item.pack ? [item.pack.manifest.id] : [])).join(', ');
  return new FailureError(
    'packMissing',
    known === '' ? sentence('pack.noneInstalled', { id }) : sentence('pack.notInstalled', { id, known }),
  );
}

function firstPackWith(all: readonly FoundPack[], family: FamilyId): LoadedPack {
  const pack = all.find((item) => item.pack?.manifest.families.some((entry) => entry.family === family))?.pack;
  if (pack) return pack;
  const problem = all.find((item) => item.problem !== null)?.problem ?? null;
  const none = sentence(noneFor[family]);
  throw new FailureError('packMissing', problem === null ? none : sentence('pack.noneBut', { none, problem }));
}

const noneFor = {
  video: 'pack.noVideoPack',
  soundtrack: 'pack.noSoundtrackPack',
  footage: 'pack.noFootagePack',
  words: 'pack.noWordsPack',
} as const satisfies Record<FamilyId, SentenceKey>;

async function problemsOf(
  pack: LoadedPack,
  manifest: PackManifest,
  memory: HashMemory | null,
): Promise<readonly Sentence[]> {
  const problems = await sizeProblems(pack.folder, manifest);
  return problems.length > 0 ? problems : hashProblems(pack.folder, manifest, memory);
}

function mayInstall(wanted: PackManifest, installed: readonly FoundPack[], path: string): void {
  const same = installed.find((item) => item.pack?.manifest.id === wanted.id)?.pack;
  if (same?.builtIn)
    throw new FailureError('packInvalid', sentence('pack.builtInId', { name: basename(path), id: wanted.id }), path);
  if (same && same.manifest.version === wanted.version) {
    const { name, version } = wanted;
    throw new FailureError('packInvalid', sentence('pack.alreadyInstalled', { name, version }), path);
  }
}

async function removePack(all: readonly FoundPack[], packId: string): Promise<void> {
  const item = all.find((each) => (each.pack?.manifest.id ?? basename(each.folder)) === packId);
  if (!item) throw notInstalled(all, packId);
  if (item.builtIn) throw new FailureError('badRequest', sentence('pack.notRemovable', { id: packId }));
  await rm(item.folder, { recursive: true, force: true });
}
