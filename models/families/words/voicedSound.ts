/**
 * Cuts a recording into windows for the recogniser: what holds no voice is left out, and windows end where nobody
 * speaks. Whisper invents words where there are none and repeats itself after long silences. Memory holds one window.
 */
import { speechFrameSamples } from '../footage/speech.ts';
import { windowSamples, wordsRateHz } from './logMel.ts';

const frameSamples = speechFrameSamples;
/** Frames of the longest window: 30 s. */
export const mostFrames = Math.floor(windowSamples / frameSamples);

const framesIn = (seconds: number) => Math.round((seconds * wordsRateHz) / frameSamples);
/** Silero's own thresholds: a voice begins at the first and ends below the second. */
const beginsAt = 0.5;
const endsBelow = 0.35;
/** Kept before and after a voice: soft consonants at its edges. */
const around = framesIn(0.35);
/** A shorter voice is a click. */
const shortest = 3;
/** Frames that wait for what follows them. */
const held = around + shortest + 1;
/** A window is not made shorter than this to end in a pause. */
const fewestFrames = framesIn(14);

/** A frame of sound: its place in the recording and how likely it holds a voice. */
export interface VoicedFrame {
  readonly samples: Float32Array;
  /** Frames since the beginning of the recording. */
  readonly place: number;
  readonly probability: number;
}

/** Takes frames in order and gives out windows. */
export class VoicedSound {
  private pending: VoicedFrame[] = [];
  private frames: VoicedFrame[] = [];
  private speaking = false;
  private lastVoice = -Infinity;
  private place = 0;

  /** Frames that were given and not yet taken in a window; those without a voice count no more. */
  get waitingFrames(): number {
    return this.frames.length + this.pending.length;
  }

  /** The next frames of the recording. */
  push(samples: Float32Array, probabilities: Float32Array): void {
    for (const [i, probability] of probabilities.entries()) {
      const frame = new Float32Array(frameSamples);
      frame.set(samples.subarray(i * frameSamples, (i + 1) * frameSamples));
      this.pending.push({ samples: frame, place: this.place++, probability });
    }
    this.settle(Math.max(0, this.pending.length - held));
  }

  /** After the last frame. */
  end(): void {
    this.settle(this.pending.length);
  }

  /** The next whole window; with `rest`, what is left too. null: none yet. */
  take(rest: boolean): readonly VoicedFrame[] | null {
    const { frames } = this;
    if (frames.length === 0 || (frames.length <= mostFrames && !rest)) return null;
    return frames.splice(0, frames.length <= mostFrames ? frames.length : cutAt(frames));
  }

  /** Decides about the first `count` pending frames. */
  private settle(count: number): void {
    const voices = this.voices();
    for (const [i, frame] of this.pending.slice(0, count).entries()) {
      if (voices[i]) this.lastVoice = frame.place;
      const next = voices.slice(i, i + around + 1).includes(true);
      if (next || frame.place - this.lastVoice <= around) this.frames.push(frame);
      this.speaking = this.pending[i]!.probability >= (this.speaking ? endsBelow : beginsAt);
    }
    this.pending = this.pending.slice(count);
  }

  private voices(): readonly boolean[] {
    let speaking = this.speaking;
    const voices = this.pending.map(({ probability }) => (speaking = probability >= (speaking ? endsBelow : beginsAt)));
    for (let from = this.speaking ? voices.indexOf(false) : 0; from >= 0 && from < voices.length; from++) {
      if (!voices[from]) continue;
      const end = voices.indexOf(false, from);
      if (end >= 0 && end - from < shortest) voices.fill(false, from, end);
      from = end < 0 ? voices.length : end;
    }
    return voices;
  }
}

/** Where a window ends best: left-out sound, then the longest pause, then the quietest moment. */
function cutAt(frames: readonly VoicedFrame[]): number {
  const jump = frames.findLastIndex((frame, i) => i > fewestFrames && i <= mostFrames && isJump(frames, i, frame));
  if (jump > 0) return jump;
  let best = { at: 0, length: 1 };
  for (let from = fewestFrames; from < mostFrames; from++) {
    let to = from;
    while (to < mostFrames && frames[to]!.probability < endsBelow) to++;
    if (to - from >= best.length) best = { at: (from + to + 1) >> 1, length: to - from };
    from = Math.max(from, to);
  }
  return best.at > 0 ? best.at : quietestOf(frames);
}

function isJump(frames: readonly VoicedFrame[], i: number, frame: VoicedFrame): boolean {
  return frame.place > frames[i - 1]!.place + 1;
}

function quietestOf(frames: readonly VoicedFrame[]): number {
  const from = mostFrames - framesIn(6);
  const levels = frames.slice(from, mostFrames).map(({ samples }) => samples.reduce((sum, x) => sum + x * x, 0));
  return from + levels.indexOf(Math.min(...levels));
}

/** The window's samples, at most 30 s. */
export function samplesOf(frames: readonly VoicedFrame[]): Float32Array {
  const made = new Float32Array(frames.length * frameSamples);
  for (const [i, { samples }] of frames.entries()) made.set(samples, i * frameSamples);
  return made;
}

/** Of a frame: times are sums of thousandths that are not exact. */
const rounding = 1e-6;

/** Seconds of the recording at a moment of a window. `isEnd`: of what ends there, not of what begins. */
export function recordingSeconds(frames: readonly VoicedFrame[], windowSeconds: number, isEnd: boolean): number {
  const at = (windowSeconds * wordsRateHz) / frameSamples;
  const index = Math.min(
    frames.length - 1,
    Math.max(0, isEnd ? Math.ceil(at - rounding) - 1 : Math.floor(at + rounding)),
  );
  return ((frames[index]!.place + Math.min(1, Math.max(0, at - index))) * frameSamples) / wordsRateHz;
}
