import { expect, it } from 'vitest';
import type { Packet } from '../../ffmpeg/packet.ts';
import { StreamClock } from './streamClock.ts';

const packet = (changes: Partial<Packet>): Packet =>
  ({ streamIndex: 0, pts: null, dts: null, duration: null, key: false, discarded: false, ...changes }) as Packet;

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
