/** Files of the preview's sound, decoded by mediabunny. Runs in the feed's worker. */
import { ALL_FORMATS, AudioSampleSink, Input, UrlSource, type AudioSample } from 'mediabunny';
import { startOfFile } from '../decode/startOfFile.ts';
import { SoundChunks, stereoChunk } from './soundChunks.ts';
import type { SoundReader } from './soundMix.ts';

export interface OpenSound {
  readonly sink: AudioSampleSink;
  readonly rateHz: number;
  /** Where the file's time begins, s. */
  readonly offsetSeconds: number;
  close(): void;
}

/** null for a file whose sound this browser cannot decode. */
export async function openSound(url: string): Promise<OpenSound | null> {
  const input = new Input({ source: new UrlSource(url), formats: ALL_FORMATS });
  const track = await input.getPrimaryAudioTrack();
  if (!track || !(await track.canDecode())) {
    input.dispose();
    return null;
  }
  const firsts = await Promise.all((await input.getTracks()).map((each) => each.getFirstTimestamp()));
  return {
    sink: new AudioSampleSink(track),
    rateHz: track.sampleRate,
    offsetSeconds: startOfFile(firsts),
    close: () => input.dispose(),
  };
}

/** Decodes one clip's stretch of a file, forwards or backwards. */
export interface DecodedSound extends SoundReader {
  /** Resolves once the frames are there, or the file has no more. */
  ensure(fromFrame: number, toFrame: number): Promise<void>;
  close(): void;
}

/** Further ahead than this it pays to seek. */
const jumpSeconds = 1;
/** Backwards, so much is decoded at a time. */
const backSeconds = 2;

/** Decodes a file for playback forwards. */
export function decodeForwards(sound: OpenSound): DecodedSound {
  const chunks = new SoundChunks();
  let samples: AsyncGenerator<AudioSample, void, unknown> | null = null;
  let from = 0;
  let to = 0;
  let closed = false;
  const seek = async (frame: number): Promise<void> => {
    await samples?.return();
    // closed meanwhile: samples that nobody takes would keep their decoder's memory
    if (closed) return;
    chunks.clear();
    samples = sound.sink.samples(frame / sound.rateHz);
    from = frame;
    to = frame;
  };
  return {
    rateHz: sound.rateHz,
    copy(fromFrame, left, right) {
      chunks.copy(fromFrame, left, right);
      return fromFrame >= from && fromFrame + left.length <= to + 1;
    },
    async ensure(fromFrame, toFrame) {
      if (samples === null || fromFrame < from || fromFrame > to + jumpSeconds * sound.rateHz) await seek(fromFrame);
      chunks.dropBefore(fromFrame);
      from = Math.max(from, fromFrame);
      while (to < toFrame && !closed) {
        const { value, done } = await samples!.next();
        if (done || !value) {
          to = Infinity;
          return;
        }
        const chunk = stereoChunk(value);
        chunks.add([chunk]);
        to = chunk.from + chunk.left.length;
      }
    },
    close() {
      closed = true;
      void samples?.return();
    },
  };
}

/** Decodes a file for playback backwards. */
export function decodeBackwards(sound: OpenSound): DecodedSound {
  const chunks = new SoundChunks();
  let from = Infinity;
  return {
    rateHz: sound.rateHz,
    copy(fromFrame, left, right) {
      chunks.copy(fromFrame, left, right);
      return fromFrame >= from;
    },
    async ensure(fromFrame, toFrame) {
      chunks.dropAfter(toFrame);
      if (fromFrame >= from) return;
      const until = Math.min(from, toFrame + sound.rateHz);
      const start = Math.min(fromFrame, until - backSeconds * sound.rateHz);
      const found: ReturnType<typeof stereoChunk>[] = [];
      for await (const sample of sound.sink.samples(start / sound.rateHz, until / sound.rateHz)) {
        const chunk = stereoChunk(sample);
        // the first chunk of what is there already
        if (chunk.from < until) found.push(chunk);
      }
      chunks.add(found, true);
      from = start;
    },
    close: () => chunks.clear(),
  };
}
