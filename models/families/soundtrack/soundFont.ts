/**
 * Plays a score with a SoundFont (SF2, SF3) through spessasynth_core. Levels, panning and reverb are those of the
 * built-in instruments.
 */
import { BasicSoundBank, MIDIControllers, SoundBankLoader, SpessaLog, SpessaSynthProcessor } from 'spessasynth_core';
import { LoudnessMeter } from './loudness.ts';
import { BuiltInPlayer, type MusicPlayer } from './musicRender.ts';
import type { RenderOrder, Stroke, Voice } from './musicScore.ts';
import { tracks, type Track } from './musicTokens.ts';
import { Room } from './room.ts';

const rate = 48000;
/** Samples rendered at once: the step of envelopes and vibrato. */
const stepSamples = 128;
/** Polyphony. Every voice costs time in every step, in use or not; an orchestra with its tails needs fewer than 60. */
const mostVoices = 128;

type FontVoice = Exclude<Voice, 'BOOM'>;
/** MIDI channels: one per voice, so that each has its own level and panning. Channels from 9 on are drums here. */
const channels: Readonly<Record<FontVoice, number>> = {
  MEL: 0,
  ARP: 1,
  PAD: 2,
  BASS: 3,
  TONIC: 4,
  KICK: 5,
  SNARE: 6,
  HAT: 7,
  TOM: 8,
  SHAKER: 9,
  CYMBAL: 10,
};
const voices = Object.keys(channels) as FontVoice[];
/** General MIDI 1 keys of the drums. */
const drumKeys = { KICK: 36, SNARE: 38, HAT: 42, TOM: 45, SHAKER: 70, CYMBAL: 49 } as const;
/** The orchestra kit, in which keys F2 to F3 are timpani. */
const orchestraKit = 48;

/** A parsed SoundFont. */
export interface SoundFont {
  /** The name in the file. */
  readonly name: string;
  /** The copyright line in the file, or the first line of its comment; '' if it has neither. */
  readonly copyright: string;
  readonly presetCount: number;
  readonly bank: BasicSoundBank;
}

/** Parses a SoundFont. Throws an Error whose message can follow 'name: '. */
export async function openSoundFont(bytes: ArrayBuffer): Promise<SoundFont> {
  SpessaLog.setLogLevel(false, false, false);
  await BasicSoundBank.isSF3DecoderReady;
  const words = new DataView(bytes);
  const word = (at: number): string =>
    bytes.byteLength < at + 4 ? '' : String.fromCharCode(...new Uint8Array(bytes, at, 4));
  if (word(0) !== 'RIFF' || word(8) !== 'sfbk') throw new Error('it is not a SoundFont (.sf2 or .sf3)');
  if (words.getUint32(4, true) + 8 > bytes.byteLength)
    throw new Error(`it is cut short: ${bytes.byteLength} of ${words.getUint32(4, true) + 8} bytes`);
  let bank: BasicSoundBank;
  try {
    bank = SoundBankLoader.fromArrayBuffer(bytes);
  } catch (error) {
    throw new Error(`it is damaged (${error instanceof Error ? error.message : String(error)})`, { cause: error });
  }
  if (bank.presets.length === 0 || bank.samples.length === 0) throw new Error('there are no instruments in it');
  if (!bank.presets.some((preset) => !preset.isDrum)) throw new Error('there are only drums in it');
  const { name, copyright, comment } = bank.soundBankInfo;
  return {
    name: name.trim(),
    copyright: (copyright ?? comment?.split('\n')[0] ?? '').trim(),
    presetCount: bank.presets.length,
    bank,
  };
}

interface Press {
  readonly start: number;
  readonly channel: number;
  readonly key: number;
  /** 0 releases the note. */
  readonly velocity: number;
}

interface Part {
  readonly channel: number;
  readonly room: number;
  /** Linear gain that matches the SoundFont's instrument to the built-in one, times the seat's level. */
  readonly gain: number;
}

/** SoundFont 2.04, 8.4.1: attenuation follows velocity by a concave curve, amplitude (v / 127)^2. */
const midiVelocity = (amplitude: number): number =>
  Math.max(1, Math.min(127, Math.round(127 * Math.sqrt(Math.min(1, amplitude)))));

