/** Mixes what sounds in one block. Pure: the decoded sound comes through `SoundReader`. */
import { gainAt } from '../../../../core/render/picture.ts';
import { endTicks, secondsFromTicks, ticksPerSecond, type Ticks } from '../../../../core/time/ticks.ts';
import { soundRateHz, type HeardSegment } from './soundMessages.ts';

const ticksPerFrame = ticksPerSecond / soundRateHz;
/** The gain curve is followed in steps of so many frames, with straight lines between. */
const gainStep = 64;
/** Frames before and after a place that the interpolation reads. */
const margin = 2;

/** Decoded sound, addressed by frames of the source's own rate. */
export interface SoundReader {
  readonly rateHz: number;
  /** Copies frames from `fromFrame` on; what is not decoded is silent. False when some of it was not decoded. */
  copy(fromFrame: number, left: Float32Array, right: Float32Array): boolean;
}

export interface Block {
  readonly fromFrame: number;
  readonly left: Float32Array<ArrayBuffer>;
  readonly right: Float32Array<ArrayBuffer>;
}

/** Frames of the source that a segment needs for the block; null where it does not sound. Seconds of the file. */
export interface Need {
  /** First and one past the last frame of the block that it fills. */
  readonly first: number;
  readonly end: number;
  /** Where in the source (s) those two lie; falling where it plays backwards. */
  readonly fromSeconds: number;
  readonly toSeconds: number;
}

/** `fromTicks`: the sequence's tick of frame 0. */
export function needOf(segment: HeardSegment, fromTicks: Ticks, fromFrame: number, frames: number): Need | null {
  const frameAt = (ticks: Ticks) => (ticks - fromTicks) / ticksPerFrame;
  const first = Math.max(fromFrame, Math.ceil(frameAt(segment.startTicks)));
  const end = Math.min(fromFrame + frames, Math.ceil(frameAt(endTicks(segment))));
  if (end <= first) return null;
  const speed = segment.speed.num / segment.speed.den;
  const length = secondsFromTicks(segment.durationTicks) * speed;
  const secondsAt = (frame: number) => {
    const into = secondsFromTicks(fromTicks + frame * ticksPerFrame - segment.startTicks) * speed;
    return secondsFromTicks(segment.sourceInTicks) + (segment.reversed ? length - into : into);
  };
  return { first, end, fromSeconds: secondsAt(first), toSeconds: secondsAt(end) };
}

/** The source's frames for a need, with what interpolation reads on both sides. */
export function sourceFrames(need: Need, offsetSeconds: number, rateHz: number): { from: number; to: number } {
  const a = (need.fromSeconds + offsetSeconds) * rateHz;
  const b = (need.toSeconds + offsetSeconds) * rateHz;
  return { from: Math.floor(Math.min(a, b)) - margin, to: Math.ceil(Math.max(a, b)) + margin };
}

/** Adds a segment's part to the block; answers its sample peak, and whether all of it had been decoded. */
export function mixSegment(
  block: Block,
  segment: HeardSegment,
  need: Need,
  reader: SoundReader,
  offsetSeconds: number,
  fromTicks: Ticks,
): { readonly peak: number; readonly whole: boolean } {
  const { from, to } = sourceFrames(need, offsetSeconds, reader.rateHz);
  const left = new Float32Array(to - from + 1);
  const right = new Float32Array(to - from + 1);
  const whole = reader.copy(from, left, right);
  const count = need.end - need.first;
  const start = (need.fromSeconds + offsetSeconds) * reader.rateHz - from;
  const step = ((need.toSeconds - need.fromSeconds) * reader.rateHz) / count;
  const gainOf = (frame: number) => gainAt(segment, Math.round(fromTicks + frame * ticksPerFrame) - segment.startTicks);
  let peak = 0;
  let gain = gainOf(need.first);
  for (let done = 0; done < count; done += gainStep) {
    const stepFrames = Math.min(gainStep, count - done);
    const nextGain = gainOf(need.first + done + stepFrames);
    for (let index = 0; index < stepFrames; index += 1) {
      const place = start + (done + index) * step;
      const level = gain + ((nextGain - gain) * index) / stepFrames;
      const l = interpolate(left, place) * level;
      const r = interpolate(right, place) * level;
      const at = need.first + done + index - block.fromFrame;
      block.left[at]! += l;
      block.right[at]! += r;
      peak = Math.max(peak, Math.abs(l), Math.abs(r));
    }
    gain = nextGain;
  }
  return { peak, whole };
}

/** Cubic (Catmull-Rom) between samples; exact on a sample. */
function interpolate(samples: Float32Array, place: number): number {
  const index = Math.floor(place + 1e-6);
  const part = Math.max(0, place - index);
  const b = samples[index] ?? 0;
  if (part < 1e-6) return b;
  const a = samples[index - 1] ?? b;
  const c = samples[index + 1] ?? 0;
  const d = samples[index + 2] ?? c;
  return b + 0.5 * part * (c - a + part * (2 * a - 5 * b + 4 * c - d + part * (3 * (b - c) + d - a)));
}
