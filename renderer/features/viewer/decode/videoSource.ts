import type { Input, VideoSample, VideoSampleSink } from 'mediabunny';
import type { DrawnFrame, Part, PictureSource } from './pictureSource.ts';
import { startOfFile } from './startOfFile.ts';

/**
 * Frames decoded ahead while playing: enough to ride out a slow one, few enough to keep memory flat (1080p: 3 MB each).
 */
const aheadCount = 6;
/** A request this close after the last one goes on with the running decoder instead of seeking a key frame. */
const sequentialSeconds = 0.5;

/** Further behind than this, seeking to the next key frame is faster than decoding every frame between. */
const jumpSeconds = 1.5;

/**
 * A video file, decoded frame-exactly by mediabunny over WebCodecs.
 * Two ways in: `frameAt` for scrubbing and stepping (serialised, exact), `peek` for playing (never waits).
 */
export class VideoSource implements PictureSource {
  private input: Input | null = null;
  private readonly opened: Promise<{ sink: VideoSampleSink; offset: number } | null>;
  private iterator: AsyncGenerator<VideoSample, void, unknown> | null = null;
  private iteratorAt = -1;
  private current: VideoSample | null = null;
  private readonly ahead: VideoSample[] = [];
  private filling: Promise<void> | null = null;
  private chain: Promise<unknown> = Promise.resolve();
  private disposed = false;
  /** No track that can be decoded, or decoding ended before a first frame. */
  private barren = false;
  /** Seconds (with the file's offset) that the last `peek` asked for. */
  private wantedAt = 0;

  constructor(url: string) {
    this.opened = this.open(url);
  }

  private async open(url: string) {
    // a third of the window's code: loaded with the first picture, not before the editor stands
    const { ALL_FORMATS, Input, UrlSource, VideoSampleSink } = await import('mediabunny');
    if (this.disposed) return null;
    this.input = new Input({ source: new UrlSource(url), formats: ALL_FORMATS });
    const track = await this.input.getPrimaryVideoTrack();
    if (!track || !(await track.canDecode())) {
      this.barren = true;
      return null;
    }
    const tracks = await this.input.getTracks();
    const firsts = await Promise.all(tracks.map((each) => each.getFirstTimestamp()));
    return { sink: new VideoSampleSink(track), offset: startOfFile(firsts) };
  }

  get opening(): boolean {
    return this.current === null && !this.barren;
  }

  frameAt(seconds: number): Promise<DrawnFrame | null> {
    const next = this.chain.then(() => this.decodeAt(seconds));
    this.chain = next.catch(() => undefined);
    return next;
  }

  private async decodeAt(seconds: number): Promise<DrawnFrame | null> {
    const opened = await this.opened;
    if (!opened || this.disposed) return null;
    const at = seconds + opened.offset;
    await this.filling;
    if (this.current && covers(this.current, at)) return this.asFrame(this.current);
    const close =
      this.current !== null && at > this.current.timestamp && at - this.current.timestamp <= sequentialSeconds;
    if (close) {
      this.ensureIterator(opened.sink, this.current!.timestamp);
      while (!this.current || !covers(this.current, at)) {
        const sample = this.ahead.shift() ?? (await this.pull());
        if (!sample) break;
        if (sample.timestamp > at + 1e-6 && this.current) {
          this.ahead.unshift(sample);
          break;
        }
        this.keep(sample);
      }
    } else {
      await this.stopIterator();
      // before the first frame: show the first one, as the exporter does
      const sample =
        (await opened.sink.getSample(at + 1e-4)) ??
        (await opened.sink.getSample(opened.offset + 1e-4)) ??
        (await this.firstSample(opened.sink));
      if (sample) this.keep(sample);
    }
    return this.current ? this.asFrame(this.current) : null;
  }

  private async firstSample(sink: VideoSampleSink): Promise<VideoSample | null> {
    const samples = sink.samples();
    const first = await samples.next();
    await samples.return();
    return first.value ?? null;
  }

  peek(seconds: number): DrawnFrame | null {
    void this.opened.then((opened) => {
      if (opened) this.fill(opened.sink, seconds + opened.offset);
    });
    return this.current ? this.asFrame(this.current) : null;
  }

  warm(seconds: number): void {
    this.peek(seconds);
  }

  /** Moves on to the newest decoded frame that is due, and keeps decoding a few ahead. */
  private fill(sink: VideoSampleSink, at: number): void {
    if (this.disposed) return;
    this.wantedAt = at;
    while (this.ahead[0] && this.ahead[0].timestamp <= at + 1e-6) this.keep(this.ahead.shift()!);
    // before the first frame: the first one, as the exporter does
    if (!this.current && this.ahead[0]) this.keep(this.ahead.shift()!);
    if (this.filling) return;
    this.filling = this.decodeAhead(sink)
      .catch(() => undefined)
      .finally(() => {
        this.filling = null;
        this.barren = this.current === null && this.ahead.length === 0;
      });
  }

  private async decodeAhead(sink: VideoSampleSink): Promise<void> {
    const behind = this.current !== null && this.wantedAt < this.current.timestamp - 1e-3;
    const farAhead = this.wantedAt - this.iteratorAt > jumpSeconds;
    if (!this.iterator || behind || farAhead) {
      await this.stopIterator();
      this.ensureIterator(sink, this.wantedAt);
    }
    while (this.ahead.length < aheadCount && !this.disposed) {
      const sample = await this.pull();
      if (!sample) return;
      // a decoder that cannot keep up still shows what it has, late, rather than nothing
      if (sample.timestamp <= this.wantedAt + 1e-6) this.keep(sample);
      else this.ahead.push(sample);
      if (this.wantedAt - sample.timestamp > jumpSeconds) return;
    }
  }

  private ensureIterator(sink: VideoSampleSink, from: number): void {
    if (this.iterator) return;
    this.iterator = sink.samples(from);
    this.iteratorAt = from;
  }

  private async pull(): Promise<VideoSample | null> {
    const result = await this.iterator?.next();
    if (!result || result.done || !result.value) return null;
    this.iteratorAt = result.value.timestamp;
    if (this.disposed) {
      result.value.close();
      return null;
    }
    return result.value;
  }

  private async stopIterator(): Promise<void> {
    const iterator = this.iterator;
    this.iterator = null;
    for (const sample of this.ahead.splice(0)) sample.close();
    await iterator?.return();
  }

  private keep(sample: VideoSample): void {
    if (this.current !== sample) this.current?.close();
    this.current = sample;
  }

  private asFrame(sample: VideoSample): DrawnFrame {
    return {
      timestamp: sample.timestamp,
      width: sample.displayWidth,
      height: sample.displayHeight,
      draw: (context, part, x, y, width, height) => drawSample(sample, context, part, x, y, width, height),
    };
  }

  dispose(): void {
    this.disposed = true;
    void this.stopIterator().then(() => {
      this.current?.close();
      this.current = null;
      this.input?.dispose();
    });
  }
}

function covers(sample: VideoSample, at: number): boolean {
  return at >= sample.timestamp - 1e-4 && at < sample.timestamp + sample.duration - 1e-4;
}

function drawSample(
  sample: VideoSample,
  context: CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D,
  part: Part,
  x: number,
  y: number,
  width: number,
  height: number,
): void {
  const w = sample.displayWidth;
  const h = sample.displayHeight;
  sample.draw(context, part.left * w, part.top * h, part.width * w, part.height * h, x, y, width, height);
}
