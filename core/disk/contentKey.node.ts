/** Names a file by what is in it, without reading all of it, so that it is found again when it has moved. */
import { createHash } from 'node:crypto';
import { open } from 'node:fs/promises';
import { contentKeySchema, type ContentKey } from '../document/names.ts';

const sampleBytes = 64 * 1024;
const sampleCount = 16;
/** The key of a file up to this size is a hash of all of it. */
export const wholeBytes = sampleBytes * sampleCount;

/**
 * sha256 (hex) over the size and 16 samples of 64 KiB spread from the first byte to the last; small files whole. Two
 * large files may differ between the samples and have the same key: what is made from a file is kept under its
 * `cacheKeyOf`.
 */
export async function contentKeyOf(path: string): Promise<ContentKey> {
  const file = await open(path, 'r');
  try {
    const { size } = await file.stat();
    const hash = createHash('sha256').update(`${size}\n`);
    const whole = size <= wholeBytes;
    const length = whole ? size : sampleBytes;
    const count = whole ? 1 : sampleCount;
    const buffer = Buffer.alloc(length);
    for (let index = 0; index < count; index++) {
      const position = whole ? 0 : Math.floor((index * (size - sampleBytes)) / (sampleCount - 1));
      const { bytesRead } = await file.read(buffer, 0, length, position);
      hash.update(buffer.subarray(0, bytesRead));
    }
    return contentKeySchema.parse(hash.digest('hex'));
  } finally {
    await file.close();
  }
}
