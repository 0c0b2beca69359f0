/**
 * Plays the sequence's sound from a tick on, in sync with the audio clock. Buffers are decoded a little ahead and
 * scheduled to the sample; gains are the same curves that the exporter uses.
 */
import type { AudioBufferSink, Input } from 'mediabunny';
import type { LayerSource, SoundSegment } from '../../../../core/render/layers.ts';
import { gainAt } from '../../../../core/render/picture.ts';
import { secondsFromTicks, ticksFromSeconds, type Ticks } from '../../../../core/time/ticks.ts';
import { peakDb } from '../../../services/trackLevels.ts';
import { startOfFile } from '../decode/startOfFile.ts';

const aheadSeconds = 1.5;
/** What comes or goes while it plays is faded over this much: no click, and at once to the ear. */
const changeSeconds = 0.008;
/** A take that was stepped away from sounds until the next one does, at most so long. */
const mostHeldMs = 600;

interface OpenSound {
  readonly sink: AudioBufferSink;
  readonly offset: number;
}

/** One side of two takes that are compared by ear: both play, one is heard. */
export interface HeardSegment extends SoundSegment {
  readonly side?: 'a' | 'b';
}

/** A segment that plays, or waits for its time. */
interface Voice {
  alive: boolean;
  nodes: AudioBufferSourceNode[];
  /** Opened where the segment comes or goes in the middle of playing. */
  readonly gate: GainNode;
  /** What sounds in its place until it sounds itself. */
  readonly replaces: Voice[];
}

type UrlOf = (source: LayerSource) => string | null;

export class SoundPlayer {
  readonly context = new AudioContext({ sampleRate: 48000, latencyHint: 'interactive' });
  readonly master: GainNode;
  readonly meters: readonly [AnalyserNode, AnalyserNode];
  /** A track's clips meet here on their way to the master. */
  private readonly tracks = new Map<string, AnalyserNode>();
  private readonly samples = new Float32Array(1024);
  private readonly opened = new Map<string, Promise<OpenSound | null>>();
  private readonly inputs: Input[] = [];
  /** By what they are: a segment that stays plays on, whatever else is edited. */
  private voices = new Map<string, Voice>();
  private readonly sides = new Map<string, GainNode>();
  private heard: 'a' | 'b' = 'b';
  private fromTicks: Ticks = 0;
  private zero = 0;

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
  async start(segments: readonly HeardSegment[], fromTicks: Ticks, urlOf: UrlOf): Promise<number> {
    this.stop();
    await this.context.resume();
    this.fromTicks = fromTicks;
    // a touch of lead, so that the first buffers are there when their time comes
    this.zero = this.context.currentTime + 0.08;
    this.update(segments, urlOf);
    return this.zero;
  }

  /**
   * What is to be heard from the start's tick on has changed: what is the same plays on, the rest comes and goes at
   * once.
   */
  update(segments: readonly HeardSegment[], urlOf: UrlOf): void {
    const wanted = new Map(segments.map((segment) => [JSON.stringify(segment), segment]));
    const now = this.context.currentTime;
    const going = new Map([...this.voices].filter(([key]) => !wanted.has(key)));
    const coming = [...wanted]
      .filter(([key]) => !this.voices.has(key))
      .toSorted(([, a], [, b]) => a.startTicks - b.startTicks);
    const queue = coming.map(([key, segment]) => {
      const before = [...going].filter(([own]) => own.startsWith(`{"clipId":${JSON.stringify(segment.clipId)},`));
      for (const [own] of before) going.delete(own);
      const voice: Voice = {
        alive: true,
        nodes: [],
        gate: this.context.createGain(),
        replaces: before.map(([, own]) => own),
      };
      if (now > this.zero) voice.gate.gain.setValueAtTime(0, now);
      for (const [own] of before) this.voices.delete(own);
      for (const own of voice.replaces) setTimeout(() => this.leave(own), mostHeldMs);
      this.voices.set(key, voice);
      return { segment, voice };
    });
    for (const [key, voice] of going) {
      this.voices.delete(key);
      this.leave(voice);
    }
    void this.playInTurn(queue, urlOf);
  }

  private leave(voice: Voice): void {
    if (!voice.alive) return;
    voice.alive = false;
    voice.gate.gain.setTargetAtTime(0, this.context.currentTime, changeSeconds / 3);
    setTimeout(() => silence(voice), 4000 * changeSeconds);
  }

  /** Which of two compared takes is heard: at once, while both play on. */
  setHeard(side: 'a' | 'b'): void {
    this.heard = side;
    for (const [key, gain] of this.sides)
      gain.gain.setTargetAtTime(key.endsWith(side) ? 1 : 0, this.context.currentTime, changeSeconds / 3);
  }

  /** Sample peak of a track as it sounds now, dBFS. */
  trackLevelDb(trackId: string): number {
    const track = this.tracks.get(trackId);
    return track ? peakDb(track, this.samples) : -Infinity;
  }

