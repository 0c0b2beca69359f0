import { createWriteStream } from 'node:fs';
import { link, open, rename, rm } from 'node:fs/promises';
import type { IncomingMessage } from 'node:http';
import { basename } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { FailureError } from '../contract/errors.ts';
import { sentence } from '../contract/sentence.ts';
import { temporaryBeside } from '../disk/wholeFile.node.ts';

/** A client that sends nothing for so long has gone. */
const silentMs = 120_000;
/** File systems without hard links say so in one of these ways. */
const noLinks = new Set(['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK', 'EINVAL']);

/**
 * Writes a request's body to a temporary file, then gives it the name that `choosePath` returns: a path that was free
 * when it was asked. Another upload that took the name meanwhile keeps it, and the question is put again. Returns the
 * path. Whatever goes wrong, nothing is left. Throws FailureError 'diskFull', 'notWritable' or 'cancelled', and what
 * `choosePath` throws.
 */
export async function receiveUpload(request: IncomingMessage, choosePath: () => Promise<string>): Promise<string> {
  const wanted = await choosePath();
  const name = basename(wanted);
  const partPath = await temporaryBeside(wanted);
  request.setTimeout(silentMs, () => request.destroy());
  try {
    await pipeline(request, createWriteStream(partPath, { flags: 'wx' }));
    // Node can end the stream without an error when the client aborts
    if (!request.complete) throw incomplete(name, wanted);
    return await giveFreeName(partPath, wanted, choosePath);
  } catch (error) {
    throw asFailure(error, name, wanted);
  } finally {
    await rm(partPath, { force: true });
  }
}

async function giveFreeName(partPath: string, wanted: string, choosePath: () => Promise<string>): Promise<string> {
  for (let path = wanted; ; path = await choosePath()) {
    try {
      await nameWithoutReplacing(partPath, path);
      return path;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
  }
}

/** A rename that fails with EEXIST instead of replacing a file. */
async function nameWithoutReplacing(partPath: string, path: string): Promise<void> {
  try {
    await link(partPath, path);
  } catch (error) {
    if (!noLinks.has((error as NodeJS.ErrnoException).code ?? '')) throw error;
    // claim the name with an empty file of our own, then put the content in its place
    await (await open(path, 'wx')).close();
    await rename(partPath, path);
  }
}

function incomplete(name: string, path: string): FailureError {
  return new FailureError('cancelled', sentence('host.uploadIncomplete', { name }), path);
}

function asFailure(error: unknown, name: string, path: string): FailureError {
  if (error instanceof FailureError) return error;
  const code = (error as NodeJS.ErrnoException).code;
  if (code === 'ENOSPC' || code === 'EDQUOT')
    return new FailureError('diskFull', sentence('host.uploadDiskFull', { name }), path);
  if (code === 'ECONNRESET' || code === 'ERR_STREAM_PREMATURE_CLOSE') return incomplete(name, path);
  return new FailureError(
    'notWritable',
    sentence('host.uploadFailed', { name, reason: (error as Error).message }),
    path,
  );
}
