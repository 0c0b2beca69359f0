import { expect, it } from 'vitest';
import { ticksFromSeconds } from '../../../../core/time/ticks.ts';
import type { OpenSound } from './soundFile.ts';
import { SoundFeed } from './soundFeed.ts';
import type { FeedReport, FeedSegment, OutputOrder } from './soundMessages.ts';
import { eventually } from '../../../../core/time/testing/eventually.ts';

/** A mono file of one value, decoded in samples of a tenth of a second. */
function constantSound(value: number): OpenSound {
  return {
    rateHz: 48_000,
    offsetSeconds: 0,
    close: () => undefined,
    sink: {
      async *samples(from = 0) {
        for (let frame = Math.floor((from * 48_000) / 4800) * 4800; ; frame += 4800)
          yield {
            timestamp: frame / 48_000,
            sampleRate: 48_000,
            numberOfFrames: 4800,
            numberOfChannels: 1,
            copyTo: (plane: Float32Array) => plane.fill(value),
            close: () => undefined,
          };
      },
    } as unknown as OpenSound['sink'],
  };
}

const segment = (url: string, patch: Partial<FeedSegment> = {}): FeedSegment => ({
  clipId: url,
  trackId: 'a1',
  source: { kind: 'media', id: url },
  url,
  startTicks: 0,
  durationTicks: ticksFromSeconds(100),
  sourceInTicks: ticksFromSeconds(1),
  speed: { num: 1, den: 1 },
  reversed: false,
  gain: [{ atTicks: 0, value: 1 }],
  ...patch,
});

function feedOf(open: (url: string) => Promise<OpenSound | null>) {
  const orders: OutputOrder[] = [];
  const reports: FeedReport[] = [];
  const feed = new SoundFeed({
    open,
    report: (report) => reports.push(report),
    play: (order) => orders.push(order),
  });
  const blocks = () => orders.filter((order) => order.kind === 'block');
  const end = () => Math.max(0, ...blocks().map((block) => block.fromFrame + block.left.length));
  return { feed, orders, reports, blocks, end };
}

it('fills the lead, begins once the first sound is there, and goes on as it is played', async () => {
  const { feed, orders, blocks, end } = feedOf(async () => constantSound(0.5));
  feed.start(1, 0, [segment('one')], 'b');
  await eventually(() => expect(end()).toBeGreaterThanOrEqual(60_000));
  const begin = orders.findIndex((order) => order.kind === 'begin');
  expect(begin).toBeGreaterThanOrEqual(Math.floor(9600 / 1024));
  expect(blocks().every((block) => block.left.every((value) => value === 0.5))).toBe(true);
  const before = end();
  feed.moved({ run: 1, frame: 30_000 });
  await eventually(() => expect(end()).toBeGreaterThanOrEqual(before + 29_000));
  feed.stop();
});

it('replaces what waits when something changes, just ahead of what is played', async () => {
  const { feed, blocks, end } = feedOf(async (url) => constantSound(url === 'one' ? 0.25 : 0.75));
  feed.start(1, 0, [segment('one')], 'b');
  await eventually(() => expect(end()).toBeGreaterThanOrEqual(60_000));
  feed.moved({ run: 1, frame: 5000 });
  const count = blocks().length;
  feed.change([segment('two')], 'b');
  await eventually(() =>
    expect(
      blocks()
        .slice(count)
        .some((block) => block.left.at(-1) === 0.75),
    ).toBe(true),
  );
  const first = blocks()
    .slice(count)
    .find((block) => block.left[0] === 0.75)!;
  expect(first.fromFrame).toBeGreaterThan(5000);
  expect(first.fromFrame).toBeLessThan(5000 + 9600);
  feed.stop();
});

it('hears one side of two compared takes', async () => {
  const { feed, blocks, end } = feedOf(async (url) => constantSound(url === 'one' ? 0.25 : 0.75));
  feed.start(1, 0, [segment('one', { side: 'a' }), segment('two', { side: 'b' })], 'a');
  await eventually(() => expect(end()).toBeGreaterThan(0));
  expect(blocks()[0]!.left[500]).toBe(0.25);
  feed.stop();
});

it('says which file it cannot decode, and plays the rest', async () => {
  const { feed, blocks, reports, end } = feedOf(async (url) => (url === 'bad' ? null : constantSound(0.5)));
  feed.start(1, 0, [segment('bad'), segment('good')], 'b');
  await eventually(() => expect(end()).toBeGreaterThan(0));
  expect(reports).toContainEqual({ kind: 'undecodable', url: 'bad' });
  expect(blocks()[0]!.left[500]).toBe(0.5);
  feed.stop();
});

it('skips what was missed while it could not keep up', async () => {
  const { feed, blocks, end } = feedOf(async () => constantSound(0.5));
  feed.start(1, 0, [segment('one')], 'b');
  await eventually(() => expect(end()).toBeGreaterThanOrEqual(60_000));
  feed.moved({ run: 1, frame: 200_000 });
  await eventually(() => expect(end()).toBeGreaterThanOrEqual(250_000));
  expect(blocks().some((block) => block.fromFrame >= 70_000 && block.fromFrame < 200_000)).toBe(false);
  feed.stop();
});
