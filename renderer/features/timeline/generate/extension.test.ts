import { describe, expect, it } from 'vitest';
import { secondsFromTicks, ticksFromSeconds } from '../../../../core/time/ticks.ts';
import { findClipIn, activeSequence } from '../../../../core/document/query.ts';
import { testDocument } from '../gestures/gestureTester.ts';
import { extensionRange, extensionSource } from './extension.ts';

const document = testDocument([{ id: 'a', track: 'v1', at: 0, to: 10, from: 50 }]);
const clip = findClipIn(activeSequence(document), 'a')!.clip;
const span = (range: { startTicks: number; durationTicks: number } | null) =>
  range && [secondsFromTicks(range.startTicks), secondsFromTicks(range.durationTicks)];

describe('an extension', () => {
  it('is made from the last seconds before the edge', () => {
    expect(span(extensionSource(document, clip, 'out'))).toEqual([56, 4]);
    expect(span(extensionSource(document, clip, 'in'))).toEqual([50, 4]);
  });

  it('of a reversed clip, the other end of the file is beside the edge', () => {
    expect(span(extensionSource(document, { ...clip, reversed: true }, 'out'))).toEqual([50, 4]);
  });

  it('of a title there is none', () => {
    expect(extensionSource(document, { ...clip, reference: { kind: 'solid', color: '#000' } }, 'out')).toBeNull();
  });

  it('begins where the clip ends, not where its source does', () => {
    const offer = {
      clipId: 'a',
      trackId: 'v1',
      edge: 'out',
      startTicks: ticksFromSeconds(10.02),
      durationTicks: ticksFromSeconds(2),
    } as const;
    expect(span(extensionRange(offer, clip))![0]).toBe(10);
    expect(
      span(
        extensionRange(
          { ...offer, edge: 'in', startTicks: ticksFromSeconds(1) },
          { startTicks: ticksFromSeconds(3), durationTicks: 1 },
        ),
      ),
    ).toEqual([1, 2]);
  });
});
