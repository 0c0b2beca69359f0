/**
 * Sounds decoded once for all who read them: peaks, the mix, the window's player. Kept in the cache of this machine.
 */
import { basename } from 'node:path';
import { sentence } from '../../contract/sentence.ts';
import type { CacheFolder } from '../../disk/cacheFolder.node.ts';
import { clockAlone, type AudioFacts } from '../../disk/facts.ts';
import { FailureError } from '../../contract/errors.ts';
import { throwIfAborted } from '../../ffmpeg/run.node.ts';
import { mixRateHz } from '../../ffmpeg/soundReading.ts';
import { diskFree, sizeInWords } from '../../disk/diskSpace.node.ts';
import { decodedBytes, decodeSound, needsDecoding, type DecodingWork } from './decodeSound.node.ts';
import type { FileClock } from '../../ffmpeg/input.ts';
import type { KnownFile } from './factsStore.node.ts';
import { readWaveHeader } from './waveHeader.node.ts';

/** A sound stream as a WAV file, 48 kHz, mono or stereo. */
export interface DecodedSound {
  readonly path: string;
  readonly channels: number;
  readonly sampleCount: number;
}

/** A sound stream as it is read: where it lies in a file of media, or decoded. One format to its end. */
export interface ReadSound {
  readonly path: string;
  /** Left out for media of unknown kind. */
  readonly format?: 'wav';
  /** As of an `FfmpegInput`. */
  readonly clock?: FileClock;
  readonly streamIndex: number;
  readonly sampleRateHz: number;
  /** Samples at 48 kHz that are there for certain, from the file's start. */
  readonly sampleCount: number;
}

/** Decoded sounds by file and stream. */
export class SoundCache {
  readonly #cache: CacheFolder;
  /** What is being decoded, by its path. */
  readonly #running = new Map<string, Promise<void>>();

  readonly #free: typeof diskFree;

  /** `free` answers the free bytes of a folder's disk. */
  constructor(cache: CacheFolder, free = diskFree) {
    this.#cache = cache;
    this.#free = free;
  }

  /** How a stream is to be read; decodes it first where it has to be. Throws FailureError as `runFfmpeg`. */
  async readable(file: KnownFile, audio: AudioFacts, work: DecodingWork = {}): Promise<ReadSound> {
    const { streamIndex, sampleRateHz, endSeconds } = audio;
    const certain = Math.max(0, Math.floor((endSeconds - endSlackSeconds) * mixRateHz));
    const clock = clockAlone(file.facts, audio);
    if (!needsDecoding(audio)) return { path: file.path, clock, streamIndex, sampleRateHz, sampleCount: certain };
    return readDecoded(await this.decoded(file, audio, work), certain);
  }

  /** Decodes the stream unless that was done before. Throws FailureError as `runFfmpeg`. */
  async decoded(file: KnownFile, audio: AudioFacts, work: DecodingWork = {}): Promise<DecodedSound> {
    const path = this.#cache.soundAssetPath(file.cacheKey, 'sound', audio.streamIndex);
    for (;;) {
      throwIfAborted(work.signal);
      const there = await intact(path);
      if (there) {
        await this.#cache.touch(this.#cache.mediaFolder(file.cacheKey));
        return there;
      }
      const running = this.#running.get(path);
      if (!running) {
        await this.#decode(file, audio, path, work);
        const made = await intact(path);
        if (!made) throw new Error(`${path} was decoded, but cannot be read`);
        return made;
      }
      // it is another's work: when that is cancelled, this one goes on by itself
      await untilDone(running, work.signal);
    }
  }

  async #decode(file: KnownFile, audio: AudioFacts, path: string, work: DecodingWork): Promise<void> {
    const decoding = this.#requireSpace(file, audio).then(() => decodeSound(file.path, file.facts, audio, path, work));
    this.#running.set(path, decoding);
    try {
      await decoding;
    } finally {
      this.#running.delete(path);
    }
  }

  /** An hour takes up to 1.4 GB: said before the disk is full, and before an export's hours of work. */
  async #requireSpace({ path }: KnownFile, audio: AudioFacts): Promise<void> {
    const [needed, free] = [decodedBytes(audio), await this.#free(this.#cache.root)];
    if (free === null || free >= needed) return;
    const [name, words] = [basename(path), { needed: sizeInWords(needed), free: sizeInWords(free) }];
    throw new FailureError('diskFull', sentence('media.tooLittleSpaceForSound', { name, ...words }), path);
  }
}

/** The end of a stream is measured by its packets: the last of them may hold an encoder's padding. */
const endSlackSeconds = 0.3;

/** A decoded sound as it is read. `certain`: samples that the stream has by its packets. */
export function readDecoded({ path, sampleCount }: DecodedSound, certain = 0): ReadSound {
  return { path, format: 'wav', streamIndex: 0, sampleRateHz: mixRateHz, sampleCount: Math.max(sampleCount, certain) };
}

/** null where the file is missing, cut off or not a sound that was decoded here. */
async function intact(path: string): Promise<DecodedSound | null> {
  const header = await readWaveHeader(path);
  if (header?.sampleRateHz !== mixRateHz || header.channels > 2) return null;
  return { path, channels: header.channels, sampleCount: header.sampleCount };
}

async function untilDone(running: Promise<void>, signal: AbortSignal | undefined): Promise<void> {
  const aborted = new Promise<void>((resolve) => signal?.addEventListener('abort', () => resolve(), { once: true }));
  const done = running.catch((error: unknown) => {
    if (!(error instanceof FailureError) || error.failure.code !== 'cancelled') throw error;
  });
  await Promise.race([done, aborted]);
}
