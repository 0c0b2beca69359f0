/**
 * Decodes and mixes ahead of what is played, block by block. A change starts again just ahead of the playhead and
 * replaces what waits in the output's ring.
 */
import { decodeBackwards, decodeForwards, type DecodedSound, type OpenSound } from './soundFile.ts';
import type { FeedReport, FeedSegment, OutputOrder, OutputPosition } from './soundMessages.ts';
import { soundRateHz } from './soundMessages.ts';
import { mixSegment, needOf, sourceFrames, type Block } from './soundMix.ts';

const blockFrames = 1024;
/** Mixed ahead at most; the ring holds two seconds. */
const leadFrames = 1.25 * soundRateHz;
/** There before it begins. */
const firstFrames = 0.2 * soundRateHz;
/** A change is heard this much later: the blocks until then are on their way. */
const changeFrames = 0.06 * soundRateHz;
/** With less than this ahead a block no longer waits for a decoder. */
const scarceFrames = 0.15 * soundRateHz;
/** Clips are opened this long before they sound. */
const openAheadFrames = 1.5 * soundRateHz;
/** A start waits at most so long for its first sound, ms. */
const startPatienceMs = 2000;

interface Voice {
  readonly segment: FeedSegment;
  readonly opened: Promise<DecodedSound | null>;
  decoded: DecodedSound | null;
  offsetSeconds: number;
  /** Decoding in progress; null when the requested sound is ready. */
  pending: Promise<unknown> | null;
  dead: boolean;
}

export interface FeedOutlets {
  open(url: string): Promise<OpenSound | null>;
  report(report: FeedReport): void;
  play(order: OutputOrder, transfer: Transferable[]): void;
}

/** Mixes the sound of all segments ahead of playback. */
export class SoundFeed {
  private run = 0;
  private fromTicks = 0;
  private segments: readonly FeedSegment[] = [];
  private heard: 'a' | 'b' = 'b';
  private mixedTo = 0;
  private played = 0;
  private begun = false;
  /** Counts changes: a block that was begun before one is thrown away. */
  private version = 0;
  private wake: (() => void) | null = null;
  private readonly voices = new Map<string, Voice>();
  private readonly files = new Map<string, Promise<OpenSound | null>>();
  private readonly outlets: FeedOutlets;

  constructor(outlets: FeedOutlets) {
    this.outlets = outlets;
  }

  start(run: number, fromTicks: number, segments: readonly FeedSegment[], heard: 'a' | 'b'): void {
    this.stop();
    this.run = run;
    this.fromTicks = fromTicks;
    this.mixedTo = 0;
    this.played = 0;
    this.begun = false;
    this.segments = segments;
    this.heard = heard;
    void this.feed(run, performance.now() + startPatienceMs);
  }

  change(segments: readonly FeedSegment[], heard: 'a' | 'b'): void {
    this.segments = segments;
    this.heard = heard;
    this.version += 1;
    this.mixedTo = Math.min(this.mixedTo, this.begun ? this.played + changeFrames : 0);
    this.wake?.();
  }

  stop(): void {
    this.run = 0;
    this.version += 1;
    for (const voice of this.voices.values()) closeVoice(voice);
    this.voices.clear();
    this.wake?.();
  }

  moved({ run, frame }: OutputPosition): void {
    if (run !== this.run) return;
    this.played = frame;
    // what was missed cannot be heard any more
    this.mixedTo = Math.max(this.mixedTo, frame);
    this.wake?.();
  }

  private async feed(run: number, patientUntil: number): Promise<void> {
    while (this.run === run) {
      if (!this.begun && (this.mixedTo >= firstFrames || performance.now() > patientUntil)) {
        this.begun = true;
        this.outlets.play({ kind: 'begin', run }, []);
      }
      if (this.mixedTo - this.played >= leadFrames) await this.untilWoken();
      else await this.mixBlock(run, patientUntil);
    }
  }

  private untilWoken(): Promise<void> {
    return new Promise((resolve) => {
      this.wake = resolve;
    });
  }

  private async mixBlock(run: number, patientUntil: number): Promise<void> {
    const { version, mixedTo: fromFrame } = this;
    const voices = this.voicesAt(fromFrame);
    await this.waitFor(voices, fromFrame, patientUntil);
    if (this.version !== version || this.run !== run || this.mixedTo !== fromFrame) return;
    const block: Block = {
      fromFrame,
      left: new Float32Array(blockFrames),
      right: new Float32Array(blockFrames),
    };
    const peaks = this.mix(block, voices);
    this.mixedTo = fromFrame + blockFrames;
    this.outlets.report({ kind: 'levels', run, fromFrame, peaks: [...peaks] });
    const { left, right } = block;
    this.outlets.play({ kind: 'block', run, fromFrame, left, right }, [left.buffer, right.buffer]);
  }

