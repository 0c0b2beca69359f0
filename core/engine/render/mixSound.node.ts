/**
 * The sound of a range as one raw file: float, little endian, 48 kHz stereo, exactly as long as it should be. Its peak
 * is measured on the way.
 */
import { createWriteStream } from 'node:fs';
import { once } from 'node:events';
import { Writable } from 'node:stream';
import { FailureError } from '../../contract/errors.ts';
import { sentence } from '../../contract/sentence.ts';
import type { SoundSegment } from '../../render/layers.ts';
import { samplesAt, soundGraph, type SoundSourceOf } from '../../ffmpeg/soundGraph.ts';
import { endTicks, intersectRanges, ticksFromSeconds, type TickRange } from '../../time/ticks.ts';
import { runFfmpeg } from '../../ffmpeg/run.node.ts';
import { writeFailure } from '../../disk/projectFs.node.ts';

const bytesPerSample = 8;
/** Inputs one ffmpeg run may open, and how much time one run covers: reversed sound is held in memory. */
const mostSegments = 24;
const longestChunkSeconds = 600;

/** A mix on disk: raw float, little endian, 48 kHz stereo. */
export interface SoundMix {
  readonly path: string;
  readonly sampleCount: number;
  /** Largest absolute sample; above 1 a limiter is needed. */
  readonly peak: number;
}

/** What to mix, and where to. */
export interface MixRequest {
  readonly range: TickRange;
  /** Segments of any part of the range. */
  segmentsIn(range: TickRange): readonly SoundSegment[];
  readonly sourceOf: SoundSourceOf;
  readonly path: string;
  readonly signal?: AbortSignal;
  onFraction(fraction: number): void;
}

/** Throws FailureError as ffmpeg's runs do, 'diskFull' where the mix does not fit. */
export async function mixSound(request: MixRequest): Promise<SoundMix> {
  const file = createWriteStream(request.path);
  let failed: unknown = null;
  file.on('error', (error) => (failed = writeFailure(error, request.path)));
  let peak = 0;
  const origin = samplesAt(request.range.startTicks);
  const sampleCount = samplesAt(endTicks(request.range)) - origin;
  try {
    for (const chunk of soundChunks(request)) {
      const sound = soundGraph(request.segmentsIn(chunk), chunk, request.sourceOf);
      const sink = new MixSink(file, sound.sampleCount * bytesPerSample);
      await runFfmpeg({
        graph: sound.graph,
        outputs: [{ to: sink, streams: [sound.mix], format: 'f32le', options: [['c:a', 'pcm_f32le']] }],
        signal: request.signal,
        onProgress: (progress) =>
          request.onFraction(
            Math.min(1, (samplesAt(chunk.startTicks) - origin + progress.seconds * 48000) / sampleCount),
          ),
      });
      await sink.complete();
      peak = Math.max(peak, sink.peak);
    }
  } catch (error) {
    // the file's own refusal says more than ffmpeg's broken pipe
    throw failed ?? error;
  } finally {
    file.end();
    if (!failed) await once(file, 'close');
  }
  if (failed) throw failed;
  if (!Number.isFinite(peak)) throw new FailureError('damaged', sentence('export.soundNotNumbers'));
  return { path: request.path, sampleCount, peak };
}

/** Cut where few segments are open: at most 24 in a run, ten minutes long. */
function soundChunks(request: MixRequest): TickRange[] {
  const chunks: TickRange[] = [];
  const end = endTicks(request.range);
  const longest = ticksFromSeconds(longestChunkSeconds);
  for (let startTicks = request.range.startTicks; startTicks < end;) {
    let durationTicks = Math.min(longest, end - startTicks);
    // halve until it fits; a second of more than 24 sounds at once is opened as it is
    while (
      durationTicks > ticksFromSeconds(1) &&
      request.segmentsIn({ startTicks, durationTicks }).length > mostSegments
    )
      durationTicks = Math.ceil(durationTicks / 2);
    chunks.push(intersectRanges({ startTicks, durationTicks }, request.range)!);
    startTicks += durationTicks;
  }
  return chunks;
}

/** Passes on exactly the bytes it should get: silence is put behind what is short, what is long is dropped. */
class MixSink extends Writable {
  peak = 0;
  private left: number;
  private readonly file: Writable;
  private rest: Buffer = Buffer.alloc(0);

  constructor(file: Writable, bytes: number) {
    super();
    this.file = file;
    this.left = bytes;
  }

  override _write(chunk: Buffer, _encoding: string, done: (error?: Error | null) => void): void {
    const taken = chunk.subarray(0, Math.min(chunk.length, this.left));
    this.left -= taken.length;
    this.measure(taken);
    if (taken.length === 0) done();
    else this.file.write(taken, (error) => done(error ?? null));
  }

  /** After all was written: silence for what is missing. */
  async complete(): Promise<void> {
    while (this.left > 0) {
      const silence = Buffer.alloc(Math.min(this.left, 1 << 20));
      this.left -= silence.length;
      if (!this.file.write(silence)) await once(this.file, 'drain');
    }
  }

  private measure(bytes: Buffer): void {
    const all = this.rest.length > 0 ? Buffer.concat([this.rest, bytes]) : bytes;
    const whole = all.length - (all.length % 4);
    for (let at = 0; at < whole; at += 4) {
      const value = Math.abs(all.readFloatLE(at));
      if (!(value <= this.peak)) this.peak = value;
    }
    this.rest = Buffer.from(all.subarray(whole));
  }
}
