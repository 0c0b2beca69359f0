/** Whether a PNG is an animation: only its chunks tell. */
import { open } from 'node:fs/promises';

const signatureBytes = 8;
/** Chunks before the picture: text, profiles, EXIF. */
const mostChunks = 200;

/** True where an animation control chunk with several frames comes before the picture (PNG, third edition, 11.3.6.1). */
export async function isAnimatedPng(path: string): Promise<boolean> {
  const file = await open(path, 'r');
  try {
    let at = signatureBytes;
    for (let chunk = 0; chunk < mostChunks; chunk++) {
      const { bytesRead, buffer } = await file.read(Buffer.alloc(12), 0, 12, at);
      const kind = buffer.toString('latin1', 4, 8);
      if (bytesRead < 12 || kind === 'IDAT' || kind === 'IEND') return false;
      if (kind === 'acTL') return buffer.readUInt32BE(8) > 1;
      at += 12 + buffer.readUInt32BE(0);
    }
    return false;
  } finally {
    await file.close();
  }
}
