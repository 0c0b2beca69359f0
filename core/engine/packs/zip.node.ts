/** Entries of a .zip by name, streamed. The one file that knows yauzl. */
import { basename } from 'node:path';
import { Readable } from 'node:stream';
import yauzl, { type Entry, type ZipFile } from 'yauzl';
import { FailureError } from '../../contract/errors.ts';
import { sentence } from '../../contract/sentence.ts';

/** An open .zip: the names of its files, each of which can be streamed. */
export interface Zip {
  readonly names: readonly string[];
  /** Bytes of an entry as its list says; 0 for a name that is not there. */
  sizeOf(name: string): number;
  open(name: string): Promise<Readable | null>;
  close(): void;
}

/**
 * Throws FailureError 'packInvalid' when it is not a .zip, is cut off, or names a path outside itself; so does reading
 * an entry that is damaged.
 */
export async function openZip(path: string): Promise<Zip> {
  const name = basename(path);
  const refuse = (error: Error): FailureError => {
    const outside = /(?:invalid relative path|absolute path|invalid characters in fileName): (.*)$/.exec(error.message);
    const words = outside
      ? sentence('pack.unusable', { name, reason: sentence('packProblem.zipPathOutside', { path: outside[1] ?? '' }) })
      : sentence('pack.zipUnreadable', { name, reason: error.message.replace(/\.$/, '') });
    return new FailureError('packInvalid', words, path);
  };
  const file = await new Promise<ZipFile>((resolve, reject) => {
    yauzl.open(path, { lazyEntries: true, autoClose: false, strictFileNames: true }, (error, zip) =>
      error ? reject(refuse(error)) : resolve(zip),
    );
  });
  const entries = new Map<string, Entry>();
  try {
    await new Promise<void>((resolve, reject) => {
      file.on('entry', (entry: Entry) => {
        if (!entry.fileName.endsWith('/')) entries.set(entry.fileName, entry);
        file.readEntry();
      });
      file.on('end', resolve);
      file.on('error', (error: Error) => reject(refuse(error)));
      file.readEntry();
    });
  } catch (error) {
    file.close();
    throw error;
  }
  return {
    names: [...entries.keys()],
    sizeOf: (entryName) => entries.get(entryName)?.uncompressedSize ?? 0,
    open(entryName) {
      const entry = entries.get(entryName);
      if (!entry) return Promise.resolve(null);
      return new Promise((resolve, reject) =>
        file.openReadStream(entry, (error, stream) => {
          if (error) return reject(refuse(error));
          // what fails before it is read is thrown when it is
          stream.on('error', () => undefined);
          resolve(Readable.from(refusing(stream, refuse), { objectMode: false }));
        }),
      );
    },
    close: () => file.close(),
  };
}

async function* refusing(stream: Readable, refuse: (error: Error) => FailureError): AsyncGenerator<Buffer> {
  try {
    yield* stream as AsyncIterable<Buffer>;
  } catch (error) {
    throw refuse(error as Error);
  }
}
