import { createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import type { IncomingMessage } from 'node:http';
import { basename } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { FailureError } from '../contract/errors.ts';

/**
 * Writes a request's body to `path`: under another name first, so that a window that closes half-way leaves nothing
 * that looks whole. Throws FailureError 'diskFull', 'notWritable' or 'cancelled'.
 */
export async function receiveUpload(request: IncomingMessage, path: string): Promise<void> {
  const partPath = `${path}.part`;
  const name = basename(path);
  try {
    await pipeline(request, createWriteStream(partPath));
    // node ends the stream early and quietly in some aborts; `complete` tells
    if (!request.complete)
      throw new FailureError('cancelled', `${name} did not arrive whole: the window closed.`, path);
    await rename(partPath, path);
  } catch (error) {
    await rm(partPath, { force: true });
    throw asFailure(error, name, path);
  }
}

function asFailure(error: unknown, name: string, path: string): FailureError {
  if (error instanceof FailureError) return error;
  const code = (error as NodeJS.ErrnoException).code;
  if (code === 'ENOSPC' || code === 'EDQUOT')
    return new FailureError('diskFull', `${name} was not copied: the disk is full.`, path);
  if (code === 'ECONNRESET' || code === 'ERR_STREAM_PREMATURE_CLOSE')
    return new FailureError('cancelled', `${name} did not arrive whole: the window closed.`, path);
  return new FailureError('notWritable', `${name} was not copied: ${(error as Error).message}`, path);
}
