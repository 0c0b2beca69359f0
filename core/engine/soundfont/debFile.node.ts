/** One file out of a Debian package: an ar archive (deb(5)) that holds a tar (POSIX ustar) packed by xz. */
import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { Readable } from 'node:stream';

// a CommonJS bundle, whose names an import cannot see
const { XzReadableStream } = createRequire(import.meta.url)('xz-decompress') as typeof import('xz-decompress');

const arMagic = '!<arch>\n';

/** Where `data.tar.xz` lies in the package. Throws an Error in a few words. */
async function findData(path: string): Promise<{ start: number; end: number }> {
  const file = await open(path);
  try {
    const header = Buffer.alloc(60);
    await file.read(header, 0, 8, 0);
    if (header.toString('latin1', 0, 8) !== arMagic) throw new Error('it is no Debian package');
    for (let at = 8; (await file.read(header, 0, 60, at)).bytesRead === 60;) {
      const name = header.toString('latin1', 0, 16).trim().replace(/\/$/, '');
      const size = Number(header.toString('latin1', 48, 58));
      if (!Number.isSafeInteger(size) || size < 0) break;
      if (name === 'data.tar.xz') return { start: at + 60, end: at + 60 + size - 1 };
      at += 60 + size + (size % 2);
    }
  } finally {
    await file.close();
  }
  throw new Error('the package holds no data.tar.xz');
}

/** Bytes by number, across chunks. */
class Chunks {
  private readonly source: AsyncIterator<Uint8Array>;
  private rest: Buffer = Buffer.alloc(0);

  constructor(source: AsyncIterable<Uint8Array>) {
    this.source = source[Symbol.asyncIterator]();
  }

  /** At most `count` bytes, at least one; null at the end. */
  async some(count: number): Promise<Buffer | null> {
    while (this.rest.length === 0) {
      const next = await this.source.next();
      if (next.done === true) return null;
      this.rest = Buffer.from(next.value);
    }
    const taken = this.rest.subarray(0, count);
    this.rest = this.rest.subarray(taken.length);
    return taken;
  }

  async exactly(count: number): Promise<Buffer | null> {
    const parts: Buffer[] = [];
    for (let left = count; left > 0;) {
      const part = await this.some(left);
      if (part === null) return null;
      parts.push(part);
      left -= part.length;
    }
    return Buffer.concat(parts);
  }
}

/** The bytes of one file of the package, chunk by chunk. Throws an Error in a few words when it is not there. */
export async function* fileInDeb(debPath: string, wanted: string): AsyncGenerator<Buffer> {
  const { start, end } = await findData(debPath);
  const packed = Readable.toWeb(createReadStream(debPath, { start, end })) as ReadableStream<Uint8Array>;
  const tar = new Chunks(new XzReadableStream(packed) as unknown as AsyncIterable<Uint8Array>);
  for (;;) {
    const header = await tar.exactly(512);
    if (header === null || header[0] === 0) throw new Error(`${wanted} is not in the package`);
    const name = header.toString('utf8', 0, 100).replace(/\0.*$/s, '').replace(/^\.\//, '');
    const size = Number.parseInt(header.toString('latin1', 124, 136), 8) || 0;
    const isFile = header[156] === 0x30 || header[156] === 0;
    for (let left = size; left > 0;) {
      const part = await tar.some(left);
      if (part === null) throw new Error('the package ends too early');
      left -= part.length;
      if (isFile && name === wanted) yield part;
    }
    if (isFile && name === wanted) return;
    await tar.exactly((512 - (size % 512)) % 512);
  }
}
