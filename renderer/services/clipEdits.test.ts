import { beforeEach, describe, expect, it } from 'vitest';
import { startI18n } from '../i18n/i18n.ts';
import { sampleProject, seconds } from '../testing/sampleProject.ts';
import {
  addCrossfade,
  addTitle,
  crossfade,
  nudge,
  playheadClipIds,
  setSpeed,
  snapByFrames,
  split,
  toggleEnabled,
  trimToPlayhead,
} from './clipEdits.ts';
import {
  copySelection,
  cutSelection,
  deleteSelection,
  duplicateSelection,
  pasteAtPlayhead,
  rippleDeleteSelection,
} from './clipboard.ts';
import { words } from './noticeWords.ts';
import { sequenceOf } from './selectors.ts';
import { emptySelection, setOutbox, useEditor } from './store.ts';

const { getState, setState } = useEditor;
const track = (role: string) => sequenceOf(getState())!.tracks.find((one) => one.role === role)!;
const spans = (role: string) =>
  track(role).clips.map((clip) => [clip.startTicks / seconds(1), (clip.startTicks + clip.durationTicks) / seconds(1)]);
const select = (...clipIds: string[]) => setState({ selection: { ...emptySelection, clipIds } });
const playhead = (at: number) => setState({ playheadTicks: seconds(at) });
const frame = seconds(1 / 30);

beforeEach(async () => {
  await startI18n('en');
  setOutbox(null, 1);
  setState({
    document: sampleProject(),
    projectId: 'p',
    readOnly: false,
    history: [],
    undoStack: [],
    redoStack: [],
    notices: [],
    linkedSelection: true,
    selection: emptySelection,
    playheadTicks: 0,
  });
});

describe('at the playhead', () => {
  it('split cuts everything under it when nothing there is selected, else only what is', () => {
    playhead(13);
    split();
    expect(spans('picture')).toContainEqual([7, 13]);
    expect(spans('titles')).toContainEqual([12.5, 13]);
    getState().undo();
    select('cupsA-7');
    split();
    expect(spans('picture')).toContainEqual([7, 13]);
    expect(spans('titles')).toContainEqual([12.5, 16.5]);
  });

  it('nothing is under it on locked tracks', () => {
    playhead(13);
    const { id } = track('picture');
    getState().run('setTrackProperties', {
      sequenceId: sequenceOf(getState())!.id,
      trackId: id,
      properties: { locked: true },
    });
    expect(playheadClipIds(getState())).toEqual(['title-12.5']);
  });

  it('[ and ] trim the selected clip there, or the topmost picture', () => {
    playhead(10);
    trimToPlayhead('in');
    expect(spans('picture')).toContainEqual([10, 16.5]);
    playhead(13);
    select('cupsA-7');
    trimToPlayhead('out');
    expect(spans('picture')).toContainEqual([10, 13]);
    expect(spans('titles')).toContainEqual([12.5, 16.5]);
  });

  it('a title goes onto a free titles track, and onto a new one where that is taken', () => {
    playhead(8);
    addTitle();
    // 8 to 13 would cover 'Which cup?' at 12.5
    const titles = sequenceOf(getState())!.tracks.filter((one) => one.role === 'titles');
    expect(titles).toHaveLength(2);
    expect(track('titles').clips).toHaveLength(3);
    expect(titles[1]!.clips[0]!.startTicks).toBe(seconds(8));
    playhead(18);
    addTitle();
    expect(track('titles').clips).toHaveLength(4);
  });

  it('a crossfade goes to the nearest cut that has none', () => {
    playhead(6);
    addCrossfade();
    const made = track('picture').transitions.find((one) => one.id !== 'fade')!;
    expect([made.fromClipId, made.toClipId, made.durationTicks]).toEqual(['roof-5', 'cupsA-7', seconds(1)]);
  });

  it('says so when there is no cut left to fade', () => {
    for (let n = 0; n < 4; n++) addCrossfade();
    expect(getState().notices.at(-1)?.level).toBe('info');
  });
});

describe('the selection', () => {
  it('is nudged by whole frames and stops at the beginning', () => {
    select('title-0.8');
    nudge(-1);
    expect(track('titles').clips[0]!.startTicks).toBe(seconds(0.8) - frame);
    nudge(-1000);
    expect(track('titles').clips[0]!.startTicks).toBe(0);
  });

  it('is switched off, and on again when any of it is off', () => {
    select('cupsA-7', 'office-24');
    toggleEnabled();
    expect(
      track('picture')
        .clips.filter((clip) => !clip.enabled)
        .map((clip) => clip.id),
    ).toEqual(['cupsA-7', 'office-24']);
    select('cupsA-7', 'flower-0');
    toggleEnabled();
    expect(track('picture').clips.find((clip) => clip.id === 'cupsA-7')!.enabled).toBe(true);
  });

  it('plays at twice the speed in half the time', () => {
    select('office-24');
    setSpeed({ num: 2, den: 1 });
    expect(spans('picture')).toContainEqual([24, 27]);
  });

  it('is copied and pasted at the playhead with new ids, again and again', () => {
    select('title-0.8');
    copySelection();
    playhead(18);
    pasteAtPlayhead();
    pasteAtPlayhead();
    expect(spans('titles').slice(2, 4)).toEqual(
      [
        [18, 21.4],
        [21.4, 24.8],
      ].map((span) => span.map((at) => expect.closeTo(at, 5))),
    );
    expect(new Set(track('titles').clips.map((clip) => clip.id)).size).toBe(5);
  });

  it('is cut, deleted with and without closing the hole, and duplicated after itself', () => {
    select('title-12.5');
    cutSelection();
    expect(spans('titles').map(([start]) => start)).toEqual([0.8, 35]);
    select('office-24');
    deleteSelection();
    expect(spans('picture').at(-1)).toEqual([32, 39]);
    getState().undo();
    select('office-24');
    rippleDeleteSelection();
    expect(spans('picture').at(-1)).toEqual([26, 33]);
    select('title-0.8');
    duplicateSelection();
    expect(spans('titles')[1]![0]).toBeCloseTo(4.2, 5);
  });

  it('each is one step of the history', () => {
    select('office-24');
    rippleDeleteSelection();
    expect(getState().undoStack).toHaveLength(1);
  });
});

it('a crossfade says when its clips have nothing beyond the cut, and is silent when they have', () => {
  const { id } = sequenceOf(getState())!;
  const notices = () => getState().notices.map((notice) => notice.words);
  crossfade({ sequenceId: id, fromClipId: 'roof-5', toClipId: 'cupsA-7', durationTicks: seconds(1) });
  expect([track('picture').transitions.length, notices()]).toEqual([2, []]);
  // the take after this cut is as long as its clip
  crossfade({ sequenceId: id, fromClipId: 'cupsA-7', toClipId: 'made-1', durationTicks: seconds(1) });
  expect([track('picture').transitions.length, notices()]).toEqual([3, [words('commands:heldCrossfade')]]);
});

it('frames are counted exactly at rates that do not divide', () => {
  const ntsc = { num: 30000, den: 1001 };
  let at = 0;
  for (let n = 0; n < 1000; n++) at = snapByFrames(at, 1, ntsc);
  expect(at).toBe(snapByFrames(0, 1000, ntsc));
  expect(snapByFrames(at, -1000, ntsc)).toBe(0);
});
