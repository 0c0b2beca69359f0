/**
 * Finds the files of a Whisper model in what the user gives: a folder, a .zip, or a Python package (.whl), which is a
 * .zip. A model that is split over several packages is found where they lie side by side.
 */
import { createReadStream } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { Readable } from 'node:stream';
import { FailureError } from '../../../contract/errors.ts';
import { sentence, type Sentence } from '../../../contract/sentence.ts';
import { openZip } from '../zip.node.ts';

/** A file that can be streamed. */
export interface FoundFile {
  /** Without its folders. */
  readonly name: string;
  /** Its folder, in an archive or not: files of one model lie together. */
  readonly place: string;
  readonly sizeBytes: number;
  open(): Promise<Readable>;
}

/** A model's files. */
export interface WhisperFiles {
  /** What the user knows it by. */
  readonly name: string;
  /** In order: `model.bin`, or the parts that it was split into. */
  readonly model: readonly FoundFile[];
  /** The nearest first. */
  readonly others: readonly FoundFile[];
  close(): void;
}

const archive = /\.(zip|whl)$/i;
const part = /^model\.bin\.part(\d{1,3})$/;
/** Of folders within folders, as packages and caches nest them. */
const mostDepth = 4;
const mostFiles = 2000;

interface Gathered {
  readonly files: FoundFile[];
  readonly closers: (() => void)[];
}

/** null where no model is in it. Throws FailureError 'packInvalid' where a part is missing, or there are several. */
export async function findWhisperFiles(path: string): Promise<WhisperFiles | null> {
  const gathered: Gathered = { files: [], closers: [] };
  const close = () => gathered.closers.forEach((each) => each());
  const name = basename(path);
  try {
    await gather(path, gathered, 0);
    const info = await stat(path);
    // the other package of a split model
    if (!info.isDirectory() && isSplit(gathered.files)) await gatherBeside(path, gathered);
    const model = modelOf(gathered.files, (reason) => {
      throw new FailureError('packInvalid', sentence('pack.unusable', { name, reason }), path);
    });
    if (model) {
      const near = (file: FoundFile) => (file.place === model[0]!.place ? 0 : 1);
      return { name, model, others: gathered.files.toSorted((a, b) => near(a) - near(b)), close };
    }
    close();
    return null;
  } catch (error) {
    close();
    throw error;
  }
}

async function gather(path: string, to: Gathered, depth: number): Promise<void> {
  const info = await stat(path).catch(() => null);
  if (to.files.length >= mostFiles || !info) return;
  if (info.isDirectory()) {
    if (depth > mostDepth) return;
    for (const entry of (await readdir(path)).toSorted().slice(0, mostFiles))
      await gather(join(path, entry), to, depth + 1);
  } else if (info.isFile()) {
    if (archive.test(path)) return gatherArchive(path, to);
    to.files.push({
      name: basename(path),
      place: dirname(path),
      sizeBytes: info.size,
      open: async () => createReadStream(path),
    });
  }
}

async function gatherArchive(
  path: string,
  { files, closers }: Gathered,
  isWanted: (name: string) => boolean = () => true,
): Promise<void> {
  const zip = await openZip(path);
  closers.push(() => zip.close());
  for (const entry of zip.names) {
    if (files.length >= mostFiles) return;
    const name = entry.slice(entry.lastIndexOf('/') + 1);
    if (!isWanted(name)) continue;
    files.push({
      name,
      place: join(path, dirname(entry)),
      sizeBytes: zip.sizeOf(entry),
      async open() {
        const stream = await zip.open(entry);
        if (!stream) throw new Error(`${entry} has gone from ${path}`);
        return stream;
      },
    });
  }
}

async function gatherBeside(path: string, to: Gathered): Promise<void> {
  const folder = dirname(path);
  for (const entry of (await readdir(folder)).toSorted().slice(0, mostFiles))
    if (archive.test(entry) && entry !== basename(path))
      // a neighbour that cannot be read has nothing to do with it
      await gatherArchive(join(folder, entry), to, (name) => part.test(name)).catch((error: unknown) => {
        if (!(error instanceof FailureError)) throw error;
      });
}

const isSplit = (files: readonly FoundFile[]): boolean => files.some(({ name }) => part.test(name));

function modelOf(files: readonly FoundFile[], refuse: (reason: Sentence) => never): readonly FoundFile[] | null {
  const [whole, another] = files.filter(({ name }) => name === 'model.bin');
  if (another) return refuse(sentence('packProblem.severalModels'));
  if (whole) return [whole];
  if (!isSplit(files)) return null;
  const numbered = new Map(files.map((file) => [Number(part.exec(file.name)?.[1] ?? -1), file]));
  numbered.delete(-1);
  const first = numbered.has(0) ? 0 : 1;
  const last = Math.max(...numbered.keys(), first + 1);
  return Array.from(
    { length: last - first + 1 },
    (_, i) =>
      numbered.get(first + i) ??
      refuse(sentence('packProblem.modelPartMissing', { path: `model.bin.part${first + i}` })),
  );
}
