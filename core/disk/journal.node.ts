/**
 * journal.ndjson: one line an entry, `{"sum":"<crc32 of the entry's text>","entry":{...}}`. Appended and synced before
 * anything is called saved. A crash can only tear the last line; a sum that does not fit elsewhere is damage.
 */
import type { FileHandle } from 'node:fs/promises';
import { crc32 } from 'node:zlib';
import { journalEntrySchema, type JournalEntry } from '../document/journal.ts';
import { errorCode, writeDurable, type ProjectFs } from './projectFs.node.ts';

const prefixLength = '{"sum":"00000000","entry":'.length;

function sumOf(text: string): string {
  return crc32(text).toString(16).padStart(8, '0');
}

export function encodeLine(entry: JournalEntry): string {
  const text = JSON.stringify(entry);
  return `{"sum":"${sumOf(text)}","entry":${text}}\n`;
}

/** null when the line is not what was written. */
export function decodeLine(line: string): JournalEntry | null {
  const text = line.slice(prefixLength, -1);
  if (line.slice(0, prefixLength) !== `{"sum":"${sumOf(text)}","entry":` || !line.endsWith('}')) return null;
  try {
    const parsed = journalEntrySchema.safeParse(JSON.parse(text));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}

export interface ReadJournal {
  /** Sound entries in the file's order. */
  readonly entries: readonly JournalEntry[];
  /** The last line was cut off in mid-write. */
  readonly torn: boolean;
  /** Lines (from 1) that do not fit their sum, the torn one not counted. */
  readonly damagedLines: readonly number[];
  /** Length of the file up to the last whole line. */
  readonly soundBytes: number;
}

export async function readJournal(fs: ProjectFs, path: string): Promise<ReadJournal> {
  let bytes: Buffer;
  try {
    bytes = await fs.readFile(path);
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return { entries: [], torn: false, damagedLines: [], soundBytes: 0 };
    throw error;
  }
  const lines = bytes.toString('utf8').split('\n');
  const rest = lines.pop() ?? '';
  const decoded = lines.map(decodeLine);
  let damagedLines = decoded.flatMap((entry, index) => (entry ? [] : [index + 1]));
  let soundBytes = bytes.length - Buffer.byteLength(rest);
  let torn = rest !== '';
  // a file system may leave the last line at its length but without its content (zeros)
  const last = lines.at(-1);
  if (rest === '' && last !== undefined && damagedLines.at(-1) === lines.length) {
    torn = true;
    damagedLines = damagedLines.slice(0, -1);
    soundBytes -= Buffer.byteLength(last) + 1;
  }
  return {
    entries: decoded.filter((entry) => entry !== null),
    torn,
    damagedLines,
    soundBytes: Math.max(0, soundBytes),
  };
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

  /** Cuts the file to `sizeBytes` (its sound part) and goes on from there. */
  static async open(fs: ProjectFs, path: string, sizeBytes: number): Promise<JournalWriter> {
    const handle = await fs.open(path, 'a+');
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

  /** On the disk when it answers. When it throws, the file is as it was before. */
  async append(entries: readonly JournalEntry[]): Promise<void> {
    if (entries.length === 0) return;
    const data = Buffer.from(entries.map(encodeLine).join(''));
    if (this.#ragged) await this.#cut();
    try {
      // 'a+' writes at the end, wherever that is after a truncate
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

/** The journal written anew, whole: after damage, with the old one kept aside by the caller. */
export async function rewriteJournal(fs: ProjectFs, path: string, entries: readonly JournalEntry[]): Promise<void> {
  await writeDurable(fs, path, entries.map(encodeLine).join(''));
}
