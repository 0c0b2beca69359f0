/**
 * Plays the sequence's sound from a tick on, in sync with the audio clock. The window only orders: a worker decodes and
 * mixes, the audio thread plays, and both go on while the window is busy.
 */
import type { SoundSegment } from '../../../../core/render/layers.ts';
import type { Ticks } from '../../../../core/time/ticks.ts';
import type { FeedOrder, FeedReport, FeedSegment, HeardSegment, OutputControl, OutputReport } from './soundMessages.ts';
import { soundRateHz } from './soundMessages.ts';
import { watchClock } from './watchClock.ts';
// oxlint-disable-next-line import/default -- Vite turns '?worker&url' into a module that exports the address
import outputUrl from './soundOutput.worklet.ts?worker&url';

/** The sign by the meters stays this long after sound was last missing. */
const signMs = 4000;
/** Levels of blocks that have been played are forgotten beyond this. */
const keptLevels = 128;

type UrlOf = (segment: SoundSegment) => string | null;

interface Levels {
  readonly fromFrame: number;
  readonly peaks: ReadonlyMap<string, number>;
}

export interface SoundCounts {
  /** Frames played since the start, and frames that were silent because they came too late. */
  readonly delivered: number;
  readonly missing: number;
}

/** What keeps sound from being heard, for the sign beside the meters. */
export type SoundTrouble = 'noDevice' | 'late' | 'undecodable' | null;

/** An audio device whose clock stands still for this long does not play. */
export const stalledMs = 2000;

/** Plays the mixed sound through the audio output and measures its level. */
export class SoundPlayer {
  readonly context = new AudioContext({ sampleRate: soundRateHz, latencyHint: 'interactive' });
  readonly meters: readonly [AnalyserNode, AnalyserNode];
  private readonly worker = new Worker(new URL('./soundFeed.worker.ts', import.meta.url), { type: 'module' });
  private readonly output: Promise<AudioWorkletNode>;
  private run = 0;
  private zero = 0;
  private heard: 'a' | 'b' = 'b';
  private segments: readonly FeedSegment[] = [];
  private levels: Levels[] = [];
  private counted: SoundCounts = { delivered: 0, missing: 0 };
  private lateUntil = 0;
  /** The audio device did not start. */
  private silent = false;
  private readonly undecodable = new Set<string>();
  /** Answers a start when its first sound has been played. */
  private began: ((atSeconds: number) => void) | null = null;

  constructor() {
    const splitter = this.context.createChannelSplitter(2);
    const left = this.context.createAnalyser();
    const right = this.context.createAnalyser();
    left.fftSize = right.fftSize = 1024;
    splitter.connect(left, 0);
    splitter.connect(right, 1);
    this.meters = [left, right];
    this.worker.onmessage = ({ data }: MessageEvent<FeedReport>) => this.hearFeed(data);
    this.output = this.connect(splitter);
  }

  private async connect(splitter: AudioNode): Promise<AudioWorkletNode> {
    await this.context.audioWorklet.addModule(outputUrl);
    const node = new AudioWorkletNode(this.context, 'framewright-sound', {
      numberOfInputs: 0,
      outputChannelCount: [2],
    });
    const { port1, port2 } = new MessageChannel();
    this.order({ kind: 'connect', port: port1 }, [port1]);
    node.port.postMessage({ kind: 'connect', port: port2 } satisfies OutputControl, [port2]);
    node.port.onmessage = ({ data }: MessageEvent<OutputReport>) => this.hearOutput(data);
    node.connect(this.context.destination);
    node.connect(splitter);
    return node;
  }

