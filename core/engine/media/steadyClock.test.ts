import { expect, it } from 'vitest';
import { correctsJumps, SteadyClock } from './steadyClock.ts';
import { StreamClock } from './streamClock.ts';

const packet = (streamIndex: number, seconds: number | null, duration = 0.04) => ({
  streamIndex,
  pts: seconds,
  dts: seconds,
  duration,
  key: true,
  bytes: 100,
  discarded: false,
});

it('a clock that jumps by more than ten seconds, or back, goes on where it was; a gap stays a gap', () => {
  const clock = new SteadyClock();
  const placed = [0, 0.04, 5, 5.04, 100, 100.04, 3, 3.04].map((seconds) => clock.place(packet(0, seconds)).dts!);
  expect(placed.map((seconds) => Math.round(seconds * 100))).toEqual([0, 4, 500, 504, 508, 512, 516, 520]);
  expect(clock.jumps.map((seconds) => Math.round(seconds * 100))).toEqual([508, 516]);
});

it('all streams follow the stream that jumps first', () => {
  const clock = new SteadyClock();
  clock.place(packet(0, 10));
  clock.place(packet(1, 10.01));
  clock.place(packet(0, 1000));
  expect(clock.place(packet(1, 1000.02)).dts).toBeCloseTo(10.06);
  expect(clock.jumps).toHaveLength(1);
});

it('only formats whose jumps ffmpeg corrects are corrected', () => {
  expect(['mpegts', 'mpeg', 'ogg'].map(correctsJumps)).toEqual([true, true, true]);
  expect(['mov,mp4,m4a,3gp,3g2,mj2', 'matroska,webm', 'flv'].map(correctsJumps)).toEqual([false, false, false]);
});

it('remembers the beginning only: the packets of a day take no more memory', () => {
  const clock = new StreamClock(0);
  const frames = 200_000;
  for (let frame = 0; frame < frames; frame++) clock.push({ ...packet(0, frame / 25), key: frame % 50 === 0 });
  expect(clock.finish()).toMatchObject({ packets: frames, lastSeconds: (frames - 1) / 25, gopFrames: 50 });
  expect(clock.remembered).toBeLessThanOrEqual(500);
});

it('a frame that is held long is neither the rate nor dropped from the end', () => {
  const clock = new StreamClock(0);
  for (let frame = 0; frame < 30; frame++) clock.push(packet(0, frame / 25));
  clock.push(packet(0, 1.2, 5));
  expect(clock.finish()).toMatchObject({ endSeconds: 6.2, usualStepSeconds: expect.closeTo(0.04) });
});

it('milliseconds are seen through: 4, 4, 5 is 240 frames a second', () => {
  const clock = new StreamClock(0);
  for (let frame = 0; frame < 240; frame++) clock.push(packet(0, Math.round((frame * 1000) / 240) / 1000, 0.004));
  const { usualStepSeconds, irregular } = clock.finish()!;
  expect(1 / usualStepSeconds!).toBeCloseTo(240, 0);
  expect(irregular).toBe(false);
});

it('another length of sound blocks that lasts is a change, a single odd block is not', () => {
  const clock = new StreamClock(0);
  for (let block = 0; block < 20; block++) clock.push(packet(0, block, block === 0 ? 0.08 : 0.0213));
  expect(clock.finish()!.blocksChange).toBe(false);
  for (let block = 20; block < 40; block++) clock.push(packet(0, block, 0.0232));
  expect(clock.finish()!.blocksChange).toBe(true);
});

it('lengths of blocks that waver show stamps that were rounded once; the last block may be shorter', () => {
  const waver = (lengths: (block: number) => number) => {
    const clock = new StreamClock(0);
    for (let block = 0; block < 60; block++) clock.push(packet(0, block, lengths(block)));
    return clock.finish()!.lengthsWaver;
  };
  const rounded = (block: number) => Math.round(((block + 1) * 64) / 3) / 1000 - Math.round((block * 64) / 3) / 1000;
  expect(waver(rounded)).toBe(true);
  expect(waver((block) => (block === 1 ? 0.021167 : 0.021333))).toBe(true);
  expect(waver((block) => (block === 59 ? 0.01 : 0.021333))).toBe(false);
});
