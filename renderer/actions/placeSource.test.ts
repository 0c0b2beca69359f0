import { beforeEach, expect, it } from 'vitest';
import { createProject } from '../../core/document/create.ts';
import { contentKeyOfName } from '../../core/document/names.ts';
import type { MediaItem } from '../../core/document/schema.ts';
import { ticksFromSeconds } from '../../core/time/ticks.ts';
import { runAction } from './registry.ts';
import { addMediaAtPlayhead } from '../services/placement.ts';
import { sequenceOf } from '../services/selectors.ts';
import { openSource } from '../services/shown.ts';
import { freshSession, useEditor } from '../services/store.ts';

const s = ticksFromSeconds;
const shot: MediaItem = {
  id: 'shot',
  name: 'shot.mp4',
  path: '/shot.mp4',
  contentKey: contentKeyOfName('shot'),
  sizeBytes: 1,
  kind: 'video',
  durationTicks: s(10),
  video: { width: 1280, height: 720, rate: { num: 30, den: 1 }, codec: 'h264', rotationDegrees: 0, hasAlpha: false },
  audio: { sampleRateHz: 48000, channels: 2, codec: 'aac' },
  importedAt: '2026-11-23T00:00:00.000Z',
};

const { getState } = useEditor;
const clipsOf = (role: string) =>
  sequenceOf(getState())!
    .tracks.filter((track) => track.role === role)
    .flatMap((track) => track.clips.map((clip) => [clip.startTicks, clip.durationTicks, clip.sourceInTicks]));

beforeEach(() => {
  const document = { ...createProject('Test'), media: { shot } };
  useEditor.setState({ ...freshSession(), document, screen: 'editor', readOnly: false, undoStack: [], redoStack: [] });
});

it('marks the source and not the sequence, and keeps the playheads apart', () => {
  getState().setSession({ playheadTicks: s(3) });
  openSource('shot');
  getState().setSession({ sourceMarks: { shot: { playheadTicks: s(2), inTicks: null, outTicks: null } } });
  runAction('timeline.setIn');
  runAction('playback.secondForward');
  runAction('timeline.setOut');
  expect(getState().sourceMarks['shot']).toEqual({ playheadTicks: s(3), inTicks: s(2), outTicks: s(3 + 1 / 30) });
  expect([getState().playheadTicks, sequenceOf(getState())!.inTicks]).toEqual([s(3), null]);
});

it('End goes behind the last frame, so that what is added there stands on the same track', () => {
  addMediaAtPlayhead(['shot']);
  getState().setSession({ playheadTicks: 0 });
  runAction('playback.end');
  expect(getState().playheadTicks).toBe(s(10));
  addMediaAtPlayhead(['shot']);
  expect(clipsOf('picture')).toEqual([
    [0, s(10), 0],
    [s(10), s(10), 0],
  ]);
  expect(clipsOf('overlay')).toEqual([]);
});

it('End goes to the last frame of a source, which is seen', () => {
  openSource('shot');
  runAction('playback.end');
  expect(getState().sourceMarks['shot']?.playheadTicks).toBe(s(10 - 1 / 30));
});

it('inserts the marked part at the playhead of the timeline, pushes the rest, and is one step', () => {
  addMediaAtPlayhead(['shot']);
  openSource('shot');
  getState().setSession({
    playheadTicks: s(4),
    sourceMarks: { shot: { playheadTicks: 0, inTicks: s(6), outTicks: s(8) } },
  });
  runAction('timeline.insert');
  const after = [
    [0, s(4), 0],
    [s(4), s(2), s(6)],
    [s(6), s(6), s(4)],
  ];
  expect(clipsOf('picture')).toEqual(after);
  expect(clipsOf('speech')).toEqual(after);
  expect(getState().playheadTicks).toBe(s(6));
  getState().undo();
  expect(clipsOf('picture')).toEqual([[0, s(10), 0]]);
});

it('overwrites what is there', () => {
  addMediaAtPlayhead(['shot']);
  openSource('shot');
  getState().setSession({
    playheadTicks: s(4),
    sourceMarks: { shot: { playheadTicks: 0, inTicks: s(6), outTicks: s(8) } },
  });
  runAction('timeline.overwrite');
  expect(clipsOf('picture')).toEqual([
    [0, s(4), 0],
    [s(4), s(2), s(6)],
    [s(6), s(4), s(6)],
  ]);
});

it("adds a track for a shot's own sound rather than to use one of the stems", () => {
  addMediaAtPlayhead(['shot']);
  getState().setSession({ playheadTicks: 0 });
  addMediaAtPlayhead(['shot']);
  expect(clipsOf('foley')).toEqual([]);
  expect(clipsOf('speech')).toHaveLength(2);
  getState().undo();
  expect(sequenceOf(getState())!.tracks.filter((track) => track.role === 'speech')).toHaveLength(1);
});

it('fades linked sound with its picture, in one step', () => {
  addMediaAtPlayhead(['shot']);
  getState().setSession({ playheadTicks: s(5) });
  runAction('clip.split');
  runAction('clip.crossfade');
  const fades = () => sequenceOf(getState())!.tracks.map((track) => track.transitions.length);
  expect(fades().filter((count) => count === 1)).toHaveLength(2);
  getState().undo();
  expect(fades().every((count) => count === 0)).toBe(true);
});