  /**
   * Starts at `fromTicks`; answers the audio-clock time (s) at which that tick sounds, or null when the audio device's
   * clock stands still: nothing can be heard then. Decoding may take its time.
   */
  async start(segments: readonly HeardSegment[], fromTicks: Ticks, urlOf: UrlOf): Promise<number | null> {
    this.stop();
    this.run += 1;
    const { run } = this;
    let unwatch = (): void => undefined;
    const stalled = new Promise<null>((resolve) => {
      unwatch = watchClock(this.context, stalledMs, () => resolve(null));
    });
    try {
      const zero = await Promise.race([this.begin(run, segments, fromTicks, urlOf), stalled]);
      // stopped or started again meanwhile
      if (this.run !== run) return this.context.currentTime;
      if (zero === null) this.stop();
      else this.zero = zero;
      this.silent = zero === null;
      return zero;
    } finally {
      unwatch();
    }
  }

  private async begin(run: number, segments: readonly HeardSegment[], fromTicks: Ticks, urlOf: UrlOf): Promise<number> {
    await Promise.all([this.context.resume(), this.output]);
    if (this.run !== run) return this.context.currentTime;
    this.segments = withUrls(segments, urlOf);
    const began = new Promise<number>((resolve) => {
      this.began = resolve;
    });
    this.order({ kind: 'start', run, fromTicks, segments: this.segments, heard: this.heard });
    return began;
  }

  /** Replaces the segments to play: unchanged ones play on, others start or stop immediately. */
  update(segments: readonly HeardSegment[], urlOf: UrlOf): void {
    this.segments = withUrls(segments, urlOf);
    this.order({ kind: 'change', segments: this.segments, heard: this.heard });
  }

  /** Which of two compared takes is heard. */
  setHeard(side: 'a' | 'b'): void {
    if (side === this.heard) return;
    this.heard = side;
    this.order({ kind: 'change', segments: this.segments, heard: side });
  }

  stop(): void {
    const { run } = this;
    this.run += 1;
    this.began?.(this.context.currentTime);
    this.began = null;
    this.levels = [];
    this.counted = { delivered: 0, missing: 0 };
    this.order({ kind: 'stop' });
    void this.output.then((node) => node.port.postMessage({ kind: 'stop', run } satisfies OutputControl));
  }

  /** Sample peak of a track as it sounds now, dBFS. */
  trackLevelDb(trackId: string): number {
    const frame = (this.context.currentTime - this.zero) * soundRateHz;
    const peak = this.levels.findLast((level) => level.fromFrame <= frame)?.peaks.get(trackId) ?? 0;
    return peak > 0 ? 20 * Math.log10(peak) : -Infinity;
  }

  get counts(): SoundCounts {
    return this.counted;
  }

  get trouble(): SoundTrouble {
    if (this.silent) return 'noDevice';
    if (performance.now() < this.lateUntil) return 'late';
    return this.segments.some((segment) => this.undecodable.has(segment.url)) ? 'undecodable' : null;
  }

  private hearFeed(report: FeedReport): void {
    if (report.kind === 'undecodable') this.undecodable.add(report.url);
    else if (report.run !== this.run) return;
    else if (report.kind === 'late') this.lateUntil = performance.now() + signMs;
    else {
      // a changed block takes the place of those mixed before it
      this.levels = this.levels.filter((level) => level.fromFrame < report.fromFrame).slice(-keptLevels);
      this.levels.push({ fromFrame: report.fromFrame, peaks: new Map(report.peaks) });
    }
  }

  private hearOutput(report: OutputReport): void {
    if (report.run !== this.run) return;
    if (report.kind === 'began') {
      this.began?.(report.atSeconds);
      this.began = null;
      return;
    }
    if (report.missing > this.counted.missing) this.lateUntil = performance.now() + signMs;
    this.counted = { delivered: report.delivered, missing: report.missing };
  }

  private order(order: FeedOrder, transfer: Transferable[] = []): void {
    this.worker.postMessage(order, transfer);
  }

  dispose(): void {
    this.stop();
    this.worker.terminate();
    void this.context.close();
  }
}

function withUrls(segments: readonly HeardSegment[], urlOf: UrlOf): FeedSegment[] {
  return segments.flatMap((segment) => {
    const url = urlOf(segment);
    return url === null ? [] : [{ ...segment, url: new URL(url, location.href).href }];
  });
}
