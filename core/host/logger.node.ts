import { mkdirSync, renameSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { pino } from 'pino';
import type { Logger } from '../engine/services.node.ts';

/** One log before this one is kept. */
const largestBytes = 5 * 1024 * 1024;

/**
 * Lines of JSON in `<home>/logs/<name>.log`; to stderr when FRAMEWRIGHT_DEBUG is set; nowhere when the folder cannot be
 * written.
 */
export function fileLogger(home: string, name: string): Logger {
  if (process.env.FRAMEWRIGHT_DEBUG) return pino(pino.destination(2));
  const folder = join(home, 'logs');
  const path = join(folder, `${name}.log`);
  try {
    mkdirSync(folder, { recursive: true });
    if (sizeOf(path) > largestBytes) renameSync(path, join(folder, `${name}.1.log`));
    return pino(pino.destination({ dest: path, sync: true }));
  } catch {
    // the engine itself says, in a sentence, that its folder cannot be written
    return silentLogger;
  }
}

/** A logger that writes nothing. */
export const silentLogger: Logger = { info: () => undefined, warn: () => undefined, error: () => undefined };

function sizeOf(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.size ?? 0;
}
