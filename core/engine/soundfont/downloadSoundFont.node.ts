/**
 * Fetches the known SoundFont: only ever when a person asked for it. Both the package and the file in it are held to
 * their hashes.
 */
import { createHash, type Hash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { FailureError } from '../../contract/errors.ts';
import { fileInDeb } from './debFile.node.ts';
import type { KnownSoundFont } from './knownSoundFont.ts';

/** A connection that gives nothing for this long is given up. */
const stallMs = 30_000;
/** Of the progress; the rest is unpacking. */
const fetchShare = 0.8;

export interface DownloadOptions {
  readonly signal: AbortSignal;
  onFraction(fraction: number): void;
}

/**
 * Writes the SoundFont to `path`. Throws FailureError: 'unreachable' (nobody answered), 'damaged', 'diskFull',
 * 'cancelled'.
 */
export async function downloadSoundFont(
  known: KnownSoundFont,
  path: string,
  { signal, onFraction }: DownloadOptions,
): Promise<void> {
  const archivePath = `${path}.deb`;
  try {
    await fetchArchive(known, archivePath, signal, (fraction) => onFraction(fetchShare * fraction));
    const hash = createHash('sha256');
    await pipeline(
      Readable.from(fileInDeb(archivePath, known.archive.path)),
      counted(hash, known.sizeBytes, (sizeBytes) =>
        onFraction(fetchShare + ((1 - fetchShare) * sizeBytes) / known.sizeBytes),
      ),
      createWriteStream(path),
      { signal },
    );
    if (hash.digest('hex') !== known.sha256)
      throw new FailureError(
        'damaged',
        `${known.fileName} in the package is not the one that is known (wrong sha256).`,
      );
  } catch (error) {
    await rm(path, { force: true });
    if (signal.aborted) throw new FailureError('cancelled', 'Cancelled.');
    if (error instanceof FailureError) throw error;
    if ((error as NodeJS.ErrnoException).code === 'ENOSPC')
      throw new FailureError('diskFull', `The disk is full: ${known.fileName} could not be installed.`, path);
    throw new FailureError(
      'damaged',
      `${known.name} cannot be installed: ${error instanceof Error ? error.message : String(error)}.`,
    );
  } finally {
    await rm(archivePath, { force: true });
  }
}

async function fetchArchive(
  known: KnownSoundFont,
  path: string,
  signal: AbortSignal,
  onFraction: (fraction: number) => void,
): Promise<void> {
  const reasons: string[] = [];
  for (const url of known.urls) {
    const stall = new AbortController();
    let timer = setTimeout(() => stall.abort(), stallMs);
    const either = AbortSignal.any([signal, stall.signal]);
    try {
      const response = await fetch(url, { signal: either });
      if (!response.ok || !response.body) throw new Error(`it answered ${response.status}`);
      const hash = createHash('sha256');
      const count = counted(hash, known.archive.sizeBytes, (sizeBytes) => {
        clearTimeout(timer);
        timer = setTimeout(() => stall.abort(), stallMs);
        onFraction(Math.min(1, sizeBytes / known.archive.sizeBytes));
      });
      await pipeline(Readable.fromWeb(response.body as never), count, createWriteStream(path), { signal: either });
      if (hash.digest('hex') !== known.archive.sha256)
        throw new Error('what it sent is not the known file (wrong sha256)');
      return;
    } catch (error) {
      if (signal.aborted || (error as NodeJS.ErrnoException).code === 'ENOSPC') throw error;
      reasons.push(
        `${new URL(url).host}: ${stall.signal.aborted ? `nothing came for ${stallMs / 1000} s` : reasonOf(error)}`,
      );
    } finally {
      clearTimeout(timer);
    }
  }
  throw new FailureError(
    'unreachable',
    `${known.name} could not be downloaded (${reasons.join('; ')}). A SoundFont file of your own can be chosen instead.`,
  );
}

/** fetch hides why behind 'fetch failed'. */
function reasonOf(error: unknown): string {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  return cause instanceof Error ? cause.message || (cause as NodeJS.ErrnoException).code || 'no answer' : String(cause);
}

/** Nothing is written past what is known to come. */
function counted(hash: Hash, limitBytes: number, onSize: (sizeBytes: number) => void): Transform {
  let total = 0;
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      total += chunk.length;
      hash.update(chunk);
      onSize(total);
      if (total > limitBytes) done(new Error('it is larger than it should be'));
      else done(null, chunk);
    },
  });
}