  /** Each when its time comes near: of a thousand clips, those that wait cost nothing. */
  private async playInTurn(queue: readonly { segment: HeardSegment; voice: Voice }[], urlOf: UrlOf): Promise<void> {
    for (const { segment, voice } of queue) {
      const startsIn = secondsFromTicks(segment.startTicks - this.fromTicks);
      if (startsIn > aheadSeconds) await this.waitUntil(this.zero + startsIn - aheadSeconds, voice);
      if (voice.alive) this.playSegment(segment, voice, urlOf).catch(() => undefined);
    }
  }

  /** Where a segment's sound goes: to its track, through the side that it is of. */
  private busOf({ trackId, side }: HeardSegment): AudioNode {
    const track = this.trackBus(trackId);
    if (side === undefined) return track;
    const key = `${trackId}:${side}`;
    const known = this.sides.get(key);
    if (known) return known;
    const gain = this.context.createGain();
    gain.gain.value = side === this.heard ? 1 : 0;
    gain.connect(track);
    this.sides.set(key, gain);
    return gain;
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
    for (const voice of this.voices.values()) for (const each of [voice, ...voice.replaces]) silence(each);
    this.voices.clear();
  }

  private async playSegment(segment: HeardSegment, voice: Voice, urlOf: UrlOf): Promise<void> {
    const startsIn = secondsFromTicks(segment.startTicks - this.fromTicks);
    const endsIn = startsIn + secondsFromTicks(segment.durationTicks);
    const { zero } = this;
    if (endsIn <= Math.max(0, this.context.currentTime - zero)) return;
    const url = urlOf(segment.source);
    if (!url || !voice.alive) return;
    const sound = await this.open(url);
    if (!sound || !voice.alive) return;
    const gain = this.context.createGain();
    gain.connect(voice.gate);
    voice.gate.connect(this.busOf(segment));
    this.scheduleGain(gain, segment, zero + startsIn);
    const speed = segment.speed.num / segment.speed.den;
    const inSeconds = secondsFromTicks(segment.sourceInTicks) + sound.offset;
    // a segment that comes while it plays begins where the clock is
    const elapsed = Math.max(0, this.context.currentTime - zero);
    const skipped = Math.max(0, elapsed - startsIn) * speed;
    const length = secondsFromTicks(segment.durationTicks) * speed;
    const open = (): void => {
      voice.gate.gain.setTargetAtTime(1, this.context.currentTime, changeSeconds / 3);
      for (const before of voice.replaces.splice(0)) this.leave(before);
    };
    if (segment.reversed) {
      await this.playReversed(sound, gain, inSeconds, length, skipped, speed, zero + startsIn, voice);
      return open();
    }
    for await (const { buffer, timestamp } of sound.sink.buffers(inSeconds + skipped, inSeconds + length)) {
      if (!voice.alive) return;
      const at = zero + startsIn + (timestamp - inSeconds) / speed;
      const late = Math.max(0, this.context.currentTime - at, zero - at, zero + startsIn - at);
      const left = zero + endsIn - (at + late);
      if (late * speed < buffer.duration && left > 0) {
        this.playBuffer(buffer, gain, voice, speed, at + late, late * speed, left * speed);
        open();
      }
      if (at - this.context.currentTime > aheadSeconds) await this.waitUntil(at - aheadSeconds / 2, voice);
    }
  }

  /** A reversed segment is decoded whole and turned round: clips are short, and a stream cannot be read backwards. */
  private async playReversed(
    sound: OpenSound,
    gain: GainNode,
    inSeconds: number,
    length: number,
    skipped: number,
    speed: number,
    at: number,
    voice: Voice,
  ): Promise<void> {
    const whole = this.context.createBuffer(2, Math.max(1, Math.ceil(length * 48000)), 48000);
    for await (const { buffer, timestamp } of sound.sink.buffers(inSeconds, inSeconds + length)) {
      if (!voice.alive) return;
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
    this.playBuffer(whole, gain, voice, speed, at + skipped / speed + late, skipped + late * speed, length);
  }

  private playBuffer(
    buffer: AudioBuffer,
    gain: GainNode,
    voice: Voice,
    speed: number,
    when: number,
    offset: number,
    duration: number,
  ): void {
    const node = this.context.createBufferSource();
    node.buffer = buffer;
    node.playbackRate.value = speed;
    node.connect(gain);
    node.start(when, offset, duration);
    voice.nodes.push(node);
    node.onended = () => {
      voice.nodes = voice.nodes.filter((each) => each !== node);
    };
  }

  /** The curve counts from the segment's start, which sounds at `startTime`. */
  private scheduleGain(gain: GainNode, segment: SoundSegment, startTime: number): void {
    const now = this.context.currentTime;
    gain.gain.setValueAtTime(gainAt(segment, Math.max(0, ticksFromSeconds(now - startTime))), now);
    for (const point of segment.gain) {
      const time = startTime + secondsFromTicks(point.atTicks);
      if (time > now) gain.gain.linearRampToValueAtTime(point.value, time);
    }
  }

  private async waitUntil(time: number, voice: Voice): Promise<void> {
    while (voice.alive && this.context.currentTime < time) await new Promise((resolve) => setTimeout(resolve, 60));
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

function silence(voice: Voice): void {
  voice.alive = false;
  for (const node of voice.nodes) node.stop();
  voice.nodes = [];
  voice.gate.disconnect();
}
