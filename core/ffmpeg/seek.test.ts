import { expect, it } from 'vitest';
import { seekToSlot, type SeekFacts } from './seek.ts';

const film: SeekFacts = {
  formatName: 'mov,mp4,m4a,3gp,3g2,mj2',
  rate: { num: 25, den: 1 },
  gopFrames: 50,
  startSeconds: 0,
  originSeconds: 0,
  fieldOrder: 'progressive',
  clockJumps: false,
  untimedFrames: 0,
  fromFirstFrame: false,
};

/** The time that ffmpeg is sent to, s. */
function target(slot: number, facts: SeekFacts, fromBeginning = false): number | null {
  const option = seekToSlot(slot, facts, fromBeginning).inputOptions.find(([name]) => name === 'ss');
  return option ? Number(option[1]) : null;
}

it('lands before key frames whose decoding time lies before the wanted frame', () => {
  expect(target(100, film)).toBeCloseTo((100 - 12) / 25, 6);
  expect(target(100, { ...film, gopFrames: 1 })).toBe(4);
  expect(target(100, { ...film, formatName: 'matroska,webm' })).toBe(4);
});

it('reads from the beginning where key frames do not stand alone', () => {
  expect(target(100, { ...film, fromFirstFrame: true })).toBeNull();
});

it('reads frames without a time from the beginning, and those far behind them after a seek', () => {
  expect(target(100, { ...film, untimedFrames: 250 })).toBeNull();
  expect(target(20, { ...film, untimedFrames: 10 })).toBeNull();
  expect(target(100, { ...film, untimedFrames: 10 })).toBeCloseTo((100 - 12) / 25, 6);
});

it('counts from where it lands', () => {
  for (const slot of [40, 100, 249]) {
    const { skipSeconds } = seekToSlot(slot, film, false);
    expect(target(slot, film)! + skipSeconds).toBeCloseTo(slot / 25, 6);
  }
});

it('starts ten seconds before without an index, and at the beginning where key frames may be further apart', () => {
  const stream = { ...film, formatName: 'flv' };
  expect(target(1000, stream)).toBe(30);
  expect(target(1000, { ...stream, gopFrames: 500 })).toBeNull();
  expect(target(1000, { ...stream, gopFrames: null })).toBeNull();
});

it('goes to the same frame where time 0 lies behind the start that ffmpeg seeks from', () => {
  const shifted = { ...film, originSeconds: 0.0213 };
  // times are then those of time 0, so that what is left from the target on is less by as much
  expect(target(100, shifted)! - target(100, film)!).toBeCloseTo(0.0213, 6);
  expect(seekToSlot(100, shifted, false).skipSeconds).toBeCloseTo(seekToSlot(100, film, false).skipSeconds - 0.0213, 6);
  const broadcast = { ...shifted, formatName: 'mpegts' };
  expect(target(0, broadcast)).toBeCloseTo(0.021301, 6);
  expect(seekToSlot(0, { ...broadcast, clockJumps: true }, false)).toMatchObject({ inputOptions: [], skipSeconds: 0 });
});

it('sends ffmpeg to whole milliseconds where a container has nothing finer', () => {
  const ntsc = { ...film, formatName: 'matroska,webm', rate: { num: 30000, den: 1001 } };
  expect((target(100, ntsc)! * 1000) % 1).toBeCloseTo(0, 9);
});

it('keeps the late start of a stream that ffmpeg would count from itself', () => {
  const late = { ...film, formatName: 'mpegts', startSeconds: 0.72 };
  expect(target(0, late)).toBeCloseTo(0.720001, 6);
  expect(seekToSlot(0, late, false)).toMatchObject({ fromBeginning: true });
  expect(seekToSlot(0, late, false).skipSeconds).toBeCloseTo(-0.720001, 6);
});
