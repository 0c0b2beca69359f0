import { expect, it } from 'vitest';
import { ticksFromSeconds, ticksPerFrame } from '../../core/time/ticks.ts';
import { placeSource } from './threePoint.ts';

const s = ticksFromSeconds;
const rate = { num: 25, den: 1 };
const source = { inTicks: null, outTicks: null, durationTicks: s(10), defaultTicks: s(5) };
const sequence = { inTicks: null, outTicks: null, playheadTicks: s(20), rate };

it('puts the whole source at the playhead when nothing is marked', () => {
  expect(placeSource(source, sequence)).toEqual({ sourceInTicks: 0, startTicks: s(20), durationTicks: s(10) });
});

it('takes what lies between the in and out points of the source', () => {
  const marked = { ...source, inTicks: s(2), outTicks: s(5) };
  expect(placeSource(marked, sequence)).toEqual({ sourceInTicks: s(2), startTicks: s(20), durationTicks: s(3) });
});

it('starts at the in point of the sequence, ends at its out point', () => {
  const marked = { ...source, inTicks: s(2), outTicks: s(5) };
  expect(placeSource(marked, { ...sequence, inTicks: s(7) }).startTicks).toBe(s(7));
  expect(placeSource(marked, { ...sequence, outTicks: s(7) })).toEqual({
    sourceInTicks: s(2),
    startTicks: s(4),
    durationTicks: s(3),
  });
});

it('loses its head where it would begin before the timeline', () => {
  const marked = { ...source, inTicks: s(2), outTicks: s(5) };
  expect(placeSource(marked, { ...sequence, outTicks: s(1) })).toEqual({
    sourceInTicks: s(4),
    startTicks: 0,
    durationTicks: s(1),
  });
});

it('fills in to out of the sequence, from the in point or back from the out point of the source', () => {
  const range = { ...sequence, inTicks: s(7), outTicks: s(9) };
  expect(placeSource({ ...source, inTicks: s(3) }, range)).toEqual({
    sourceInTicks: s(3),
    startTicks: s(7),
    durationTicks: s(2),
  });
  expect(placeSource({ ...source, outTicks: s(6) }, range).sourceInTicks).toBe(s(4));
  // four points: the source's out point gives way
  expect(placeSource({ ...source, inTicks: s(3), outTicks: s(4) }, range).durationTicks).toBe(s(2));
});

it('never asks for more than the source has', () => {
  const range = { ...sequence, inTicks: s(7), outTicks: s(9) };
  expect(placeSource({ ...source, inTicks: s(9) }, range).durationTicks).toBe(s(1));
  expect(placeSource({ ...source, outTicks: s(1) }, range)).toMatchObject({ sourceInTicks: 0, durationTicks: s(2) });
});

it('lets a still stand as long as it is needed', () => {
  const still = { ...source, durationTicks: null };
  expect(placeSource(still, sequence).durationTicks).toBe(s(5));
  expect(placeSource(still, { ...sequence, inTicks: 0, outTicks: s(30) }).durationTicks).toBe(s(30));
});

it('starts and lasts whole frames, one at least', () => {
  const short = { ...source, inTicks: s(1), outTicks: s(1.01) };
  const placed = placeSource(short, { ...sequence, playheadTicks: s(1.03) });
  expect(placed.durationTicks).toBe(ticksPerFrame(rate));
  expect(placed.startTicks % ticksPerFrame(rate)).toBe(0);
});