/** The player of a SoundFont. Samples are decoded on first use and kept, so memory does not grow with length. */
export class SoundFontPlayer implements MusicPlayer {
  private readonly synth: SpessaSynthProcessor;
  private readonly presses: readonly Press[];
  private readonly parts: readonly Part[];
  private readonly booms: BuiltInPlayer;
  private readonly room = new Room();
  private next = 0;
  private at = 0;

  private constructor(
    synth: SpessaSynthProcessor,
    presses: readonly Press[],
    parts: readonly Part[],
    booms: BuiltInPlayer,
  ) {
    this.synth = synth;
    this.booms = booms;
    this.presses = presses;
    this.parts = parts;
  }

  /** Opens a player for a piece; `strokes` are in order of time. */
  static async open(font: SoundFont, strokes: readonly Stroke[], order: RenderOrder): Promise<SoundFontPlayer> {
    const synth = new SpessaSynthProcessor(rate, {
      effectsEnabled: false,
      eventsEnabled: false,
      maxBufferSize: stepSamples,
    });
    await synth.processorInitialized;
    synth.setSystemParameter('voiceCap', mostVoices);
    synth.soundBankManager.addSoundBank(font.bank, 'main');
    synth.onMissingPreset = () => font.bank.presets.find((preset) => !preset.isDrum);
    const parts: Part[] = [];
    const presses: Press[] = [];
    for (const voice of voices) {
      const own = strokes.filter((stroke) => stroke.voice === voice);
      const [first] = own;
      if (!first) continue;
      const channel = channels[voice];
      const { program, drumKey } = instrumentOf(voice, order);
      synth.midiChannels[channel]!.setDrums(drumKey !== null);
      synth.programChange(channel, program);
      synth.controllerChange(channel, MIDIControllers.pan, Math.round(64 + 63 * first.pan));
      for (const stroke of own) {
        const key = drumKey ?? Math.max(0, Math.min(127, stroke.pitch));
        const end = stroke.start + Math.max(stepSamples, Math.round(stroke.seconds * rate));
        presses.push(
          { start: stroke.start, channel, key, velocity: midiVelocity(stroke.velocity) },
          { start: end, channel, key, velocity: 0 },
        );
      }
      parts.push({ channel, room: first.room, gain: first.level * matchedGain(synth, channel, voice, first, order) });
    }
    // at equal times, note-offs come before note-ons
    presses.sort((a, b) => a.start - b.start || a.velocity - b.velocity);
    return new SoundFontPlayer(
      synth,
      presses,
      parts,
      new BuiltInPlayer(strokes.filter((stroke) => stroke.voice === 'BOOM')),
    );
  }

  render(left: Float32Array, right: Float32Array): void {
    const count = left.length;
    const { outputs, sink } = outputsOf(
      this.parts.map(({ channel }) => channel),
      count,
    );
    for (let at = 0; at < count;) {
      for (
        let press = this.presses[this.next];
        press && press.start <= this.at + at;
        press = this.presses[++this.next]
      ) {
        if (press.velocity > 0) this.synth.noteOn(press.channel, press.key, press.velocity);
        else this.synth.noteOff(press.channel, press.key);
      }
      const due = this.presses[this.next]?.start ?? Infinity;
      const run = Math.min(stepSamples, count - at, due - this.at - at);
      this.synth.processSplit(outputs, sink, sink, at, run);
      at += run;
    }
    this.at += count;
    const send = new Float32Array(count);
    this.booms.render(left, right);
    for (const { channel, gain, room } of this.parts) {
      const [ownLeft, ownRight] = outputs[channel] as [Float32Array, Float32Array];
      for (let i = 0; i < count; i++) {
        const l = gain * ownLeft[i]!;
        const r = gain * ownRight[i]!;
        left[i] = left[i]! + l;
        right[i] = right[i]! + r;
        send[i] = send[i]! + (l + r) * Math.SQRT1_2 * room;
      }
    }
    this.room.add(send, left, right);
  }
}

