/** Small JSON files of this machine (settings, measurements): read leniently, since they can be made again. */
import { mkdir, readFile, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { errorCode } from './projectFs.node.ts';
import { writeWholeFile } from './wholeFile.node.ts';

/** Parsed JSON, or null when no plain file is there or it is not JSON. Throws other errors of the file system. */
export async function readJsonOrNull(path: string): Promise<unknown> {
  let text: string;
  try {
    // reading a pipe would wait for ever
    if (!(await stat(path)).isFile()) return null;
    text = await readFile(path, 'utf8');
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return null;
    throw error;
  }
  return parseJsonOrNull(text);
}

/** The JSON value of a text, or null when the text is not JSON. */
export function parseJsonOrNull(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return null;
  }
}

/** Writes the file whole; makes its folder. Throws what the file system throws. */
export async function writeJsonFile(path: string, value: unknown): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  await writeWholeFile(path, JSON.stringify(value));
}
