import { expect, it } from 'vitest';
import type { Seen, SeenLook } from '../../contract/seen.ts';
import type { Clip } from '../../document/schema.ts';
import { createClip } from '../../document/create.ts';
import { ticksFromSeconds } from '../../time/ticks.ts';
import { positionAt } from '../positionPath.ts';
import { reframeClip } from './reframeClip.ts';
import { fewestPoints, smoothPath } from './smoothPath.ts';
import { wishesOf } from './subjects.ts';

const source = { width: 1600, height: 900 };
const frame = { width: 900, height: 1600 };
/** Share of the source's width that the frame shows. */
const shown = (900 / 1600) * (900 / 1600);
const person = (middle: number, width = 0.1, score = 0.8) =>
  ({ name: 'person', score, box: [middle - width / 2, 0.2, width, 0.7] }) as SeenLook['things'][number];

function seenOf(seconds: number, thingsAt: (at: number) => SeenLook['things'], cuts: Seen['cuts'] = []): Seen {
  const looks = Array.from({ length: seconds * 2 }, (_, i) => ({
    ticks: ticksFromSeconds(i / 2),
    things: thingsAt(i / 2),
  }));
  return { version: 1, durationTicks: ticksFromSeconds(seconds), cuts, looks, moments: [] };
}

const clipOf = (seconds: number): Clip =>
  createClip('clip', { kind: 'media', mediaId: 'm' }, 0, ticksFromSeconds(seconds));

/** Which part of the source's width the frame shows at a time. */
function partAt({ transform, positionKeys }: ReturnType<typeof reframeClip>, at: number): [number, number] {
  const { x } = positionKeys.length > 0 ? positionAt(positionKeys, ticksFromSeconds(at)) : transform;
  const middle = 0.5 - x / (source.width * (1600 / 900));
  return [middle - shown / 2, middle + shown / 2];
}

it('somebody who stands is in the frame without a single key', () => {
  const made = reframeClip(
    clipOf(8),
    source,
    frame,
    seenOf(8, (at) => [person(0.8 + 0.01 * Math.sin(at * 3))]),
  );
  expect(made.positionKeys).toEqual([]);
  const [from, to] = partAt(made, 0);
  expect(from).toBeLessThan(0.75);
  expect(to).toBeGreaterThan(0.85);
  expect(made.transform.scale).toBeCloseTo((1600 / 900) ** 2, 3);
});

it('somebody who walks stays in the frame all the while, and the frame never leaves the picture', () => {
  const at = (time: number) => Math.min(0.95, 0.05 + 0.11 * time);
  const made = reframeClip(
    clipOf(10),
    source,
    frame,
    seenOf(10, (time) => [person(at(time), 0.08)]),
  );
  for (let time = 0; time < 9.5; time += 0.1) {
    const [from, to] = partAt(made, time);
    expect(from).toBeGreaterThan(-0.002);
    expect(to).toBeLessThan(1.002);
    expect(at(time)).toBeGreaterThan(from);
    expect(at(time)).toBeLessThan(to);
  }
  expect(made.positionKeys.length).toBeLessThan(14);
});

it('a wavering detector moves nothing: the path turns seldom', () => {
  const noise = (i: number) => 0.03 * Math.sin(i * 12.9898) * Math.cos(i * 7.1);
  const made = reframeClip(
    clipOf(12),
    source,
    frame,
    seenOf(12, (time) => [person(0.3 + 0.03 * time + noise(time))]),
  );
  const places = Array.from({ length: 110 }, (_, i) => partAt(made, i / 10)[0]);
  const turns = places.slice(2).filter((place, i) => (place - places[i + 1]!) * (places[i + 1]! - places[i]!) < -1e-9);
  expect(turns.length).toBeLessThanOrEqual(1);
});

it('at a cut the frame jumps: each shot has its own place from its first frame on', () => {
  const cut = ticksFromSeconds(4);
  const made = reframeClip(
    clipOf(8),
    source,
    frame,
    seenOf(8, (time) => [person(time < 4 ? 0.2 : 0.8)], [{ ticks: cut, kind: 'cut' }]),
  );
  expect(partAt(made, 3.97)[1]).toBeLessThan(0.4);
  expect(partAt(made, 4)[0]).toBeGreaterThan(0.6);
  expect(made.positionKeys.map(({ ease }) => ease)).toEqual(['hold', 'smooth']);
});

it('where nothing is found, or nothing is known, the middle is shown and said to be', () => {
  for (const seen of [null, seenOf(4, () => [])]) {
    const made = reframeClip(clipOf(4), source, frame, seen);
    expect([made.followed, made.positionKeys, made.transform.x]).toEqual([0, [], 0]);
  }
  expect(reframeClip(clipOf(4), source, { width: 320, height: 180 }, null).followed).toBe(1);
});

it('people go before things, the nearer before the farther, and two who fit are both kept', () => {
  const axis = { along: 'x', shown: 0.3 } as const;
  const dog = { name: 'dog', score: 0.9, box: [0.6, 0.5, 0.2, 0.3] } as SeenLook['things'][number];
  const middle = (...things: SeenLook['things']) => wishesOf([{ ticks: 0, things }], axis)[0]!.middle;
  expect(middle(dog, person(0.3))).toBeCloseTo(0.3, 9);
  expect(middle(person(0.3), person(0.42))).toBeCloseTo(0.36, 9);
  expect(middle(person(0.2, 0.2), person(0.8, 0.05))).toBeCloseTo(0.2, 9);
  expect(middle({ name: 'chair', score: 0.9, box: [0.8, 0.5, 0.1, 0.4] })).toBeNull();
});

it('the path stands where it can: within the zone nothing moves', () => {
  expect(new Set(smoothPath([0.4, 0.42, 0.41, 0.44, 0.4], 0.05, 0.5)).size).toBe(1);
  const line = [0, 0.25, 0.5, 0.75, 1].map((at) => ({ at, value: 2 * at }));
  expect(fewestPoints(line, 0.01)).toEqual([line[0], line[4]]);
});
