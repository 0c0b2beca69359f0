/**
 * Plays the sequence's sound from a tick on, in sync with the audio clock. Buffers are decoded a little ahead and
 * scheduled to the sample; gains are the same curves that the exporter uses.
 */
import type { AudioBufferSink, Input } from 'mediabunny';
import type { LayerSource, SoundSegment } from '../../../../core/render/layers.ts';
import { gainAt } from '../../../../core/render/picture.ts';
import { secondsFromTicks, type Ticks } from '../../../../core/time/ticks.ts';
import { peakDb } from '../../../services/trackLevels.ts';
import { startOfFile } from '../decode/startOfFile.ts';

const aheadSeconds = 1.5;

interface OpenSound {
  readonly sink: AudioBufferSink;
  readonly offset: number;
}

export class SoundPlayer {
  readonly context = new AudioContext({ sampleRate: 48000, latencyHint: 'interactive' });
  readonly master: GainNode;
  readonly meters: readonly [AnalyserNode, AnalyserNode];
  /** A track's clips meet here on their way to the master. */
  private readonly tracks = new Map<string, AnalyserNode>();
  private readonly samples = new Float32Array(1024);
  private readonly opened = new Map<string, Promise<OpenSound | null>>();
  private readonly inputs: Input[] = [];
  private run = 0;
  private nodes: AudioBufferSourceNode[] = [];

  constructor() {
    this.master = this.context.createGain();
    const splitter = this.context.createChannelSplitter(2);
    const left = this.context.createAnalyser();
    const right = this.context.createAnalyser();
    left.fftSize = right.fftSize = 1024;
    this.master.connect(this.context.destination);
    this.master.connect(splitter);
    splitter.connect(left, 0);
    splitter.connect(right, 1);
    this.meters = [left, right];
  }

  /** Starts at `fromTicks`; answers the audio-clock time (s) at which that tick sounds. */
  async start(segments: readonly SoundSegment[], fromTicks: Ticks, urlOf: (source: LayerSource) => string | null): Promise<number> {
    this.stop();
    const run = this.run;
    await this.context.resume();
    // a touch of lead, so that the first buffers are there when their time comes
    const zero = this.context.currentTime + 0.08;
    void this.playInTurn(segments.toSorted((a, b) => a.startTicks - b.startTicks), fromTicks, zero, urlOf, run);
    return zero;
  }

  /** Sample peak of a track as it sounds now, dBFS. */
  trackLevelDb(trackId: string): number {
    const track = this.tracks.get(trackId);
    return track ? peakDb(track, this.samples) : -Infinity;
  }

  /** Each when its time comes near: of a thousand clips, those that wait cost nothing. */
  private async playInTurn(segments: readonly SoundSegment[], fromTicks: Ticks, zero: number, urlOf: (source: LayerSource) => string | null, run: number): Promise<void> {
    for (const segment of segments) {
      const startsIn = secondsFromTicks(segment.startTicks - fromTicks);
      if (startsIn > aheadSeconds) await this.waitUntil(zero + startsIn - aheadSeconds, run);
      if (run !== this.run) return;
      this.playSegment(segment, fromTicks, zero, urlOf, run).catch(() => undefined);
    }
  }

  private trackBus(trackId: string): AnalyserNode {
    const known = this.tracks.get(trackId);
    if (known) return known;
    const bus = this.context.createAnalyser();
    bus.fftSize = this.samples.length;
    bus.connect(this.master);
    this.tracks.set(trackId, bus);
    return bus;
  }

  stop(): void {
    this.run += 1;
    for (const node of this.nodes) node.stop();
    this.nodes = [];
  }

