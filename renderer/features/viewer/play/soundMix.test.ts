import { expect, it } from 'vitest';
import { ticksFromSeconds, type Ticks } from '../../../../core/time/ticks.ts';
import { soundRateHz, type HeardSegment } from './soundMessages.ts';
import { mixSegment, needOf, type Block, type SoundReader } from './soundMix.ts';

const segment = (patch: Partial<HeardSegment> = {}): HeardSegment => ({
  clipId: 'c',
  trackId: 'a1',
  source: { kind: 'media', id: 'm' },
  startTicks: 0,
  durationTicks: ticksFromSeconds(1),
  sourceInTicks: 0,
  speed: { num: 1, den: 1 },
  reversed: false,
  gain: [{ atTicks: 0, value: 1 }],
  ...patch,
});

/** A source whose every frame is its own number (left) and its negative (right). */
const counting = (rateHz = soundRateHz): SoundReader => ({
  rateHz,
  copy(fromFrame, left, right) {
    for (let index = 0; index < left.length; index += 1) {
      left[index] = Math.max(0, fromFrame + index);
      right[index] = -left[index]!;
    }
    return true;
  },
});

function mixed(of: HeardSegment, fromFrame: number, frames: number, rateHz = soundRateHz, fromTicks: Ticks = 0) {
  const block: Block = { fromFrame, left: new Float32Array(frames), right: new Float32Array(frames) };
  const need = needOf(of, fromTicks, fromFrame, frames);
  if (need) mixSegment(block, of, need, counting(rateHz), 0, fromTicks);
  return { left: [...block.left], right: [...block.right] };
}

it('puts every sample of the source at its own place', () => {
  expect(mixed(segment(), 100, 4)).toEqual({ left: [100, 101, 102, 103], right: [-100, -101, -102, -103] });
});

it('starts and ends to the sample', () => {
  const late = segment({
    startTicks: ticksFromSeconds(2 / soundRateHz),
    durationTicks: ticksFromSeconds(3 / soundRateHz),
  });
  expect(mixed(late, 0, 8).left).toEqual([0, 0, 0, 1, 2, 0, 0, 0]);
  expect(needOf(late, 0, 5, 8)).toBe(null);
});

it('counts from the tick where playing began', () => {
  const at = ticksFromSeconds(0.5);
  expect(mixed(segment(), 0, 3, soundRateHz, at).left).toEqual([24000, 24001, 24002]);
});

it('plays faster, slower, and at the rate of the source', () => {
  expect(mixed(segment({ speed: { num: 2, den: 1 } }), 10, 3).left).toEqual([20, 22, 24]);
  const slow = mixed(segment({ speed: { num: 1, den: 2 } }), 20, 4).left;
  slow.forEach((value, index) => expect(value).toBeCloseTo(10 + index / 2, 3));
  const resampled = mixed(segment(), 480, 3, 44_100).left;
  resampled.forEach((value, index) => expect(value).toBeCloseTo((480 + index) * (44_100 / 48_000), 2));
});

it('plays backwards from the end', () => {
  const back = mixed(segment({ reversed: true }), 0, 3).left;
  expect(back).toEqual([48000, 47999, 47998]);
});

it('follows the gain curve', () => {
  const fade = segment({
    gain: [
      { atTicks: 0, value: 0 },
      { atTicks: ticksFromSeconds(1), value: 1 },
    ],
  });
  const [value] = mixed(fade, 24_000, 1).left;
  expect(value! / 24_000).toBeCloseTo(0.5, 4);
});
