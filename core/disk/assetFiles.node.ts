/** Where the cache of one file's content lies, and how its parts are called, on disk and in addresses. */
import { access } from 'node:fs/promises';
import { join } from 'node:path';

/** Names inside `<project>/cache/<contentKey>/`; the same names end the addresses. */
export const assetNames = {
  facts: 'facts.json',
  proxy: 'proxy.mp4',
  /** Stills that window and exporter would read differently, as one upright sRGB PNG. */
  still: 'proxy.png',
  peaks: 'peaks.bin',
  filmstrip: 'filmstrip.jpg',
  filmstripInfo: 'filmstrip.json',
  poster: 'poster.jpg',
} as const;

export type AssetName = keyof typeof assetNames;

const contentTypes: Readonly<Record<string, string>> = {
  'proxy.mp4': 'video/mp4',
  'proxy.png': 'image/png',
  'peaks.bin': 'application/octet-stream',
  'filmstrip.jpg': 'image/jpeg',
  'filmstrip.json': 'application/json',
  'poster.jpg': 'image/jpeg',
};

export function assetPath(cacheFolder: string, contentKey: string, asset: AssetName): string {
  return join(cacheFolder, contentKey, assetNames[asset]);
}

/** Type of a file that an address may name; null for any other name (facts.json stays inside). */
export function assetContentType(fileName: string): string | null {
  return contentTypes[fileName] ?? null;
}

export async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
