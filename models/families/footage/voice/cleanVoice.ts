/**
 * Takes noise out of a voice with DeepFilterNet 3 (Hendrik Schröter and others, 2023), each sample in its place.
 *
 * Graph contracts, for S windows: the encoder takes feat_erb f32[1,1,S,32] and feat_spec f32[1,2,S,96] (real, then
 * imaginary parts), both two windows ahead, and gives e0..e3, emb, c0, lsnr; 'gains' takes emb, e3..e0 and gives a gain
 * for each band, f32[1,1,S,32]; 'filters' takes emb, c0 and gives coefs f32[1,S,96,10]: five complex taps for each of
 * the lowest bins, over the windows from two before to two after.
 *
 * The graphs keep no state from one run to the next. Sound is therefore filtered in stretches, each with some of what
 * came before it, which settles their memory.
 */
import type { GraphSession, Tensor } from '../../pipeline.ts';
import {
  bands,
  binCount,
  filteredBins,
  hopSamples,
  VoiceAnalysis,
  VoiceSynthesis,
  type VoiceFrame,
} from './voiceFrames.ts';

/** The three graphs. */
export interface VoiceGraphs {
  readonly encoder: GraphSession;
  readonly gains: GraphSession;
  readonly filters: GraphSession;
}

/** Limits at which nothing of the original is mixed in, dB. */
export const wholeAttenuationDb = 100;

/** Windows that are filtered in one run, and windows before them that settle the graphs' memory. */
const stretchFrames = 500;
const settlingFrames = 200;
/** Windows that the graphs look ahead. */
const aheadFrames = 2;
const tapCount = 5;

/** What the graphs say about a stretch, a row for each window. */
interface Filtering {
  /** A gain for each band. */
  readonly gains: Float32Array;
  /** `filteredBins` times `tapCount` complex numbers. */
  readonly taps: Float32Array;
}

/** Cleans one channel, 48 kHz. Gives as many samples as it takes, later. */
export class VoiceCleaner {
  readonly #graphs: VoiceGraphs;
  readonly #attenuationDb: number;
  /** Share of the original in the result. */
  readonly #kept: number;
  #analysis = new VoiceAnalysis();
  #synthesis = new VoiceSynthesis();
  /** Windows that are still needed; the first has the number `#first`. */
  #frames: VoiceFrame[] = [];
  #first = 0;
  /** Windows that were filtered. */
  #done = 0;
  #hops = 0;

  /** `attenuationDb`: noise is turned down by at most this; `wholeAttenuationDb` = as far as the model can. */
  constructor(graphs: VoiceGraphs, attenuationDb: number) {
    this.#graphs = graphs;
    this.#attenuationDb = attenuationDb;
    this.#kept = attenuationDb >= wholeAttenuationDb ? 0 : 10 ** (-attenuationDb / 20);
  }

  /** Takes 480 samples; gives those that are ready, a whole number of hops. */
  async push(hop: Float32Array): Promise<readonly Float32Array[]> {
    this.#take(hop);
    this.#hops++;
    const ready = this.#first + this.#frames.length - aheadFrames - this.#done;
    return ready >= stretchFrames ? this.#filter(ready) : [];
  }

  /** What is left, so that as many hops were given as were taken. */
  async end(): Promise<readonly Float32Array[]> {
    // the window that overlaps the last hop, and the two ahead of it
    for (let i = 0; i <= aheadFrames; i++) this.#take(new Float32Array(hopSamples));
    return this.#hops === 0 ? [] : this.#filter(this.#hops + 1 - this.#done);
  }

  /** Another cleaner with the same past: for channels that are the same until here. */
  copy(): VoiceCleaner {
    const copy = new VoiceCleaner(this.#graphs, this.#attenuationDb);
    copy.#analysis = this.#analysis.copy();
    copy.#synthesis = this.#synthesis.copy();
    copy.#frames = [...this.#frames];
    copy.#first = this.#first;
    copy.#done = this.#done;
    copy.#hops = this.#hops;
    return copy;
  }

  #take(hop: Float32Array): void {
    this.#frames.push(this.#analysis.next(hop));
  }

