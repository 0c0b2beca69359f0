/**
 * The viewer's clock and hand: draws the playhead's picture, exactly when it stands, in time when it plays.
 * While it plays at normal speed the audio clock leads; at other rates (J, L), or when the audio device does not start,
 * the computer's clock does, without sound.
 */
import type { LayerSource, PictureAtTick, PictureLayer, SoundSegment } from '../../../../core/render/layers.ts';
import { secondsFromTicks, ticksFromSeconds, type Ticks } from '../../../../core/time/ticks.ts';
import { drawExact, drawPlaying, filesOf, type Drawn, type DrawWords, type FindSource } from '../compositor.ts';
import type { ViewerWork } from '../../../services/viewerWork.ts';
import { SourcePool, type FileKind } from '../decode/sourcePool.ts';
import type { HeardSegment } from './soundMessages.ts';
import { SoundPlayer, type SoundCounts, type SoundTrouble } from './soundPlayer.ts';

export interface PlayerInput {
  /** The picture at a tick; more than one to compare takes side by side. */
  picturesAt(ticks: Ticks): readonly PictureAtTick[];
  soundFrom(ticks: Ticks): readonly HeardSegment[];
  /**
   * URL of a source's picture, and how it is read; null while there is none, 'unknown' until the engine has said so.
   */
  urlOf(source: LayerSource): { url: string; kind: FileKind } | 'unknown' | null;
  /** URL of a file whose first sound is the segment's; null while there is none. */
  soundUrlOf(segment: SoundSegment): string | null;
  /** A rendered file that shows this tick while playing: its picture at `seconds` of it. */
  renderedAt(ticks: Ticks): { url: string; picture: PictureAtTick } | null;
  endTicks(): Ticks;
  words: DrawWords;
  /** Where a drawn picture goes: how the pictures share the canvas. */
  present(draws: readonly ((context: CanvasRenderingContext2D) => void)[], drawn: Drawn): void;
  onTick(ticks: Ticks): void;
  onStop(): void;
  /** What is waited for; null when all is there. */
  onWork(work: ViewerWork): void;
}

export interface PlayerStats {
  /** Frames presented and display refreshes that came too late, since play began. */
  presented: number;
  late: number;
}

/** How long before it comes on a clip is opened: a decoder takes up to this on a busy machine. */
const aheadSeconds = 1;

/** Plays the viewer's picture and sound at the chosen rate. */
export class Player {
  private readonly pool = new SourcePool();
  private sound: SoundPlayer | null = null;
  private rate = 0;
  /** Counts plays and stops: what was begun before the last one is dropped. */
  private run = 0;
  /** Whether time is read from the audio clock. */
  private audioLeads = false;
  private startedAtTicks: Ticks = 0;
  private startedAtClock = 0;
  private animation = 0;
  private wanted: Ticks | null = null;
  private drawing = false;
  private lastFrameTime = 0;
  private shownWhole = false;
  readonly stats: PlayerStats = { presented: 0, late: 0 };
  private readonly input: PlayerInput;
  private readonly buffers: OffscreenCanvas[] = [];
  /** When the pictures that are still to come were asked for, ms. */
  private readonly askedAt: number[] = [];

  constructor(input: PlayerInput) {
    this.input = input;
  }

  get meters(): SoundPlayer['meters'] | null {
    return this.sound?.meters ?? null;
  }

  /** What keeps the sound from being heard; null while all is well or nothing plays. */
  get soundTrouble(): SoundTrouble {
    return this.rate === 1 ? (this.sound?.trouble ?? null) : null;
  }

  get soundCounts(): SoundCounts | null {
    return this.sound?.counts ?? null;
  }

  /** Sample peak of a track as it sounds now, dBFS. */
  trackLevelDb(trackId: string): number {
    return this.sound?.trackLevelDb(trackId) ?? -Infinity;
  }

  /** Draws the picture at `ticks`; of requests that come faster than frames can be decoded the latest wins. */
  show(ticks: Ticks): Promise<void> {
    this.wanted = ticks;
    this.askedAt.push(performance.now());
    if (this.drawing) return this.settling;
    return this.drawWanted();
  }

  private settling: Promise<void> = Promise.resolve();

  private drawWanted(): Promise<void> {
    this.drawing = true;
    this.settling = (async () => {
      while (this.wanted !== null && this.rate === 0) {
        const ticks = this.wanted;
        this.wanted = null;
        const answered = this.askedAt.splice(0);
        const pictures = this.input.picturesAt(ticks);
        const surfaces = pictures.map((picture, index) => this.surface(index, picture));
        this.input.onWork('decoding');
        const drawn = await Promise.all(
          pictures.map((picture, index) => drawExact(surfaces[index]!, picture, this.find(index), this.input.words)),
        );
        if (this.rate === 0) {
          this.present(surfaces, drawn);
          this.input.onWork(drawn.some((one) => one.held) ? 'reading' : null);
        }
        reportWait(answered);
      }
    })().finally(() => {
      this.drawing = false;
    });
    return this.settling;
  }

  private surface(index: number, picture: PictureAtTick): OffscreenCanvasRenderingContext2D {
    const canvas = (this.buffers[index] ??= new OffscreenCanvas(picture.width, picture.height));
    if (canvas.width !== picture.width || canvas.height !== picture.height) {
      canvas.width = picture.width;
      canvas.height = picture.height;
    }
    return canvas.getContext('2d', { alpha: false })!;
  }

