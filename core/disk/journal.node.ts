/**
 * journal.ndjson: one line an entry, `{"sum":"<crc32 of the entry's text>","entry":{...}}`. Appended and synced before
 * a change counts as saved. A crash can only tear the last line; a sum that does not fit elsewhere is damage.
 */
import { constants } from 'node:fs';
import type { FileHandle } from 'node:fs/promises';
import { crc32 } from 'node:zlib';
import { journalEntrySchema, type JournalEntry } from '../document/journal.ts';
import { upgradeEntryKeys } from '../document/oldKeys.ts';
import { parseJsonOrNull } from './jsonFile.node.ts';
import { openPlainFile, readPlainFile, sizeLimits } from './plainFile.node.ts';
import type { ProjectFolder } from './projectFolder.node.ts';
import { errorCode, type ProjectFs } from './projectFs.node.ts';
import { writeWholeFile } from './wholeFile.node.ts';

const prefixLength = '{"sum":"00000000","entry":'.length;

function sumOf(text: string): string {
  return crc32(text).toString(16).padStart(8, '0');
}

/** A journal line: the entry as JSON with its checksum, and a newline. */
export function encodeLine(entry: JournalEntry): string {
  const text = JSON.stringify(entry);
  return `{"sum":"${sumOf(text)}","entry":${text}}\n`;
}

/** Longest line that is read, bytes: many times the size of a thousand clips with painted masks. */
const longestLineBytes = 64 * 1024 * 1024;

/** The entry of a line; 'torn' when its sum does not fit, 'invalid' when it fits and it is not a journal entry. */
export function decodeLine(line: string): JournalEntry | 'torn' | 'invalid' {
  const text = line.slice(prefixLength, -1);
  if (line.slice(0, prefixLength) !== `{"sum":"${sumOf(text)}","entry":` || !line.endsWith('}')) return 'torn';
  const parsed = journalEntrySchema.safeParse(parseJsonOrNull(text));
  return parsed.success ? upgradeEntryKeys(parsed.data) : 'invalid';
}

/** What a journal holds, and what is wrong with it. */
export interface ReadJournal {
  /** Sound entries in the file's order. */
  readonly entries: readonly JournalEntry[];
  /** The last line was cut off in mid-write. */
  readonly torn: boolean;
  /** Lines (from 1) that do not fit their sum or are not entries, the torn one not counted. */
  readonly damagedLines: readonly number[];
  /** Length of the file up to the last whole line. */
  readonly soundBytes: number;
}

/** Throws RefusedFile where the path is not a plain file, and file system errors. */
export async function readJournal(fs: ProjectFs, folder: ProjectFolder, path: string): Promise<ReadJournal> {
  let bytes: Buffer;
  try {
    bytes = await readPlainFile(fs, folder.folder, path, sizeLimits.journal);
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return { entries: [], torn: false, damagedLines: [], soundBytes: 0 };
    throw error;
  }
  return parseJournal(bytes);
}

/** Reads a journal's bytes: entries whose checksum holds, and the numbers of damaged lines. Never throws. */
export function parseJournal(bytes: Buffer): ReadJournal {
  const entries: JournalEntry[] = [];
  const damagedLines: number[] = [];
  let [lineCount, start] = [0, 0];
  let last = { start: 0, torn: false };
  for (let end = bytes.indexOf(0x0a); end >= 0; end = bytes.indexOf(0x0a, start)) {
    lineCount++;
    const entry = end - start > longestLineBytes ? 'invalid' : decodeLine(bytes.toString('utf8', start, end));
    if (typeof entry === 'object') entries.push(entry);
    else damagedLines.push(lineCount);
    last = { start, torn: entry === 'torn' };
    start = end + 1;
  }
  if (start < bytes.length) return { entries, torn: true, damagedLines, soundBytes: start };
  // a file system may leave the last line at its length but without its content (zeros)
  if (last.torn) return { entries, torn: true, damagedLines: damagedLines.slice(0, -1), soundBytes: last.start };
  return { entries, torn: false, damagedLines, soundBytes: start };
}

/** Appends to a journal. One append at a time: the store's queue sees to that. */
export class JournalWriter {
  #handle: FileHandle;
  #sizeBytes: number;
  /** A failed write may have left something behind the sound part that could not be cut off yet. */
  #ragged = false;

  private constructor(handle: FileHandle, sizeBytes: number) {
    this.#handle = handle;
    this.#sizeBytes = sizeBytes;
  }

  /** Cuts the file to its valid `sizeBytes` and appends from there. Throws RefusedFile for a link or a device. */
  static async open(fs: ProjectFs, folder: ProjectFolder, sizeBytes: number): Promise<JournalWriter> {
    const flags = constants.O_APPEND | constants.O_CREAT | constants.O_RDWR;
    const handle = await openPlainFile(fs, folder.folder, folder.journal, flags);
    try {
      await handle.truncate(sizeBytes);
      await handle.sync();
    } catch (error) {
      await handle.close();
      throw error;
    }
    return new JournalWriter(handle, sizeBytes);
  }

  get sizeBytes(): number {
    return this.#sizeBytes;
  }

  /** On the disk when it returns. When it throws, the file is as it was before. */
  async append(entries: readonly JournalEntry[]): Promise<void> {
    if (entries.length === 0) return;
    const data = Buffer.from(entries.map(encodeLine).join(''));
    if (this.#ragged) await this.#cut();
    try {
      // O_APPEND writes at the end, wherever that is after a truncate
      await this.#handle.writeFile(data);
      await this.#handle.datasync();
    } catch (error) {
      this.#ragged = true;
      await this.#cut().catch(() => {
        // still ragged: the next append cuts before it writes, and opening cuts a torn line anyway
      });
      throw error;
    }
    this.#sizeBytes += data.length;
  }

  async #cut(): Promise<void> {
    await this.#handle.truncate(this.#sizeBytes);
    this.#ragged = false;
  }

  async close(): Promise<void> {
    await this.#handle.close();
  }
}

/** Replaces the whole journal, after damage; the caller has kept the old one. Returns the new size, bytes. */
export async function rewriteJournal(fs: ProjectFs, path: string, entries: readonly JournalEntry[]): Promise<number> {
  const data = Buffer.from(entries.map(encodeLine).join(''));
  await writeWholeFile(path, data, fs);
  return data.length;
}