  /** Sums the voices; answers each track's peak. */
  private mix(block: Block, voices: readonly Voice[]): Map<string, number> {
    const peaks = new Map<string, number>();
    let late = false;
    for (const { segment, decoded, offsetSeconds, dead } of voices) {
      const need = needOf(segment, this.fromTicks, block.fromFrame, blockFrames);
      if (!need || dead || (segment.side !== undefined && segment.side !== this.heard)) continue;
      if (!decoded) {
        late = true;
        continue;
      }
      const { peak, whole } = mixSegment(block, segment, need, decoded, offsetSeconds, this.fromTicks);
      late ||= !whole;
      peaks.set(segment.trackId, Math.max(peak, peaks.get(segment.trackId) ?? 0));
    }
    if (late) this.outlets.report({ kind: 'late', run: this.run });
    return peaks;
  }

  /** Voices of what sounds from here to a little ahead; those of anything else are closed. */
  private voicesAt(fromFrame: number): Voice[] {
    const near = new Map(
      this.segments
        .filter((segment) => needOf(segment, this.fromTicks, fromFrame, openAheadFrames) !== null)
        .map((segment) => [JSON.stringify(segment), segment]),
    );
    for (const [key, voice] of this.voices) {
      if (near.has(key)) continue;
      closeVoice(voice);
      this.voices.delete(key);
    }
    for (const [key, segment] of near) if (!this.voices.has(key)) this.voices.set(key, this.openVoice(segment));
    return [...this.voices.values()];
  }

  private openVoice(segment: FeedSegment): Voice {
    const file = this.files.get(segment.url) ?? this.outlets.open(segment.url).catch(() => null);
    this.files.set(segment.url, file);
    const opened = file.then((sound) => {
      if (!sound) {
        voice.dead = true;
        this.outlets.report({ kind: 'undecodable', url: segment.url });
        return null;
      }
      voice.offsetSeconds = sound.offsetSeconds;
      voice.decoded = segment.reversed ? decodeBackwards(sound) : decodeForwards(sound);
      return voice.decoded;
    });
    const voice: Voice = { segment, opened, decoded: null, offsetSeconds: 0, pending: null, dead: false };
    return voice;
  }

  /** Until every voice has what the block needs, or there is no more time to wait. */
  private async waitFor(voices: readonly Voice[], fromFrame: number, patientUntil: number): Promise<void> {
    const waits = voices.flatMap((voice) => {
      const pending = this.decode(voice, fromFrame);
      return pending && needOf(voice.segment, this.fromTicks, fromFrame, blockFrames) ? [pending] : [];
    });
    if (waits.length === 0) return;
    const leftMs = this.begun
      ? ((this.mixedTo - this.played - scarceFrames) / soundRateHz) * 1000
      : patientUntil - performance.now();
    await Promise.race([Promise.all(waits), pause(Math.max(0, leftMs))]);
  }

  /** Asks a voice for what comes next; null when it is there. */
  private decode(voice: Voice, fromFrame: number): Promise<unknown> | null {
    if (voice.dead || voice.pending) return voice.pending;
    const work = async (): Promise<void> => {
      const decoded = voice.decoded ?? (await voice.opened);
      const need =
        needOf(voice.segment, this.fromTicks, fromFrame, blockFrames) ??
        needOf(voice.segment, this.fromTicks, fromFrame, openAheadFrames);
      if (!decoded || !need) return;
      const to = need.first + Math.min(need.end - need.first, blockFrames);
      const first = needOf(voice.segment, this.fromTicks, need.first, to - need.first);
      if (!first) return;
      const frames = sourceFrames(first, voice.offsetSeconds, decoded.rateHz);
      await decoded.ensure(frames.from, frames.to + 1);
    };
    voice.pending = work()
      .catch(() => {
        voice.dead = true;
        this.outlets.report({ kind: 'undecodable', url: voice.segment.url });
      })
      .finally(() => {
        voice.pending = null;
      });
    return voice.pending;
  }
}

function closeVoice(voice: Voice): void {
  voice.dead = true;
  void voice.opened.then((decoded) => decoded?.close());
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
