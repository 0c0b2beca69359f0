/**
 * Waveform peaks: Int8 pairs min,max of the mono mix, 100 pairs a second. Memory does not grow with the sound's length
 * but by 200 bytes a second.
 */
import { Writable } from 'node:stream';
import { writeFile } from 'node:fs/promises';
import { peakPairsPerSecond } from '../../contract/contract.ts';
import { FilterGraph } from '../../ffmpeg/filterGraph.ts';
import type { FileClock, InputFormat } from '../../ffmpeg/input.ts';
import { inPlace } from '../../ffmpeg/soundGraph.ts';
import { mixRateHz } from '../../ffmpeg/soundReading.ts';
import { runFfmpeg } from '../../ffmpeg/run.node.ts';
import { makeWholeFile } from '../../disk/wholeFile.node.ts';

/** Samples behind one pair of peaks. */
export const samplesPerPair = mixRateHz / peakPairsPerSecond;

/** Turns s16le mono bytes, in portions of any size, into pairs. */
export class PeakReader {
  private readonly blocks: Int8Array[] = [];
  private block = new Int8Array(8192);
  private filled = 0;
  private min = 0;
  private max = 0;
  private samples = 0;
  private oddByte: number | null = null;

  push(bytes: Uint8Array): void {
    let position = 0;
    if (this.oddByte !== null && bytes.length > 0) {
      this.sample((((bytes[0]! << 8) | this.oddByte) << 16) >> 16);
      this.oddByte = null;
      position = 1;
    }
    for (; position + 1 < bytes.length; position += 2)
      this.sample((((bytes[position + 1]! << 8) | bytes[position]!) << 16) >> 16);
    if (position < bytes.length) this.oddByte = bytes[position]!;
  }

  /** All pairs so far, the last of them perhaps of fewer samples. */
  finish(): Int8Array {
    if (this.samples > 0) this.pair();
    const all = new Int8Array(this.blocks.length * 8192 + this.filled);
    this.blocks.forEach((block, index) => all.set(block, index * 8192));
    all.set(this.block.subarray(0, this.filled), this.blocks.length * 8192);
    return all;
  }

  private sample(value: number): void {
    if (this.samples === 0) {
      this.min = value;
      this.max = value;
    } else if (value < this.min) this.min = value;
    else if (value > this.max) this.max = value;
    if (++this.samples === samplesPerPair) this.pair();
  }

  private pair(): void {
    this.block[this.filled++] = Math.max(-127, Math.floor(this.min / 258));
    this.block[this.filled++] = Math.min(127, Math.ceil(this.max / 258));
    this.samples = 0;
    if (this.filled === this.block.length) {
      this.blocks.push(this.block);
      this.block = new Int8Array(8192);
      this.filled = 0;
    }
  }
}

/** A sound stream of one format to its end. */
export interface PeaksSource {
  readonly path: string;
  /** Left out for media of unknown kind. */
  readonly format?: InputFormat;
  /** As of an `FfmpegInput`. */
  readonly clock?: FileClock;
  readonly streamIndex: number;
  /** For the progress, s. */
  readonly endSeconds: number;
  /** The file to name when it cannot be read. */
  readonly about: string;
}

/** Throws FailureError as `runFfmpeg`. */
export async function makePeaks(
  { path, format, clock, streamIndex, endSeconds, about }: PeaksSource,
  to: string,
  onFraction: (fraction: number) => void,
  signal?: AbortSignal,
): Promise<void> {
  const reader = new PeakReader();
  const stdout = new Writable({
    write(chunk: Buffer, _encoding, done) {
      reader.push(chunk);
      done();
    },
  });
  const seconds = Math.max(0.001, endSeconds);
  const graph = new FilterGraph();
  const opened = graph.open({ path, format, clock, options: [['vn']] });
  const sound = graph.chain([opened.stream(streamIndex)], inPlace);
  await runFfmpeg({
    graph,
    outputs: [
      {
        to: stdout,
        streams: [sound],
        format: 's16le',
        options: [
          ['ac', 1],
          ['c:a', 'pcm_s16le'],
        ],
      },
    ],
    about,
    signal,
    onProgress: (progress) => onFraction(Math.min(1, progress.seconds / seconds)),
  });
  await makeWholeFile(to, (temporary) => writeFile(temporary, reader.finish()));
}
