/** Texts of a pack's folder, which may come from a stranger: a manifest, a card. */
import { constants } from 'node:fs';
import { open } from 'node:fs/promises';

/** Longest manifest or card that is read, bytes. */
export const mostPackTextBytes = 4 * 1024 ** 2;

/**
 * The text of a regular file of at most `mostPackTextBytes`; 'absent', or 'tooLarge' for a longer one and for pipes and
 * devices, which have no end. Never reads more than the limit.
 */
export async function readPackText(path: string): Promise<{ readonly text: string } | 'absent' | 'tooLarge'> {
  // a pipe without a writer would block for ever
  const file = await open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0)).catch(() => null);
  if (file === null) return 'absent';
  try {
    const info = await file.stat();
    if (info.isDirectory()) return 'absent';
    if (!info.isFile() || info.size > mostPackTextBytes) return 'tooLarge';
    const { buffer, bytesRead } = await file.read(Buffer.alloc(info.size), 0, info.size, 0);
    return { text: buffer.toString('utf8', 0, bytesRead) };
  } finally {
    await file.close();
  }
}
