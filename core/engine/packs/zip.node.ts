/** Entries of a .zip by name, streamed. The one file that knows yauzl. */
import { basename } from 'node:path';
import type { Readable } from 'node:stream';
import yauzl, { type Entry, type ZipFile } from 'yauzl';
import { FailureError } from '../../contract/errors.ts';

export interface Zip {
  readonly names: readonly string[];
  open(name: string): Promise<Readable | null>;
  close(): void;
}

/** Throws FailureError 'packInvalid' when it is no zip, is cut off, or names a path outside itself. */
export async function openZip(path: string): Promise<Zip> {
  const name = basename(path);
  const refuse = (error: Error): FailureError => {
    const outside = /(?:invalid relative path|absolute path|invalid characters in fileName): (.*)$/.exec(error.message);
    if (outside)
      return new FailureError(
        'packInvalid',
        `The pack ${name} cannot be used: it names a path outside itself: '${outside[1]}'.`,
        path,
      );
    return new FailureError(
      'packInvalid',
      `${name} cannot be read as a .zip: ${error.message.replace(/\.$/, '')}.`,
      path,
    );
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
    open(entryName) {
      const entry = entries.get(entryName);
      if (!entry) return Promise.resolve(null);
      return new Promise((resolve, reject) =>
        file.openReadStream(entry, (error, stream) => (error ? reject(refuse(error)) : resolve(stream))),
      );
    },
    close: () => file.close(),
  };
}
