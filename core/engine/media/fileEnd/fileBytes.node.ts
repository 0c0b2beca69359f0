/** A file's bytes at any place, for readers of container structure. */
import { open } from 'node:fs/promises';

/** A file that is looked into. */
export interface FileBytes {
  readonly sizeBytes: number;
  /** Up to `length` bytes from `at` on; fewer at the file's end, none beyond it or before its beginning. */
  read(at: number, length: number): Promise<Buffer>;
}

/** Opens a file for `look`, and closes it afterwards. Throws what the file system throws. */
export async function withFileBytes<T>(path: string, look: (file: FileBytes) => Promise<T>): Promise<T> {
  const handle = await open(path, 'r');
  try {
    const { size } = await handle.stat();
    return await look({
      sizeBytes: size,
      async read(at, length) {
        // places come from the file itself: any number
        const wanted = at >= 0 ? Math.max(0, Math.min(length, size - at)) : 0;
        if (wanted === 0) return Buffer.alloc(0);
        const { bytesRead, buffer } = await handle.read(Buffer.alloc(wanted), 0, wanted, at);
        return buffer.subarray(0, bytesRead);
      },
    });
  } finally {
    await handle.close();
  }
}