  private present(surfaces: readonly OffscreenCanvasRenderingContext2D[], drawn: readonly Drawn[]): void {
    // what is on the screen stays until the picture can be drawn whole; before the first there is black, and titles
    // over it
    const held = drawn.some((one) => one.held);
    if (held && this.shownWhole) return;
    this.shownWhole ||= !held;
    this.input.present(
      surfaces.map(
        (surface) => (context) => context.drawImage(surface.canvas, 0, 0, context.canvas.width, context.canvas.height),
      ),
      drawn[0] ?? { pictures: 0, notes: 0, held: false },
    );
  }

  /** Two pictures of the same clip (comparing takes) need a decoder each. */
  private find(index: number): FindSource {
    return (clipId, source) => {
      const found = this.input.urlOf(source);
      return found === null || found === 'unknown' ? found : this.pool.get(`${index}:${clipId}`, found.url, found.kind);
    };
  }

  /** rate 1 plays with sound; other rates silently; 0 stops. */
  async play(fromTicks: Ticks, rate: number): Promise<void> {
    this.halt();
    if (rate === 0) return;
    const { run } = this;
    this.rate = rate;
    this.stats.presented = 0;
    this.stats.late = 0;
    this.startedAtTicks = fromTicks;
    this.startedAtClock = performance.now() / 1000;
    if (rate === 1) {
      this.sound ??= new SoundPlayer();
      this.input.onWork('starting');
      const zero = await this.sound.start(this.input.soundFrom(fromTicks), fromTicks, this.soundUrl);
      if (this.run !== run) return;
      this.audioLeads = zero !== null;
      this.startedAtClock = zero ?? performance.now() / 1000;
    }
    this.lastFrameTime = performance.now();
    this.animation = requestAnimationFrame(this.tick);
  }

  stop(): void {
    this.halt();
    this.input.onStop();
  }

  /** Sound follows edits made while it plays. */
  updateSound(): void {
    if (this.audioLeads) this.sound?.update(this.input.soundFrom(this.startedAtTicks), this.soundUrl);
  }

  /** Which of two compared takes is heard. */
  setHeard(side: 'a' | 'b'): void {
    this.sound?.setHeard(side);
  }

  private readonly soundUrl = (segment: SoundSegment): string | null => this.input.soundUrlOf(segment);

  private halt(): void {
    cancelAnimationFrame(this.animation);
    this.run += 1;
    this.rate = 0;
    this.audioLeads = false;
    this.sound?.stop();
  }

  private now(): Ticks {
    const clock = this.audioLeads && this.sound ? this.sound.context.currentTime : performance.now() / 1000;
    return Math.max(0, this.startedAtTicks + ticksFromSeconds((clock - this.startedAtClock) * this.rate));
  }

  private readonly tick = (time: number): void => {
    if (this.rate === 0) return;
    const ticks = this.now();
    const end = this.input.endTicks();
    if ((this.rate > 0 && ticks >= end) || (this.rate < 0 && ticks <= 0)) {
      const last = this.rate > 0 ? end : 0;
      this.input.onTick(last);
      this.stop();
      return;
    }
    const rendered = this.input.renderedAt(ticks);
    const pictures = rendered ? [rendered.picture] : this.input.picturesAt(ticks);
    const surfaces = pictures.map((picture, index) => this.surface(index, picture));
    const findRendered: FindSource = () => this.pool.get('rendered', rendered!.url, 'video');
    const drawn = pictures.map((picture, index) =>
      drawPlaying(surfaces[index]!, picture, rendered ? findRendered : this.find(index), this.input.words),
    );
    this.present(surfaces, drawn);
    this.input.onWork(drawn.some((one) => one.held) ? 'reading' : null);
    if (!rendered) this.prepareNext(ticks, pictures);
    this.stats.presented += 1;
    if (time - this.lastFrameTime > 50) this.stats.late += 1;
    this.lastFrameTime = time;
    this.input.onTick(ticks);
    this.animation = requestAnimationFrame(this.tick);
  };

  /** Opens what comes on within a second, at its first frame, so that a cut does not wait for a decoder. */
  private prepareNext(ticks: Ticks, on: readonly PictureAtTick[]): void {
    if (this.stats.presented % 8 !== 0) return;
    const ahead = ticks + ticksFromSeconds(aheadSeconds * this.rate);
    this.input.picturesAt(ahead).forEach((picture, index) => {
      for (const layer of picture.layers) {
        // the current clip already decodes ahead
        if (layer.kind !== 'picture' || on[index]?.layers.some((other) => other.clipId === layer.clipId)) continue;
        const first = this.firstSourceTicks(layer, index, ticks, ahead);
        for (const file of filesOf(layer)) {
          const source = this.find(index)(file.key, file.source);
          if (source !== null && source !== 'unknown')
            source.warm(secondsFromTicks(first + file.sourceTicks - layer.sourceTicks));
        }
      }
    });
  }

  /** Where a layer's source is when it comes on, between a tick without it and one with it: to about a frame. */
  private firstSourceTicks(layer: PictureLayer, index: number, without: Ticks, within: Ticks): Ticks {
    let { sourceTicks } = layer;
    for (let halvings = 0; halvings < 6; halvings += 1) {
      const middle = Math.round((without + within) / 2);
      const found = this.input.picturesAt(middle)[index]?.layers.find((other) => other.clipId === layer.clipId);
      if (found?.kind === 'picture') {
        within = middle;
        sourceTicks = found.sourceTicks;
      } else without = middle;
    }
    return sourceTicks;
  }

  dispose(): void {
    this.halt();
    this.pool.dispose();
    this.sound?.dispose();
  }
}

/**
 * One performance entry a request, from asking to the screen refresh that shows its picture or a later one: e2e/bench
 * reads them.
 */
function reportWait(askedAt: readonly number[]): void {
  requestAnimationFrame((shownAt) => {
    for (const start of askedAt)
      performance.measure('viewer:request-to-picture', { start, end: Math.max(start, shownAt) });
  });
}
