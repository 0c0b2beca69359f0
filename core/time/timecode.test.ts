import { describe, expect, it } from 'vitest';
import { frameAtTicks, ticksAtFrame } from './ticks.ts';
import { droppedLabels, formatTimecode, parseTimecode, readTimecode } from './timecode.ts';

const ntsc = { num: 30000, den: 1001 };
const ntscFilm = { num: 24000, den: 1001 };
const fast = { num: 60000, den: 1001 };
const pal = { num: 25, den: 1 };

/** Labels of SMPTE ST 12-1 and the frames they stand for. */
const labels: readonly [string, number, typeof ntsc][] = [
  ['00:00:59;29', 1799, ntsc],
  ['00:01:00;02', 1800, ntsc],
  ['00:09:59;29', 17981, ntsc],
  ['00:10:00;00', 17982, ntsc],
  ['00:11:00;02', 19782, ntsc],
  ['01:00:00;00', 107892, ntsc],
  ['23:59:59;29', 2589407, ntsc],
  ['00:01:00;04', 3600, fast],
  ['00:10:00;00', 35964, fast],
  ['01:00:00;00', 215784, fast],
];

describe('drop-frame timecode', () => {
  it.each(labels)('%s is frame %i', (label, frame, rate) => {
    expect(frameAtTicks(parseTimecode(label, rate)!, rate)).toBe(frame);
    expect(formatTimecode(ticksAtFrame(frame, rate), rate, true)).toBe(label);
  });
  it('comes back as the same frame, each frame of twenty-one minutes having a label of its own', () => {
    for (const rate of [ntsc, fast]) {
      const seen = new Set<string>();
      const count = Math.round(21 * 60 * (rate.num / rate.den));
      for (let frame = 0; frame < count; frame += frame % 1700 < 60 ? 1 : 7) {
        const label = formatTimecode(ticksAtFrame(frame, rate), rate, true);
        if (frameAtTicks(parseTimecode(label, rate)!, rate) !== frame) expect.fail(`${label} is not frame ${frame}`);
        seen.add(label);
      }
      expect(seen.size).toBeGreaterThan(5000);
    }
  });
  it('keeps to the clock: after a day it is less than a tenth of a second off', () => {
    const ticks = parseTimecode('23:59:59;29', ntsc)!;
    expect(Math.abs(ticks / 705_600_000 - 86_400)).toBeLessThan(0.13);
  });
  it('has no label 0 or 1 in a minute that drops them', () => {
    for (const text of ['00:01:00;00', '00:01:00;01', '01:59:00;01', '1:00;01'])
      expect(readTimecode(text, ntsc), text).toBe('droppedLabel');
    expect(readTimecode('00:01:00;03', fast)).toBe('droppedLabel');
    expect(readTimecode('00:01:00:00', ntsc)).toBe(ticksAtFrame(1800, ntsc));
  });
  it('exists at 29.97 and 59.94 alone', () => {
    expect([ntsc, fast, ntscFilm, pal, { num: 30, den: 1 }].map(droppedLabels)).toEqual([2, 4, 0, 0, 0]);
    for (const rate of [ntscFilm, pal, { num: 30, den: 1 }])
      expect(readTimecode('00:10:00;00', rate)).toBe('noDropFrame');
    expect(formatTimecode(ticksAtFrame(15000, pal), pal, true)).toBe('00:10:00:00');
  });
  it('is also written with semicolons throughout, with a full stop, and short', () => {
    for (const text of ['00;10;00;00', '00:10:00.00', '10:00;00'])
      expect(parseTimecode(text, ntsc), text).toBe(ticksAtFrame(17982, ntsc));
  });
});

describe('plain timecode', () => {
  it('counts every frame', () => {
    expect(parseTimecode('00:10:00:00', ntsc)).toBe(ticksAtFrame(18000, ntsc));
    expect(formatTimecode(ticksAtFrame(18000, ntsc), ntsc)).toBe('00:10:00:00');
    expect(parseTimecode('12:05', pal)).toBe(ticksAtFrame(305, pal));
    expect(parseTimecode('7.5', pal)).toBe(ticksAtFrame(188, pal));
  });
  it('is nothing else', () => {
    for (const text of ['', ':', '1:', '1:2:3:4:5', '1:60:00', '00:00:00:25', '1.5:2', '12.5.3', 'x'])
      expect(readTimecode(text, pal), text).toBe('notTime');
  });
});
