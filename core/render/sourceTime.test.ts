import { expect, test } from 'vitest';
import type { Clip } from '../document/schema.ts';
import { ticksAtFrame } from '../time/ticks.ts';
import { clipTicksAt, referenceTicksAt } from './sourceTime.ts';

const rate = { num: 25, den: 1 };

test.each([false, true])('the tick at which a clip shows a moment of its source, reversed: %s', (reversed) => {
  const clip = {
    startTicks: ticksAtFrame(40, rate),
    durationTicks: ticksAtFrame(20, rate),
    sourceInTicks: ticksAtFrame(100, rate),
    speed: { num: 2, den: 1 },
    reversed,
  } as Clip;
  for (const frame of [40, 47, 59]) {
    const at = ticksAtFrame(frame, rate);
    expect(clipTicksAt(clip, referenceTicksAt(clip, at, rate), rate)).toBe(at);
  }
});
