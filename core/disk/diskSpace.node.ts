/** How much room a disk has. */
import { statfs } from 'node:fs/promises';
import { dirname } from 'node:path';

/** Free bytes where a folder is or will be: those of its nearest existing ancestor. null where unknown. */
export async function diskFree(folder: string): Promise<number | null> {
  for (let at = folder; ; at = dirname(at)) {
    const info = await statfs(at).catch(() => null);
    if (info) return info.bavail * info.bsize;
    if (dirname(at) === at) return null;
  }
}

/** '1.4 GB', '12 MB': for sentences. */
export function sizeInWords(bytes: number): string {
  return bytes >= 1e9 ? `${(bytes / 1e9).toFixed(1)} GB` : `${Math.max(1, Math.round(bytes / 1e6))} MB`;
}
