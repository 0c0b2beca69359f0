/** Looks through the folders that hold packs and reads each manifest. */
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { PackManifest } from '../../../models/families/pack.ts';
import { sentenceOf, toFailure } from '../../contract/errors.ts';
import { sentence, type Sentence } from '../../contract/sentence.ts';
import type { EnginePaths } from '../services.node.ts';
import { parseManifest } from './manifest.ts';
import { mostPackTextBytes, readPackText } from './readPackText.node.ts';

/** A pack whose manifest was read. */
export interface LoadedPack {
  readonly manifest: PackManifest;
  readonly folder: string;
  readonly builtIn: boolean;
}

/** A folder among the packs: a pack, or the reason why it is not one. */
export interface FoundPack {
  readonly folder: string;
  readonly builtIn: boolean;
  readonly pack: LoadedPack | null;
  readonly problem: Sentence | null;
}

/** Every folder of the built-in packs, then of the user's, each by name. */
export async function scanPacks(paths: Pick<EnginePaths, 'builtInPacks' | 'userPacks'>): Promise<readonly FoundPack[]> {
  return [...(await scanFolder(paths.builtInPacks, true)), ...(await scanFolder(paths.userPacks, false))];
}

async function scanFolder(root: string, builtIn: boolean): Promise<readonly FoundPack[]> {
  const entries = await readdir(root, { withFileTypes: true }).catch(() => []);
  const folders = entries.filter((entry) => entry.isDirectory() && !isUnfinished(entry.name)).map(({ name }) => name);
  const found = await Promise.all(folders.toSorted().map((name) => readPack(root, name, builtIn)));
  return found.filter((pack) => pack !== null);
}

/** Folders of an installation in progress (installPack.node.ts). */
function isUnfinished(name: string): boolean {
  return name.startsWith('.') || name.includes('.old-');
}

/** null for a built-in folder without a manifest: training writes its graphs before the manifest. */
async function readPack(root: string, name: string, builtIn: boolean): Promise<FoundPack | null> {
  const folder = join(root, name);
  const read = await readPackText(join(folder, 'manifest.json'));
  if (read === 'absent') {
    if (builtIn) return null;
    return { folder, builtIn, pack: null, problem: sentence('pack.folderWithoutManifest', { name }) };
  }
  if (read === 'tooLarge') return { folder, builtIn, pack: null, problem: manifestTooLarge(name) };
  try {
    return { folder, builtIn, pack: { manifest: parseManifest(read.text, name), folder, builtIn }, problem: null };
  } catch (error) {
    return { folder, builtIn, pack: null, problem: sentenceOf(toFailure(error)) };
  }
}

/** For a manifest that was not read at all. `name` is the pack's folder. */
export function manifestTooLarge(name: string): Sentence {
  return sentence('pack.manifestTooLarge', { name, megabytes: mostPackTextBytes / 1024 ** 2 });
}
