/** Reads a SoundFont whole and says whether music can be played with it. */
import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { sha256OfFile } from '../packs/checkFiles.node.ts';
import { packageSoundFonts } from './packageSoundFonts.node.ts';

/** A larger file would not leave enough memory for the music itself. */
const mostBytes = 512 * 1024 ** 2;

/** What a SoundFont file turned out to be. `problem` continues 'The SoundFont x cannot be used: '. */
export interface Examined {
  readonly sha256: string;
  readonly name: string;
  /** '' when the file does not state one. */
  readonly licence: string;
  readonly problem: string | null;
}

/** Hashes and parses the file: 40 MB take about a second. */
export async function examineSoundFont(path: string, sizeBytes: number): Promise<Examined> {
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
    const known = packageSoundFonts.find((each) => each.sha256 === sha256);
    return known
      ? { sha256, name: known.name, licence: known.licence, problem: null }
      : { sha256, name: name || basename(path), licence: copyright.slice(0, 120), problem: null };
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