  private async playSegment(segment: SoundSegment, fromTicks: Ticks, zero: number, urlOf: (source: LayerSource) => string | null, run: number): Promise<void> {
    const startsIn = secondsFromTicks(segment.startTicks - fromTicks);
    const endsIn = startsIn + secondsFromTicks(segment.durationTicks);
    if (endsIn <= 0) return;
    const url = urlOf(segment.source);
    if (!url || run !== this.run) return;
    const sound = await this.open(url);
    if (!sound || run !== this.run) return;
    const gain = this.context.createGain();
    gain.connect(this.trackBus(segment.trackId));
    this.scheduleGain(gain, segment, fromTicks, zero);
    const speed = segment.speed.num / segment.speed.den;
    const inSeconds = secondsFromTicks(segment.sourceInTicks) + sound.offset;
    const skipped = Math.max(0, -startsIn) * speed;
    const length = secondsFromTicks(segment.durationTicks) * speed;
    if (segment.reversed) {
      await this.playReversed(sound, gain, inSeconds, length, skipped, speed, zero + startsIn, run);
      return;
    }
    for await (const { buffer, timestamp } of sound.sink.buffers(inSeconds + skipped, inSeconds + length)) {
      if (run !== this.run) return;
      const at = zero + startsIn + (timestamp - inSeconds) / speed;
      const late = Math.max(0, this.context.currentTime - at, zero - at, zero + startsIn - at);
      const left = zero + endsIn - (at + late);
      if (late * speed < buffer.duration && left > 0) this.playBuffer(buffer, gain, speed, at + late, late * speed, left * speed);
      if (at - this.context.currentTime > aheadSeconds) await this.waitUntil(at - aheadSeconds / 2, run);
    }
  }

  /** A reversed segment is decoded whole and turned round: clips are short, and a stream cannot be read backwards. */
  private async playReversed(sound: OpenSound, gain: GainNode, inSeconds: number, length: number, skipped: number, speed: number, at: number, run: number): Promise<void> {
    const whole = this.context.createBuffer(2, Math.max(1, Math.ceil(length * 48000)), 48000);
    for await (const { buffer, timestamp } of sound.sink.buffers(inSeconds, inSeconds + length)) {
      if (run !== this.run) return;
      const first = Math.round((timestamp - inSeconds) * 48000);
      const ratio = buffer.sampleRate / 48000;
      for (let channel = 0; channel < 2; channel += 1) {
        const from = buffer.getChannelData(Math.min(channel, buffer.numberOfChannels - 1));
        const to = whole.getChannelData(channel);
        const count = Math.floor(buffer.length / ratio);
        for (let index = 0; index < count; index += 1) {
          const place = to.length - 1 - (first + index);
          if (place >= 0 && place < to.length) to[place] = from[Math.floor(index * ratio)] ?? 0;
        }
      }
    }
    const late = Math.max(0, this.context.currentTime - (at + skipped / speed));
    this.playBuffer(whole, gain, speed, at + skipped / speed + late, skipped + late * speed, length);
  }

  private playBuffer(buffer: AudioBuffer, gain: GainNode, speed: number, when: number, offset: number, duration: number): void {
    const node = this.context.createBufferSource();
    node.buffer = buffer;
    node.playbackRate.value = speed;
    node.connect(gain);
    node.start(when, offset, duration);
    this.nodes.push(node);
    node.onended = () => {
      this.nodes = this.nodes.filter((each) => each !== node);
    };
  }

  private scheduleGain(gain: GainNode, segment: SoundSegment, fromTicks: Ticks, zero: number): void {
    const points = segment.gain;
    const timeOf = (atTicks: Ticks) => zero + secondsFromTicks(atTicks - fromTicks);
    const now = this.context.currentTime;
    gain.gain.value = gainAt(segment, fromTicks);
    for (const point of points) {
      const time = timeOf(point.atTicks);
      if (time <= now) gain.gain.setValueAtTime(gainAt(segment, fromTicks), now);
      else gain.gain.linearRampToValueAtTime(point.value, time);
    }
  }

  private async waitUntil(time: number, run: number): Promise<void> {
    while (run === this.run && this.context.currentTime < time) await new Promise((resolve) => setTimeout(resolve, 60));
  }

  private open(url: string): Promise<OpenSound | null> {
    const known = this.opened.get(url);
    if (known) return known;
    const opening = (async () => {
      const { ALL_FORMATS, AudioBufferSink, Input, UrlSource } = await import('mediabunny');
      const input = new Input({ source: new UrlSource(url), formats: ALL_FORMATS });
      this.inputs.push(input);
      const track = await input.getPrimaryAudioTrack();
      if (!track || !(await track.canDecode())) return null;
      const tracks = await input.getTracks();
      const firsts = await Promise.all(tracks.map((each) => each.getFirstTimestamp()));
      return { sink: new AudioBufferSink(track), offset: startOfFile(firsts) };
    })();
    this.opened.set(url, opening);
    return opening;
  }

  dispose(): void {
    this.stop();
    for (const input of this.inputs) input.dispose();
    void this.context.close();
  }
}
