import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { writeJsonFile } from '../disk/jsonFile.node.ts';

/**
 * The browser host's port is drawn at random at a user's first start and kept: no page can know it, and the browser
 * finds what it stored for this address (theme, layout).
 */
function portFile(home: string): string {
  return join(home, 'browserPort');
}

/** The port of earlier starts; 0 when there is none, or when the file holds no port that a user may open. */
export async function usualPort(home: string): Promise<number> {
  const text = await readFile(portFile(home), 'utf8').catch(() => '');
  const port = /^\d{4,5}\s*$/.test(text) ? Number(text) : 0;
  return port >= 1024 && port <= 65535 ? port : 0;
}

/** Best effort: a home that cannot be written only means another port next time. */
export async function rememberPort(home: string, port: number): Promise<void> {
  await writeJsonFile(portFile(home), port).catch(() => undefined);
}
