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

it('frames without any time before the first that has one come before it', () => {
  const clock = new StreamClock(2);
  // as Matroska stores three groups of pictures whose clock begins at -0.16 s
  for (const pts of [null, null, null, null, 0.12, 0.04, 0, 0.08, 0.28, 0.2, 0.16, 0.24])
    clock.push(packet({ pts, dts: pts === null || pts === 0.12 ? null : pts, duration: 0.04 }));
  const time = clock.finish()!;
  expect(time).toMatchObject({ untimedFrames: 4, firstSeconds: expect.closeTo(-0.16, 6), timesLackOrder: false });
  const sound = new StreamClock(0, false);
  for (const pts of [null, 0.02, 0.04]) sound.push(packet({ pts, dts: pts, duration: 0.02 }));
  expect(sound.finish()).toMatchObject({ untimedFrames: 0, firstSeconds: 0.02 });
});

it('frames that a decoder puts into order are not stored in the order of their times', () => {
  const lacksOrder = (reordered: number, late: number) => {
    const clock = new StreamClock(reordered);
    for (let frame = 0; frame < 10; frame++) clock.push(packet({ pts: frame + (frame % 2) * late, dts: frame }));
    return clock.finish()!.timesLackOrder;
  };
  expect([lacksOrder(2, 0), lacksOrder(0, 0), lacksOrder(2, 2)]).toEqual([true, false, false]);
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
