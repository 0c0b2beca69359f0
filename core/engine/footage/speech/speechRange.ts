/** Which samples of a sound are cleaned: whole ones, at its own rate and at 48 kHz. */
import type { AudioFacts } from '../../../disk/facts.ts';
import { mixRateHz } from '../../../ffmpeg/soundReading.ts';
import { ticksPerSecond, type TickRange, type Ticks } from '../../../time/ticks.ts';

function commonDivisor(a: number, b: number): number {
  return b === 0 ? a : commonDivisor(b, a % b);
}

/** The range, grown so that it begins where both rates have a sample and ends on one of the sound's own. */
export function onSamples({ startTicks, durationTicks }: TickRange, { sampleRateHz }: AudioFacts): TickRange {
  const stepsPerSecond = commonDivisor(mixRateHz, sampleRateHz);
  const start = Math.floor((startTicks * stepsPerSecond) / ticksPerSecond);
  const firstTicks: Ticks = Math.round((start * ticksPerSecond) / stepsPerSecond);
  const samples = samplesOf({ durationTicks: startTicks + durationTicks - firstTicks }, sampleRateHz);
  return { startTicks: firstTicks, durationTicks: Math.round((samples * ticksPerSecond) / sampleRateHz) };
}

/** Samples that cover a length. */
export function samplesOf({ durationTicks }: Pick<TickRange, 'durationTicks'>, rateHz: number): number {
  // lengths in ticks are rounded: a thousandth of a sample is no sample
  return Math.max(1, Math.ceil((durationTicks / ticksPerSecond) * rateHz - 0.001));
}

/** The sound stream that is asked for, or the first. */
export function soundOf(sounds: readonly AudioFacts[], streamIndex: number | null): AudioFacts | undefined {
  return sounds.find((sound) => sound.streamIndex === streamIndex) ?? sounds[0];
}
