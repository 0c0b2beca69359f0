import { describe, expect, it } from 'vitest';
import { activeSequence } from '../../../../core/document/query.ts';
import { secondsFromTicks, ticksFromSeconds } from '../../../../core/time/ticks.ts';
import { beginOnRuler } from './beginOnRuler.ts';
import { GestureTester } from './gestureTester.ts';

const shots = () =>
  new GestureTester([
    { id: 'a', track: 'v1', at: 0, to: 4, from: 10 },
    { id: 'b', track: 'v1', at: 4, to: 8, from: 20, link: 'pair' },
    { id: 'c', track: 'v1', at: 8, to: 12, from: 30 },
    { id: 'sound', track: 'a1', at: 4, to: 8, from: 20, link: 'pair' },
  ]);
const withTool = (tool: 'blade' | 'ripple' | 'hand') => {
  const test = shots();
  test.session.tool = tool;
  return test;
};

describe('the blade', () => {
  it('cuts where it is let go, the linked sound too', () => {
    const test = withTool('blade').hover('v1', 5).down().moveTo('v1', 6).up();
    expect(test.ran).toEqual(['splitClips']);
    expect([test.clips('v1'), test.clips('a1')]).toEqual([
      ['v1 0..4', 'v1 4..6', 'v1 6..8', 'v1 8..12'],
      ['a1 4..6', 'a1 6..8'],
    ]);
  });

  it('with Shift through all tracks', () => {
    const test = withTool('blade');
    test.session.linkedSelection = false;
    expect(test.hover('v1', 5).down({ shift: true }).up().clips('a1')).toEqual(['a1 4..5', 'a1 5..8']);
  });

  it('does nothing at an edge', () => {
    expect(withTool('blade').hover('v1', 4.001).down().up().ran).toEqual([]);
  });
});

describe('slipping and sliding', () => {
  it('slips with the ripple tool: the place stays, the material follows the hand', () => {
    const test = withTool('ripple').hover('v1', 6).down().moveTo('v1', 7).up();
    expect(test.ran).toEqual(['slipClip']);
    expect(test.place('b')).toBe('v1 4..8');
    expect(secondsFromTicks(test.clip('b').sourceInTicks)).toBe(19);
  });

  it('slips with Ctrl+Alt, as far as the source reaches', () => {
    const test = shots().hover('v1', 2).down({ ctrl: true, alt: true }).moveTo('v1', 22).up();
    expect(test.clip('a').sourceInTicks).toBe(0);
  });

  it('slides with Shift+Alt: the neighbours give and take', () => {
    const test = shots().hover('v1', 6).down({ shift: true, alt: true }).moveTo('v1', 7).up();
    expect(test.ran).toEqual(['slideClip']);
    expect(test.clips('v1')).toEqual(['v1 0..5', 'v1 5..9', 'v1 9..12']);
  });
});

describe('the hand', () => {
  it('pulls the lanes, with the tool or the middle button, and never before zero', () => {
    const test = withTool('hand').hover('v1', 6).down().moveTo('v1', 4);
    expect(secondsFromTicks(test.session.scrollTicks)).toBeGreaterThan(0);
    expect(test.up().ran).toEqual([]);
    expect(shots().hover('v1', 6).down({}, 1).moveTo('v1', 9).up().session.scrollTicks).toBe(0);
  });
});

describe('crossfades and fades', () => {
  const faded = () => {
    const test = shots();
    test.document = structuredClone(test.document);
    activeSequence(test.document).tracks[0]!.transitions = [
      { id: 'x', kind: 'crossfade', fromClipId: 'b', toClipId: 'c', durationTicks: ticksFromSeconds(1) },
    ];
    return test;
  };

  it('a click selects a crossfade', () => {
    expect(faded().hover('v1', 8.1, 40).down().up().session.selection.transitionId).toBe('x');
  });

  it('pulling an edge lengthens both sides', () => {
    const test = faded().hover('v1', 8.49, 40).down().moveTo('v1', 8.99).up();
    expect(test.ran).toEqual(['setTransitionDuration']);
    expect(secondsFromTicks(activeSequence(test.document).tracks[0]!.transitions[0]!.durationTicks)).toBe(2);
  });

  it('a selected clip’s corner pulls a fade in', () => {
    const test = shots().click('v1', 2).hover('v1', 0.14, 24).down().moveTo('v1', 1.14).up();
    expect(test.ran).toEqual(['setClipProperties']);
    expect(secondsFromTicks(test.clip('a').fadeInTicks)).toBe(1);
  });
});

describe('the ruler', () => {
  const onRuler = (test: GestureTester, seconds: number, markerId: string | null = null) =>
    test
      .hover('v2', seconds, markerId === null ? 10 : 25)
      .down({}, 0, (world, pointer) => beginOnRuler(world, markerId, pointer, false));

  it('a press goes there, a drag scrubs', () => {
    const test = onRuler(shots(), 3);
    expect(secondsFromTicks(test.session.playheadTicks)).toBe(3);
    expect(secondsFromTicks(test.moveTo('v2', 5).session.playheadTicks)).toBe(5);
  });

  it('a marker is moved by its flag', () => {
    const test = shots();
    test.document = structuredClone(test.document);
    activeSequence(test.document).markers = [{ id: 'm', ticks: ticksFromSeconds(2), name: 'Swap', kind: 'marker' }];
    onRuler(test, 2, 'm').moveTo('v2', 3).up();
    expect(test.ran).toEqual(['setMarker']);
    expect(activeSequence(test.document).markers[0]!.ticks).toBe(ticksFromSeconds(3));
  });

  it('the out point is pulled at the end of the range', () => {
    const test = shots();
    test.document = structuredClone(test.document);
    Object.assign(activeSequence(test.document), { inTicks: ticksFromSeconds(1), outTicks: ticksFromSeconds(3) });
    test
      .hover('v2', 3, 36)
      .down({}, 0, (world, pointer) => beginOnRuler(world, null, pointer, false))
      .moveTo('v2', 6)
      .up();
    expect(activeSequence(test.document).outTicks).toBe(ticksFromSeconds(6));
  });
});
