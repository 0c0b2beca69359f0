import { expect, it } from 'vitest';
import type { Packet } from '../../ffmpeg/packet.ts';
import { StreamClock } from './streamClock.ts';

const packet = (changes: Partial<Packet>): Packet =>
  ({
    streamIndex: 0,
    pts: null,
    dts: null,
    duration: null,
    bytes: 100,
    key: false,
    discarded: false,
    ...changes,
  }) as Packet;

it('a single longer frame is not part of the rate', () => {
  const clock = new StreamClock(0);
  clock.push(packet({ pts: 0, dts: 0, key: true }));
  for (let frame = 1; frame < 60; frame++)
    clock.push(packet({ pts: frame * 0.04 + 0.0066, dts: frame * 0.04 + 0.0066 }));
  expect(clock.finish()!.usualStepSeconds).toBeCloseTo(0.04, 6);
});

it('rounded distances are averaged', () => {
  const clock = new StreamClock(0);
  for (let frame = 0; frame < 240; frame++) {
    const pts = Math.round((frame * 1000) / 240) / 1000;
    clock.push(packet({ pts, dts: pts }));
  }
  expect(1 / clock.finish()!.usualStepSeconds!).toBeCloseTo(240, 0);
});

it('where frames lack presentation times, those that the decoder holds back still come', () => {
  const clock = new StreamClock(1);
  for (let frame = 0; frame < 50; frame++) {
    const dts = frame * 0.04;
    clock.push(packet({ dts, pts: frame % 3 === 1 ? null : dts, duration: 0.04 }));
  }
  expect(clock.finish()!.endSeconds).toBeCloseTo(51 * 0.04, 6);
});

it('frames without any time, many to a block of a program stream, are counted on from the one that has a time', () => {
  const clock = new StreamClock(2);
  clock.push(packet({ pts: 0.58, dts: 0.5, duration: 0.04, key: true }));
  for (let frame = 1; frame < 60; frame++) clock.push(packet({ duration: 0.04 }));
  const time = clock.finish()!;
  expect([time.firstSeconds, time.endSeconds]).toEqual([0.58, expect.closeTo(0.58 + 60 * 0.04, 6)]);
});

it('a last packet is short only where all others have one size', () => {
  const lastIsShort = (...sizes: number[]) => {
    const clock = new StreamClock(0);
    sizes.forEach((bytes, index) => clock.push(packet({ pts: index, dts: index, bytes })));
    return clock.finish()!.lastIsShort;
  };
  expect(lastIsShort(...Array<number>(9).fill(768), 30)).toBe(true);
  expect(lastIsShort(...Array<number>(10).fill(768))).toBe(false);
  expect(lastIsShort(417, 418, 418, 417, 418, 418, 417, 418, 417)).toBe(false);
  expect(lastIsShort(400, 90, 300, 500, 200, 310, 420, 380, 60)).toBe(false);
});