function outputsOf(used: readonly number[], count: number): { outputs: Float32Array[][]; sink: Float32Array } {
  const sink = new Float32Array(count);
  const outputs = Array.from({ length: voices.length }, (_, channel) =>
    used.includes(channel) ? [new Float32Array(count), new Float32Array(count)] : [sink, sink],
  );
  return { outputs, sink };
}

/** The instrument of a voice. `drumKey` is the key that plays a drum; null for pitched voices. */
function instrumentOf(
  voice: FontVoice,
  { ensemble, keySemitones }: RenderOrder,
): { program: number; drumKey: number | null } {
  if (voice === 'TONIC') return { program: 0, drumKey: null };
  if (isTrack(voice)) return { program: ensemble.seats[voice].program, drumKey: null };
  if (voice === 'CYMBAL') return { program: 0, drumKey: drumKeys.CYMBAL };
  const { program } = ensemble.kit;
  // timpani are tuned to the piece
  if (voice === 'TOM' && program === orchestraKit) return { program, drumKey: 41 + ((keySemitones + 7 + 12) % 12) };
  return { program, drumKey: drumKeys[voice] };
}

const isTrack = (voice: FontVoice): voice is Track => (tracks as readonly string[]).includes(voice);

/** Largest correction, dB: an instrument that the SoundFont lacks must not be amplified to its noise. */
const mostDb = 18;
/** The trial note, long enough for a pad to swell. */
const trial = { seconds: 1.5, velocity: 0.75 };
/** MIDI pitches in the middle of each track's range. */
const trialPitches: Readonly<Record<Track, readonly number[]>> = {
  MEL: [65, 72, 79],
  ARP: [57, 64, 71],
  PAD: [53, 60, 67],
  BASS: [34, 38, 43],
};

/**
 * Linear gain that gives a SoundFont's instrument the loudness (BS.1770) of the built-in one, measured on the same
 * trial notes. SoundFonts differ in level, and the mix is balanced for the built-in instruments.
 */
function matchedGain(
  synth: SpessaSynthProcessor,
  channel: number,
  voice: FontVoice,
  stroke: Stroke,
  order: RenderOrder,
): number {
  const { drumKey } = instrumentOf(voice, order);
  const misses: number[] = [];
  const compare = (built: Float32Array, key: number): void => {
    const meant = loudnessOfBuiltIn(built, stroke.pan);
    const made = loudnessOfKey(synth, channel, key);
    if (Number.isFinite(meant) && Number.isFinite(made)) misses.push(meant - made);
  };
  if (isTrack(voice)) {
    const { play, octaves } = order.ensemble.seats[voice];
    for (const pitch of trialPitches[voice].map((each) => each + 12 * (octaves ?? 0)))
      compare(play(pitch, trial.seconds), pitch);
  } else compare(stroke.make(), drumKey ?? stroke.pitch);
  if (misses.length === 0) return 1;
  const db = misses.reduce((a, b) => a + b, 0) / misses.length;
  return 10 ** (Math.max(-mostDb, Math.min(mostDb, db)) / 20);
}

function loudnessOfBuiltIn(built: Float32Array, pan: number): number {
  const meter = new LoudnessMeter();
  const angle = ((1 + pan) * Math.PI) / 4;
  const mono = new Float32Array(trial.seconds * rate);
  mono.set(built.subarray(0, mono.length));
  const [left, right] = [mono.slice(), mono];
  for (let i = 0; i < mono.length; i++) {
    left[i] = left[i]! * trial.velocity * Math.cos(angle);
    right[i] = right[i]! * trial.velocity * Math.sin(angle);
  }
  meter.push(left, right);
  return meter.integrated;
}

function loudnessOfKey(synth: SpessaSynthProcessor, channel: number, key: number): number {
  const count = trial.seconds * rate;
  const { outputs, sink } = outputsOf([channel], count);
  synth.noteOn(channel, key, midiVelocity(trial.velocity));
  for (let at = 0; at < count; at += stepSamples)
    synth.processSplit(outputs, sink, sink, at, Math.min(stepSamples, count - at));
  synth.stopAllChannels(true);
  const meter = new LoudnessMeter();
  meter.push(outputs[channel]![0]!, outputs[channel]![1]!);
  return meter.integrated;
}
