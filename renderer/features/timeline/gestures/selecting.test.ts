import { describe, expect, it } from 'vitest';
import { ticksFromSeconds } from '../../../../core/time/ticks.ts';
import { GestureTester } from './gestureTester.ts';

const shots = () =>
  new GestureTester([
    { id: 'a', track: 'v1', at: 0, to: 2 },
    { id: 'b', track: 'v1', at: 2, to: 4, link: 'pair' },
    { id: 'c', track: 'v1', at: 6, to: 8 },
    { id: 'sound', track: 'a1', at: 2, to: 4, link: 'pair' },
  ]);

describe('selecting', () => {
  it('a click selects a clip and what is linked to it', () => {
    expect(shots().click('v1', 3).session.selection.clipIds).toEqual(['b', 'sound']);
  });

  it('without linked selection only the clip itself', () => {
    const test = shots();
    test.session.linkedSelection = false;
    expect(test.click('v1', 3).session.selection.clipIds).toEqual(['b']);
  });

  it('Shift adds, and takes away again', () => {
    const test = shots().click('v1', 1).click('v1', 7, { shift: true });
    expect(test.session.selection.clipIds).toEqual(['a', 'c']);
    expect(test.click('v1', 1, { shift: true }).session.selection.clipIds).toEqual(['c']);
  });

  it('a click on one of several selected clips leaves that one', () => {
    expect(shots().click('v1', 1).click('v1', 7, { shift: true }).click('v1', 1).session.selection.clipIds).toEqual([
      'a',
    ]);
  });

  it('a click on an empty place selects the gap there and nothing else', () => {
    const test = shots().click('v1', 1).click('v1', 5);
    expect(test.session.selection).toMatchObject({
      clipIds: [],
      gap: { trackId: 'v1', startTicks: ticksFromSeconds(4), durationTicks: ticksFromSeconds(2) },
    });
  });

  it('past the last clip there is no gap, a click clears the selection', () => {
    expect(shots().click('v1', 1).click('v1', 11).session.selection).toMatchObject({ clipIds: [], gap: null });
  });

  it('a rectangle selects what it touches on the lanes it crosses', () => {
    const test = shots().hover('v1', 5).down().moveTo('a1', 3.5);
    expect(test.gesture).toBe('marquee');
    expect([...test.up().session.selection.clipIds].sort()).toEqual(['b', 'sound']);
  });

  it('with Shift a rectangle adds', () => {
    const test = shots().click('v1', 1).hover('v1', 5).down({ shift: true }).moveTo('v1', 6.5).up();
    expect(test.session.selection.clipIds).toEqual(['a', 'c']);
  });

  it('changes nothing of the document', () => {
    expect(shots().click('v1', 1).hover('v1', 5).down().moveTo('v1', 0.5).up().ran).toEqual([]);
  });
});
