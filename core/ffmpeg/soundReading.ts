/**
 * Which samples of a source a stretch of the mix needs, to the sample. Two stretches that continue each other get
 * samples that continue each other, wherever they are cut and at whatever speed.
 */
import { ticksPerSecond, type Ticks } from '../time/ticks.ts';
import type { SoundSegment } from '../render/layers.ts';
import { scaleTicks } from '../render/sourceTime.ts';

/** Samples a second of every mix. */
export const mixRateHz = 48000;
/** Read ahead of the first sample: a lossy decoder needs a few packets before it is right. */
const preRollSamples = mixRateHz / 4;
/** Half the length of the resampler's filter, with room to spare, in samples of the lower of its two rates. */
const filterReach = 64;
/** Above this a resampler is not started on a whole number of steps: the run-up would be too long. */
const longestStep = mixRateHz;

const ticksPerSample = ticksPerSecond / mixRateHz;

/** Samples from the start of time to a tick: differences of it add up exactly. */
export function samplesAt(ticks: Ticks): number {
  return Math.round(ticks / ticksPerSample);
}

/** What to read for a stretch of the mix. All numbers are samples at 48 kHz. */
export interface SoundReading {
  /** Where reading starts: a whole number of samples at the source's own rate too. 0 = the file's start, no seek. */
  readonly seekSample: number;
  /** Read after `seekSample` and thrown away. */
  readonly skip: number;
  /** Samples kept. */
  readonly count: number;
  /** Silence before them: the time before the source's start. */
  readonly silenceBefore: number;
  /** Samples dropped behind the change of speed, which the resampler needs to run up. */
  readonly runUp: number;
}

/** The reading of a segment's samples from `start` up to `end`, in samples of the sequence. */
export function soundReading(
  segment: Pick<SoundSegment, 'startTicks' | 'durationTicks' | 'sourceInTicks' | 'speed' | 'reversed'>,
  { start, end }: { readonly start: number; readonly end: number },
  sampleRateHz: number,
): SoundReading {
  const { num, den } = segment.speed;
  const ratio = num / den;
  const resampled = num !== den;
  const lead = resampled ? Math.ceil(filterReach * Math.max(1, 1 / ratio)) : 0;
  const step = resampled && den <= longestStep ? den : 1;
  // from a multiple of the step every stretch of a clip finds the same fraction of a sample, and rounds it alike
  const from = Math.floor((start - lead) / step) * step;
  const first = Math.round(placeOf(segment, from) - 1e-3);
  const read = Math.ceil(((end - from) * num) / den) + (resampled ? Math.ceil(filterReach * Math.max(1, ratio)) : 0);
  const lowest = segment.reversed ? -first - read + 1 : first;
  const silenceBefore = Math.min(read, Math.max(0, -lowest));
  const wanted = lowest + silenceBefore;
  const grid = mixRateHz / greatestDivisor(mixRateHz, sampleRateHz);
  const seekSample = Math.max(0, Math.floor((wanted - preRollSamples) / grid) * grid);
  return { seekSample, skip: wanted - seekSample, count: read - silenceBefore, silenceBefore, runUp: start - from };
}

/** Place in the source, in samples, of a sample of the sequence; negated where it plays backwards, so that it rises. */
function placeOf(
  { startTicks, durationTicks, sourceInTicks, speed, reversed }: Parameters<typeof soundReading>[0],
  sample: number,
): number {
  const into = ((sample * ticksPerSample - startTicks) * speed.num) / speed.den;
  if (!reversed) return (sourceInTicks + into) / ticksPerSample;
  return 1 - (sourceInTicks + scaleTicks(durationTicks, speed) - into) / ticksPerSample;
}

function greatestDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestDivisor(b, a % b);
}
