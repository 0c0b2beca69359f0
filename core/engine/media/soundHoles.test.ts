import { expect, test } from 'vitest';
import type { Packet } from '../../ffmpeg/packet.ts';
import { SoundHoles } from './soundHoles.ts';

const block = 1024 / 48000;
const packet = (pts: number | null, duration: number | null = block): Packet => ({
  streamIndex: 0,
  pts,
  dts: pts,
  duration,
  key: true,
  bytes: 100,
  discarded: false,
});

function holesOf(packets: readonly Packet[]): readonly number[] {
  const holes = new SoundHoles();
  for (const each of packets) holes.push(each);
  return holes.found;
}

test('blocks that follow each other leave no hole, whatever their clock rounds to', () => {
  const rounded = Array.from({ length: 500 }, (_, index) => packet(Math.round(index * block * 1000) / 1000));
  expect(holesOf(rounded)).toEqual([]);
});

test('a hole is where the block before it ends, from one lost block on', () => {
  const all = Array.from({ length: 500 }, (_, index) => packet(index * block));
  expect(holesOf(all.filter((_, index) => index !== 100))).toEqual([100 * block]);
  expect(holesOf(all.filter((_, index) => index < 200 || index >= 217))).toEqual([expect.closeTo(200 * block, 6)]);
});

test('packets that say nothing of their time are passed over, and times that go back open no hole', () => {
  expect(holesOf([packet(0), packet(null), packet(block), packet(2 * block, null)])).toEqual([]);
  expect(holesOf([packet(10 * block), packet(0), packet(block), packet(11 * block)])).toEqual([]);
});
