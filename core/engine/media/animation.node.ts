/**
 * Animated pictures: what tells an animated PNG or WebP from a still, and an animated WebP as an animated PNG, since
 * ffmpeg reads the one (before version 8) and not the other.
 */
import { open, type FileHandle } from 'node:fs/promises';
import { crc32 } from 'node:zlib';
import sharp from 'sharp';

const signature = Buffer.from('89504e470d0a1a0a', 'hex');
/** Chunks before the picture: text, profiles, EXIF. */
const mostChunks = 200;

/** True where an animation control chunk with several frames comes before the picture (PNG, 3rd edition, 11.3.6.1). */
export async function isAnimatedPng(path: string): Promise<boolean> {
  return reading(path, async (file) => {
    let at = signature.length;
    for (let chunk = 0; chunk < mostChunks; chunk++) {
      const { bytesRead, buffer } = await file.read(Buffer.alloc(12), 0, 12, at);
      const kind = buffer.toString('latin1', 4, 8);
      if (bytesRead < 12 || kind === 'IDAT' || kind === 'IEND') return false;
      if (kind === 'acTL') return buffer.readUInt32BE(8) > 1;
      at += 12 + buffer.readUInt32BE(0);
    }
    return false;
  });
}

/** True where the extended header has the animation flag (RFC 9649, 2.7.1). */
export async function isAnimatedWebp(path: string): Promise<boolean> {
  return reading(path, async (file) => {
    const { bytesRead, buffer } = await file.read(Buffer.alloc(21), 0, 21, 0);
    const text = buffer.toString('latin1');
    const isExtended = bytesRead === 21 && text.startsWith('RIFF') && text.slice(8, 16) === 'WEBPVP8X';
    return isExtended && (buffer[20]! & 2) !== 0;
  });
}

async function reading<T>(path: string, read: (file: FileHandle) => Promise<T>): Promise<T> {
  const file = await open(path, 'r');
  try {
    return await read(file);
  } finally {
    await file.close();
  }
}

/** Frames decoded at once: libwebp begins at the first frame for every batch. */
const batchBytes = 64e6;
/** Shorter delays are not kept by any browser: they show such frames for this long. ms */
const shortestDelay = 11;
const usualDelay = 100;

/** Writes an animated WebP as an animated PNG, alpha and delays kept. Throws what sharp throws for a damaged file. */
export async function webpToPng(path: string, to: string): Promise<void> {
  const { pages = 1, width, pageHeight, delay = [] } = await sharp(path, { pages: -1 }).metadata();
  const height = pageHeight ?? 1;
  const frameBytes = width * height * 4;
  const batch = Math.max(1, Math.floor(batchBytes / frameBytes));
  const file = await open(to, 'w');
  try {
    const writer = new PngAnimation(file, pages);
    for (let page = 0; page < pages; page += batch) {
      const count = Math.min(batch, pages - page);
      const pixels = await sharp(path, { page, pages: count, failOn: 'truncated' })
        .toColourspace('srgb')
        .ensureAlpha()
        .raw()
        .toBuffer();
      for (let index = 0; index < count; index++) {
        const frame = pixels.subarray(index * frameBytes, (index + 1) * frameBytes);
        const png = await sharp(frame, { raw: { width, height, channels: 4 } })
          .png({ compressionLevel: 3 })
          .toBuffer();
        const milliseconds = delay[page + index] ?? usualDelay;
        await writer.add(png, {
          width,
          height,
          milliseconds: milliseconds < shortestDelay ? usualDelay : milliseconds,
        });
      }
    }
    await writer.end();
  } finally {
    await file.close();
  }
}

/** Puts PNGs of one size together (PNG, third edition, 11.3.6). */
export class PngAnimation {
  readonly #file: FileHandle;
  readonly #frames: number;
  #sequence = 0;
  #isFirst = true;

  constructor(file: FileHandle, frames: number) {
    this.#file = file;
    this.#frames = frames;
  }

  async add(png: Buffer, frame: { width: number; height: number; milliseconds: number }): Promise<void> {
    const chunks = chunksOf(png);
    if (this.#isFirst) {
      const count = Buffer.alloc(8);
      count.writeUInt32BE(this.#frames);
      await this.#write(signature, chunk('IHDR', chunks.get('IHDR')![0]!), chunk('acTL', count));
    }
    await this.#write(chunk('fcTL', this.#control(frame)));
    for (const data of chunks.get('IDAT') ?? [])
      await this.#write(this.#isFirst ? chunk('IDAT', data) : chunk('fdAT', Buffer.concat([this.#next(), data])));
    this.#isFirst = false;
  }

  async end(): Promise<void> {
    await this.#write(chunk('IEND', Buffer.alloc(0)));
  }

  #control({ width, height, milliseconds }: { width: number; height: number; milliseconds: number }): Buffer {
    const rest = Buffer.alloc(22);
    rest.writeUInt32BE(width, 0);
    rest.writeUInt32BE(height, 4);
    // 16 bits: over a minute in hundredths of a second
    const isLong = milliseconds > 65_535;
    rest.writeUInt16BE(Math.min(65_535, isLong ? Math.round(milliseconds / 10) : milliseconds), 16);
    rest.writeUInt16BE(isLong ? 100 : 1000, 18);
    return Buffer.concat([this.#next(), rest]);
  }

  #next(): Buffer {
    const number = Buffer.alloc(4);
    number.writeUInt32BE(this.#sequence++);
    return number;
  }

  async #write(...parts: readonly Buffer[]): Promise<void> {
    await this.#file.appendFile(Buffer.concat(parts));
  }
}

function chunk(kind: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(kind, 'latin1'), data]);
  const ends = Buffer.alloc(8);
  ends.writeUInt32BE(data.length, 0);
  ends.writeUInt32BE(crc32(body), 4);
  return Buffer.concat([ends.subarray(0, 4), body, ends.subarray(4)]);
}

/** The data of a PNG's chunks by their kind. */
function chunksOf(png: Buffer): Map<string, Buffer[]> {
  const chunks = new Map<string, Buffer[]>();
  for (let at = signature.length; at + 12 <= png.length;) {
    const length = png.readUInt32BE(at);
    const kind = png.toString('latin1', at + 4, at + 8);
    chunks.set(kind, [...(chunks.get(kind) ?? []), png.subarray(at + 8, at + 8 + length)]);
    at += 12 + length;
  }
  return chunks;
}