  /** Filters the next `count` windows. The first window of all overlaps nothing: its first half is not sound. */
  async #filter(count: number): Promise<readonly Float32Array[]> {
    const settling = Math.min(settlingFrames, this.#done);
    const from = this.#done - settling;
    const filtering = await this.#run(from, settling + count);
    const hops: Float32Array[] = [];
    const [re, im] = [new Float32Array(binCount), new Float32Array(binCount)];
    for (let frame = this.#done; frame < this.#done + count; frame++) {
      this.#apply(filtering, frame, frame - from, re, im);
      const hop = new Float32Array(hopSamples);
      this.#synthesis.next(re, im, hop);
      if (frame > 0) hops.push(hop);
    }
    this.#done += count;
    const needed = Math.max(0, this.#done - settlingFrames);
    this.#frames.splice(0, needed - this.#first);
    this.#first = needed;
    return hops;
  }

  #frame(index: number): VoiceFrame | undefined {
    return this.#frames[index - this.#first];
  }

  async #run(from: number, count: number): Promise<Filtering> {
    const levels = new Float32Array(count * bands.length);
    const low = new Float32Array(2 * count * filteredBins);
    for (let row = 0; row < count; row++) {
      const frame = this.#frame(from + row + aheadFrames);
      if (!frame) continue;
      levels.set(frame.levels, row * bands.length);
      low.set(frame.low.subarray(0, filteredBins), row * filteredBins);
      low.set(frame.low.subarray(filteredBins), (count + row) * filteredBins);
    }
    const { encoder, gains, filters } = this.#graphs;
    const heard = await encoder.run({
      feat_erb: tensor(levels, [1, 1, count, bands.length]),
      feat_spec: tensor(low, [1, 2, count, filteredBins]),
    });
    const { emb, e0, e1, e2, e3, c0 } = heard as Record<string, Tensor>;
    const gained = await gains.run({ emb: emb!, e3: e3!, e2: e2!, e1: e1!, e0: e0! });
    const filtered = await filters.run({ emb: emb!, c0: c0! });
    return { gains: floats(Object.values(gained)[0]), taps: floats(filtered['coefs']) };
  }

  /** The window as it is heard: gains for all bins, taps in place of them for the lowest. */
  #apply({ gains, taps }: Filtering, index: number, row: number, re: Float32Array, im: Float32Array): void {
    const frame = this.#frame(index)!;
    const kept = this.#kept;
    let bin = 0;
    bands.forEach((width, band) => {
      const gain = gains[row * bands.length + band]!;
      for (const end = bin + width; bin < end; bin++) {
        re[bin] = frame.re[bin]! * gain;
        im[bin] = frame.im[bin]! * gain;
      }
    });
    re.fill(0, 0, filteredBins);
    im.fill(0, 0, filteredBins);
    for (let tap = 0; tap < tapCount; tap++) {
      const other = this.#frame(index + tap - aheadFrames);
      if (other) addTap(other, taps, (row * filteredBins * tapCount + tap) * 2, re, im);
    }
    if (kept === 0) return;
    for (bin = 0; bin < binCount; bin++) {
      re[bin] = re[bin]! * (1 - kept) + frame.re[bin]! * kept;
      im[bin] = im[bin]! * (1 - kept) + frame.im[bin]! * kept;
    }
  }
}

function addTap(
  { re, im }: Pick<VoiceFrame, 're' | 'im'>,
  taps: Float32Array,
  first: number,
  sumRe: Float32Array,
  sumIm: Float32Array,
): void {
  for (let bin = 0, at = first; bin < filteredBins; bin++, at += 2 * tapCount) {
    const [tapRe, tapIm] = [taps[at]!, taps[at + 1]!];
    sumRe[bin]! += re[bin]! * tapRe - im[bin]! * tapIm;
    sumIm[bin]! += re[bin]! * tapIm + im[bin]! * tapRe;
  }
}

function tensor(data: Float32Array, dims: readonly number[]): Tensor {
  return { type: 'float32', data, dims };
}

function floats(value: Tensor | undefined): Float32Array {
  if (value?.type !== 'float32') throw new Error('the graph answered no numbers');
  return value.data;
}
