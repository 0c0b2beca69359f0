import { describe, expect, it } from 'vitest';
import { secondsFromTicks, ticksFromSeconds } from '../../../../core/time/ticks.ts';
import { GestureTester, sourceSeconds } from './gestureTester.ts';

const shots = () =>
  new GestureTester([
    { id: 'a', track: 'v1', at: 0, to: 4, from: 10 },
    { id: 'b', track: 'v1', at: 4, to: 8, from: 20 },
    { id: 'c', track: 'v1', at: 10, to: 12, from: sourceSeconds - 2 },
  ]);

describe('trimming an edge', () => {
  it('sets one edge, in one command', () => {
    const test = shots().hover('v1', 10.02).down().moveTo('v1', 11.02).up();
    expect(test.ran).toEqual(['trimClip']);
    expect(test.place('c')).toBe('v1 11..12');
  });

  it('stops at the neighbour', () => {
    expect(shots().hover('v1', 3.98).down().moveTo('v1', 5).up().ran).toEqual([]);
    expect(shots().hover('v1', 7.98).down().moveTo('v1', 12).up().place('b')).toBe('v1 4..10');
  });

  it('keeps one frame', () => {
    const test = shots().hover('v1', 11.98).down().moveTo('v1', 5).up();
    expect(test.clip('c').durationTicks).toBe(ticksFromSeconds(1 / 30));
  });

  it('with Shift, or the ripple tool, what follows moves along', () => {
    const shift = shots().hover('v1', 7.98).down({ shift: true }).moveTo('v1', 6.98).up();
    expect(shift.clips('v1')).toEqual(['v1 0..4', 'v1 4..7', 'v1 9..11']);
    const tool = shots();
    tool.session.tool = 'ripple';
    expect(tool.hover('v1', 3.98).down().moveTo('v1', 5.98).up().clips('v1')).toEqual([
      'v1 0..6',
      'v1 6..10',
      'v1 12..14',
    ]);
  });

  it('with Ctrl the cut between two clips that touch rolls', () => {
    const test = shots().hover('v1', 3.98).down({ ctrl: true }).moveTo('v1', 4.98).up();
    expect(test.ran).toEqual(['rollCut']);
    expect(test.clips('v1')).toEqual(['v1 0..5', 'v1 5..8', 'v1 10..12']);
  });

  it('snaps to the playhead and says so at the edge', () => {
    const test = shots();
    test.session = { ...test.session, snapping: true, playheadTicks: ticksFromSeconds(9) };
    test.hover('v1', 7.98).down().moveTo('v1', 8.95);
    expect(test.preview).toMatchObject({ edge: { clipId: 'b', edge: 'out' }, snap: { kind: 'playhead' } });
    expect(test.up().place('b')).toBe('v1 4..9');
  });
});

describe('pulling past the end of the source', () => {
  it('offers the stretch beyond to be made, from the source’s end on', () => {
    const test = shots().hover('v1', 11.98).down().moveTo('v1', 13.98);
    expect(test.preview.extension).toMatchObject({
      clipId: 'c',
      edge: 'out',
      startTicks: ticksFromSeconds(12),
      durationTicks: ticksFromSeconds(2),
    });
    test.up();
    expect(test.extensions).toHaveLength(1);
    // the source itself is untouched
    expect(test.place('c')).toBe('v1 10..12');
  });

  it('first uses up what the source still has', () => {
    const test = new GestureTester([{ id: 'a', track: 'v1', at: 0, to: 4, from: sourceSeconds - 5 }])
      .hover('v1', 3.98)
      .down()
      .moveTo('v1', 6.98)
      .up();
    expect(test.place('a')).toBe('v1 0..5');
    expect(secondsFromTicks(test.extensions[0]!.durationTicks)).toBe(2);
  });

  it('goes backwards from the first frame as well', () => {
    const test = new GestureTester([{ id: 'a', track: 'v1', at: 5, to: 8, from: 0 }])
      .hover('v1', 5.02)
      .down()
      .moveTo('v1', 3.52)
      .up();
    expect(test.extensions[0]).toMatchObject({
      edge: 'in',
      startTicks: ticksFromSeconds(3.5),
      durationTicks: ticksFromSeconds(1.5),
    });
  });

  it('takes no more than the room before the next clip', () => {
    const test = new GestureTester([
      { id: 'a', track: 'v1', at: 0, to: 4, from: sourceSeconds - 4 },
      { id: 'b', track: 'v1', at: 5, to: 8 },
    ])
      .hover('v1', 3.98)
      .down()
      .moveTo('v1', 7.5)
      .up();
    expect(secondsFromTicks(test.extensions[0]!.durationTicks)).toBe(1);
  });

  it('is not offered for sound, titles, ripple trims, or with AI switched off', () => {
    const title = { kind: 'solid', color: '#000' } as const;
    expect(
      new GestureTester([{ id: 'a', track: 'a1', at: 0, to: 4, from: sourceSeconds - 4 }])
        .hover('a1', 3.98)
        .down()
        .moveTo('a1', 6)
        .up().extensions,
    ).toEqual([]);
    expect(
      new GestureTester([{ id: 'a', track: 'v1', at: 0, to: 4, reference: title }])
        .hover('v1', 3.98)
        .down()
        .moveTo('v1', 6)
        .up().extensions,
    ).toEqual([]);
    expect(shots().hover('v1', 11.98).down({ shift: true }).moveTo('v1', 14).up().extensions).toEqual([]);
    const off = shots();
    off.document = { ...off.document, aiEnabled: false };
    expect(off.hover('v1', 11.98).down().moveTo('v1', 14).up().extensions).toEqual([]);
  });
});
