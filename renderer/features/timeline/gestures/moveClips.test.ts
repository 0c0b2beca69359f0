import { describe, expect, it } from 'vitest';
import { ticksFromSeconds } from '../../../../core/time/ticks.ts';
import { GestureTester } from './gestureTester.ts';
import { nudgeEffect } from './moveClips.ts';

const shots = () =>
  new GestureTester([
    { id: 'a', track: 'v1', at: 0, to: 2 },
    { id: 'b', track: 'v1', at: 4, to: 6, link: 'pair' },
    { id: 'c', track: 'v1', at: 8, to: 10 },
    { id: 'sound', track: 'a1', at: 4, to: 6, link: 'pair' },
  ]);

describe('moving clips', () => {
  it('is one command, whatever the way', () => {
    const test = shots().hover('v1', 1).down().moveTo('v1', 2).moveTo('v1', 2.5).moveTo('v1', 3).up();
    expect(test.ran).toEqual(['moveClips']);
    expect(test.place('a')).toBe('v1 2..4');
  });

  it('a hand that hardly moves was a click', () => {
    expect(shots().hover('v1', 1).down().moveTo('v1', 1.03).up().ran).toEqual([]);
  });

  it('takes linked clips along', () => {
    const test = shots().hover('v1', 5).down().moveTo('v1', 5.5).up();
    expect([test.place('b'), test.place('sound')]).toEqual(['v1 4.5..6.5', 'a1 4.5..6.5']);
  });

  it('takes them along also when only one of them is selected: links are whole until they are undone', () => {
    const test = shots();
    test.session.linkedSelection = false;
    test.hover('v1', 5).down().moveTo('v1', 5.5).up();
    expect(test.session.selection.clipIds).toEqual(['b']);
    expect([test.place('b'), test.place('sound')]).toEqual(['v1 4.5..6.5', 'a1 4.5..6.5']);
  });

  it('goes to another track of its kind; its sound stays on its own', () => {
    const test = shots().hover('v1', 5).down().moveTo('v2', 5.5).up();
    expect([test.place('b'), test.place('sound')]).toEqual(['v2 4.5..6.5', 'a1 4.5..6.5']);
  });

  it('does not go to a track of another kind', () => {
    expect(shots().hover('v1', 1).down().moveTo('a1', 2).up().place('a')).toBe('v1 1..3');
  });

  it('does not go to a locked track, nor from one', () => {
    const test = shots();
    test.document = structuredClone(test.document);
    Object.values(test.document.sequences)[0]!.tracks.find((track) => track.id === 'v2')!.locked = true;
    expect(test.hover('v1', 1).down().moveTo('v2', 1.5).up().place('a')).toBe('v1 0.5..2.5');
    expect(shotsLocked().hover('v1', 1).down().moveTo('v1', 3).up().ran).toEqual([]);
  });

  it('never starts before zero', () => {
    expect(shots().hover('v1', 5).down().moveTo('v1', -3).up().place('b')).toBe('v1 0..2');
  });

  it('moves all that is selected, keeping their distances', () => {
    const test = shots().click('v1', 1).click('v1', 9, { shift: true }).hover('v1', 9).down().moveTo('v2', 10).up();
    expect([test.place('a'), test.place('c')]).toEqual(['v2 1..3', 'v2 9..11']);
  });

  it('covers what it lies on; with Ctrl or Alt it makes room', () => {
    const covering = shots().hover('v1', 1).down().moveTo('v1', 9.5).up();
    expect(covering.clips('v1')).toEqual(['v1 4..6', 'v1 8..8.5', 'v1 8.5..10.5']);
    const inserting = shots().hover('v1', 1).down().moveTo('v1', 9, { ctrl: true }).up();
    expect(inserting.clips('v1')).toEqual(['v1 4..6', 'v1 8..10', 'v1 10..12']);
  });

  it('lands on frames', () => {
    const test = shots().hover('v1', 1).down().moveTo('v1', 3.017).up();
    expect(test.clip('a').startTicks % ticksFromSeconds(1 / 30)).toBe(0);
  });

  it('Esc leaves everything as it was', () => {
    const test = shots().hover('v1', 1).down().moveTo('v1', 3);
    expect(test.preview.pending?.name).toBe('moveClips');
    expect(test.escape().up().ran).toEqual([]);
    expect(test.place('a')).toBe('v1 0..2');
  });

  it('follows the lanes when they scroll under a resting hand', () => {
    const test = shots().hover('v1', 1).down().moveTo('v1', 2);
    test.session.scrollTicks = ticksFromSeconds(1);
    test.hover('v1', 3);
    expect(test.up().place('a')).toBe('v1 2..4');
  });
});

describe('snapping while moving', () => {
  const snapping = () => {
    const test = shots();
    test.session.snapping = true;
    return test;
  };

  it('the end snaps to another clip, and says to which', () => {
    const test = snapping().hover('v1', 1).down().moveTo('v1', 2.95);
    expect(test.preview.snap).toMatchObject({ kind: 'clip', ticks: ticksFromSeconds(4) });
    expect(test.up().place('a')).toBe('v1 2..4');
  });

  it('the playhead wins over a clip at the same tick', () => {
    const test = snapping();
    test.session.playheadTicks = ticksFromSeconds(4);
    expect(test.hover('v1', 1).down().moveTo('v1', 2.95).preview.snap?.kind).toBe('playhead');
  });

  it('reaches eight pixels, not more', () => {
    expect(snapping().hover('v1', 1).down().moveTo('v1', 2.9).up().place('a')).toBe('v1 1.9..3.9');
  });

  it('a clip does not snap to itself', () => {
    expect(snapping().hover('v1', 9).down().moveTo('v1', 9.05).up().place('c')).toBe('v1 8.033..10.033');
  });
});

describe('nudging', () => {
  it('stops at the start of the cut', () => {
    const test = shots();
    expect(nudgeEffect(test.world(), ['a'], -ticksFromSeconds(1))).toBeNull();
    expect(nudgeEffect(test.world(), ['c'], ticksFromSeconds(1 / 30))).toMatchObject({
      command: { name: 'moveClips' },
    });
  });
});

function shotsLocked(): GestureTester {
  const test = shots();
  test.document = structuredClone(test.document);
  Object.values(test.document.sequences)[0]!.tracks.find((track) => track.id === 'v1')!.locked = true;
  return test;
}
