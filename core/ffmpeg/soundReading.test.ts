import { describe, expect, it } from 'vitest';
import { ticksFromSeconds } from '../time/ticks.ts';
import { mixRateHz, soundReading, type SoundReading } from './soundReading.ts';

interface Played {
  readonly speed: { readonly num: number; readonly den: number };
  readonly reversed: boolean;
}

/** Ten seconds from 3.21 s of the source, at 1.5 s of the sequence: neither lies on a sample. */
function segmentOf({ speed, reversed }: Played) {
  return {
    startTicks: ticksFromSeconds(1.5) + 777,
    durationTicks: ticksFromSeconds(10),
    sourceInTicks: ticksFromSeconds(3.21) + 123,
    speed,
    reversed,
  };
}

/** Sample of the source at which a reading begins, in the direction in which it is played. */
function beginning({ seekSample, skip, count, silenceBefore }: SoundReading, reversed: boolean): number {
  return reversed ? seekSample + skip + count - 1 : seekSample + skip - silenceBefore;
}

describe('readings', () => {
  it.each([44100, 48000, 22050, 11025, 8000, 96000])('start on a whole sample of %i Hz as well', (rateHz) => {
    const segment = segmentOf({ speed: { num: 1, den: 1 }, reversed: false });
    for (let start = 100_000; start < 100_500; start += 7) {
      const { seekSample, skip } = soundReading(segment, { start, end: start + 1000 }, rateHz);
      expect((seekSample * rateHz) % mixRateHz).toBe(0);
      expect(skip).toBeGreaterThanOrEqual(mixRateHz / 4);
    }
  });

  it.each([
    { speed: { num: 1, den: 1 }, reversed: false },
    { speed: { num: 1, den: 1 }, reversed: true },
    { speed: { num: 7, den: 10 }, reversed: false },
    { speed: { num: 1001, den: 1000 }, reversed: false },
    { speed: { num: 3, den: 7 }, reversed: true },
    { speed: { num: 16, den: 1 }, reversed: false },
  ])('of stretches that continue each other continue each other: %o', (played) => {
    const segment = segmentOf(played);
    const { num, den } = played.speed;
    const whole = soundReading(segment, { start: 72_010, end: 120_000 }, 48000);
    const place = (reading: SoundReading, start: number) => {
      const from = beginning(reading, played.reversed);
      const steps = ((start - reading.runUp) * num) / den;
      return played.reversed ? from + steps : from - steps;
    };
    for (let start = 72_010; start < 119_000; start += 4_321) {
      const part = soundReading(segment, { start, end: start + 999 }, 48000);
      // the same line through the source, to the sample and its fraction
      expect(place(part, start)).toBeCloseTo(place(whole, 72_010), 6);
    }
  });

  it('before the source begins there is silence, not another sample', () => {
    const segment = { ...segmentOf({ speed: { num: 1, den: 2 }, reversed: false }), sourceInTicks: 0 };
    const reading = soundReading(segment, { start: 72_010, end: 80_000 }, 48000);
    expect(reading).toMatchObject({ seekSample: 0, skip: 0 });
    expect(reading.silenceBefore).toBeGreaterThan(0);
    expect(reading.silenceBefore + reading.count).toBeGreaterThanOrEqual((80_000 - 72_010) / 2);
  });
});
