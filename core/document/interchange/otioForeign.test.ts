/** What other programs write into OpenTimelineIO beyond its plainest form. */
import { describe, expect, test } from 'vitest';
import { ticksPerSecond as second } from '../../time/ticks.ts';
import { activeSequence } from '../query.ts';
import { importOtioWithNotices, type KnownMedia } from './otio.ts';
import { exactFraction } from './otioSpeed.ts';

const time = (value: number, rate = 25) => ({ OTIO_SCHEMA: 'RationalTime.1', value, rate });
const range = (start: number, duration: number) => ({
  OTIO_SCHEMA: 'TimeRange.1',
  start_time: time(start),
  duration: time(duration),
});
const hour = 90_000;
const clip = (source: object, more: { available?: object | null; effects?: object[]; name?: string } = {}) => ({
  OTIO_SCHEMA: 'Clip.1',
  name: more.name ?? 'a',
  source_range: source,
  media_reference: {
    OTIO_SCHEMA: 'ExternalReference.1',
    target_url: '/films/tc.mov',
    available_range: more.available === undefined ? range(hour, 250) : more.available,
  },
  effects: more.effects ?? [],
});
const timeline = (clips: object[], name = 'T') => ({
  OTIO_SCHEMA: 'Timeline.1',
  name,
  tracks: { OTIO_SCHEMA: 'Stack.1', children: [{ OTIO_SCHEMA: 'Track.1', kind: 'Video', children: clips }] },
});
const warp = (time_scalar: number) => ({ OTIO_SCHEMA: 'LinearTimeWarp.1', time_scalar });

function read(root: object | string, known: Record<string, KnownMedia> = {}) {
  const text = typeof root === 'string' ? root : JSON.stringify(root);
  const { document, notices } = importOtioWithNotices(text, 'x.otio', { known: new Map(Object.entries(known)) });
  const { clips } = activeSequence(document).tracks[0]!;
  const look = clips.map(({ startTicks, durationTicks, sourceInTicks }) =>
    [startTicks, durationTicks, sourceInTicks].map((ticks) => (ticks / second) * 25),
  );
  return { clips, look, notices };
}

describe('the text', () => {
  const plain = JSON.stringify(timeline([clip(range(hour, 50))]));
  test('may begin with a byte order mark', () => {
    expect(read(`\ufeff${plain}`).look).toEqual([[0, 50, 0]]);
  });
  test.each(['NaN', 'Infinity', '-Infinity', 'Inf', '-Inf'])('may hold %s, which is no JSON', (word) => {
    expect(read(plain.replace('"effects":[]', `"metadata":{"x":[${word}, 1]}`)).look).toEqual([[0, 50, 0]]);
  });
  test('keeps such words inside of strings', () => {
    const named = timeline([clip(range(hour, 50), { name: 'NaN "-Infinity", \\' })]);
    expect(read(JSON.stringify(named).replace('"effects":[]', '"x":NaN')).clips[0]!.name).toBe('NaN "-Infinity", \\');
  });
  test('that is broken is refused', () => {
    expect(() => read(plain.slice(0, -1))).toThrow(/no OpenTimelineIO file/);
  });
});

test('of several timelines the first is imported, and the others are named, however deep they lie', () => {
  const collection = (children: object[]) => ({ OTIO_SCHEMA: 'SerializableCollection.1', name: 'c', children });
  const one = timeline([clip(range(hour, 50))], 'One');
  const root = collection([collection([one]), timeline([], 'Two'), collection([timeline([], 'Three')])]);
  expect(read(root)).toMatchObject({
    look: [[0, 50, 0]],
    notices: ["'x.otio' holds 3 timelines: 'One' was imported, not 'Two', 'Three'."],
  });
  expect(read(collection([one])).notices).toEqual([]);
});

describe('a source that begins before its media', () => {
  test('leaves a gap there, and what follows stays in place', () => {
    expect(read(timeline([clip(range(hour - 10, 50)), clip(range(hour, 5))]))).toMatchObject({
      look: [
        [10, 40, 0],
        [50, 5, 0],
      ],
      notices: [],
    });
  });
  test('plays the empty part as fast as the rest: at double speed half as long, backwards at the end', () => {
    expect(read(timeline([clip(range(hour - 10, 50), { effects: [warp(2)] })])).look).toEqual([[5, 45, 0]]);
    expect(read(timeline([clip(range(hour - 10, 50), { effects: [warp(-2)] })])).look).toEqual([[0, 45, 0]]);
  });
  test('and ends before it becomes a gap, with a word', () => {
    const { look, notices } = read(timeline([clip(range(hour - 60, 50)), clip(range(hour, 5))]));
    expect(look).toEqual([[50, 5, 0]]);
    expect(notices).toEqual(["'a' shows nothing of its media, which begins later: a gap was left in its place."]);
  });
  test('by less than doubles can hold begins with it', () => {
    expect(read(timeline([clip(range(hour - 1e-9, 50))])).look).toEqual([[0, 50, 0]]);
  });
});

describe('media whose available range the timeline does not state', () => {
  const known = (timecodeTicks: number | null) => ({ '/films/tc.mov': { timecodeTicks, durationTicks: 10 * second } });
  const tcNull = timeline([clip(range(hour + 100, 50), { available: null })]);
  test('count from the start time code of their file', () => {
    expect(read(tcNull, known(3600 * second))).toMatchObject({ look: [[0, 50, 100]], notices: [] });
  });
  test('count from zero where the file has no time code, or a later one', () => {
    const fromZero = timeline([clip(range(100, 50), { available: null })]);
    expect(read(fromZero, known(null)).look).toEqual([[0, 50, 100]]);
    expect(read(fromZero, known(3600 * second)).look).toEqual([[0, 50, 100]]);
  });
});

test('a source that runs past the end of its media gets a notice, and its content does not move', () => {
  const known = { '/films/tc.mov': { timecodeTicks: null, durationTicks: 10 * second } };
  expect(read(timeline([clip(range(hour + 225, 50))]), known)).toMatchObject({
    look: [[0, 50, 225]],
    notices: ["'a' needs 1.00 s more than its media has: its last frame is held."],
  });
  expect(read(timeline([clip(range(hour + 200, 50))]), known).notices).toEqual([]);
  // at double speed twice as much of the source is played
  expect(read(timeline([clip(range(hour + 200, 50), { effects: [warp(2)] })]), known).notices).toHaveLength(1);
});

describe('speeds', () => {
  test.each([
    [24000 / 1001 / 25, 960, 1001],
    [25 / (24000 / 1001), 1001, 960],
    [30000 / 1001 / 24, 1250, 1001],
    [1 / 3, 1, 3],
    [0.7, 7, 10],
    [2, 2, 1],
    [1.0005, 2001, 2000],
    [99.99, 9999, 100],
  ])('%f is the fraction %i/%i', (scalar, num, den) => {
    expect(exactFraction(scalar)).toEqual({ num, den });
  });
  test('that are no fraction of a million are as near as doubles of an hour need', () => {
    for (const scalar of [Math.PI / 3, Math.SQRT2, Math.E / 10]) {
      const { num, den } = exactFraction(scalar);
      expect(den).toBeLessThanOrEqual(1_000_000);
      expect(Math.abs(num / den - scalar) * 3600 * 25).toBeLessThan(0.001);
    }
  });
  test('of several time warps are multiplied', () => {
    const [one] = read(timeline([clip(range(hour, 50), { effects: [warp(-0.5), warp(3)] })])).clips;
    expect(one).toMatchObject({ speed: { num: 3, den: 2 }, reversed: true });
  });
});
