/** Words cut out of the timeline: picture and sound stay together, what follows closes up, one step undoes it. */
import { beforeEach, expect, test } from 'vitest';
import type { HeardWord } from '../../core/contract/transcript.ts';
import { createClip, createProject, newId } from '../../core/document/create.ts';
import { activeSequence, clipEnd } from '../../core/document/query.ts';
import { ticksPerSecond, type Ticks } from '../../core/time/ticks.ts';
import { isFiller, silencesBetween } from '../../core/transcript/fillers.ts';
import { addCaptions, cutOut, rangesOfWords, wordsInClip, wordsOnTrack } from './transcriptEdits.ts';
import { useEditor } from './store.ts';

const seconds = (value: number): Ticks => Math.round(value * ticksPerSecond);
const rate = { num: 25, den: 1 };

/** Words of ten frames, three apart, from the file's second 1 on. */
const words: HeardWord[] = ['So', 'um,', 'we', 'went', 'home.'].map((text, i) => ({
  text,
  spaced: i > 0,
  fromTicks: seconds(1 + 0.52 * i),
  toTicks: seconds(1.4 + 0.52 * i),
  probability: 1,
}));

let clipId = '';
beforeEach(() => {
  const document = createProject('Words', { width: 640, height: 360, rate });
  const sequence = activeSequence(document);
  const [video, audio] = [
    sequence.tracks.find(({ kind }) => kind === 'video')!,
    sequence.tracks.find(({ kind }) => kind === 'audio')!,
  ];
  const linkId = newId();
  for (const track of [video, audio]) {
    const shot = {
      ...createClip('talk', { kind: 'media', mediaId: 'm' }, seconds(10), seconds(4)),
      linkId,
      sourceInTicks: seconds(0.6),
    };
    const next = createClip('next', { kind: 'solid', color: '#000000' }, seconds(14), seconds(2));
    track.clips = track === video ? [shot, next] : [shot];
  }
  clipId = video.clips[0]!.id;
  useEditor.setState({ document, projectId: 'p', history: [], undoStack: [], redoStack: [] });
});

const sequenceNow = () => activeSequence(useEditor.getState().document!);
const clipsOf = (kind: 'video' | 'audio') =>
  sequenceNow()
    .tracks.find((track) => track.kind === kind && track.clips.length > 0)!
    .clips.map((clip) => [
      clip.startTicks / ticksPerSecond,
      clipEnd(clip) / ticksPerSecond,
      clip.sourceInTicks / ticksPerSecond,
    ]);
const talk = () =>
  sequenceNow()
    .tracks.flatMap(({ clips }) => clips)
    .find(({ id }) => id === clipId)!;

test('words of a clip stand where they are heard in the sequence', () => {
  const found = wordsInClip(talk(), words, rate);
  expect(found.map(({ fromTicks }) => fromTicks / ticksPerSecond)).toEqual([10.4, 10.92, 11.44, 11.96, 12.48]);
  const late = { ...talk(), sourceInTicks: seconds(1.6) };
  expect(wordsInClip(late, words, rate).map(({ text }) => text)).toEqual(['um,', 'we', 'went', 'home.']);
});

test('cutting words takes them out of picture and sound and closes up, in one step', () => {
  const found = wordsInClip(talk(), words, rate);
  const before = structuredClone(useEditor.getState().document);
  expect(cutOut(rangesOfWords(found, new Set([1, 3]), rate))).toBe(true);
  const talking = [
    [10, 10.92, 0.6],
    [10.92, 11.44, 2.04],
    [11.44, 12.96, 3.08],
  ];
  expect(clipsOf('audio')).toEqual(talking);
  expect(clipsOf('video')).toEqual([...talking, [12.96, 14.96, 0]]);
  useEditor.getState().undo();
  expect(useEditor.getState().document).toEqual(before);
});

test('a clip that was cut is still one text, and can be cut further', () => {
  const texts = () => wordsOnTrack(talk(), words, sequenceNow());
  cutOut(rangesOfWords(texts(), new Set([1]), rate));
  expect(texts().map(({ text }) => text)).toEqual(['So', 'we', 'went', 'home.']);
  expect(new Set(texts().map((word) => word.clipId)).size).toBe(2);
  expect(cutOut(rangesOfWords(texts(), new Set([0, 1]), rate))).toBe(true);
  expect(clipsOf('audio')).toEqual([
    [10, 10.4, 0.6],
    [10.4, 12.44, 2.56],
  ]);
});

test('the first and the last words can go, and a locked track refuses without a trace', () => {
  const found = wordsInClip(talk(), words, rate);
  const whole = { clipId, fromTicks: seconds(10), toTicks: found[1]!.fromTicks };
  expect(cutOut([whole, { clipId, fromTicks: found[4]!.fromTicks, toTicks: seconds(14) }])).toBe(true);
  expect(clipsOf('audio')).toEqual([[10, 11.56, 1.52]]);
  useEditor.getState().undo();
  const track = sequenceNow().tracks.find(({ kind }) => kind === 'audio')!;
  useEditor
    .getState()
    .run('setTrackProperties', { sequenceId: sequenceNow().id, trackId: track.id, properties: { locked: true } });
  const before = useEditor.getState().document;
  expect(cutOut([whole])).toBe(false);
  expect(useEditor.getState().document).toEqual(before);
});

test('fillers are known with their marks, silences leave room at their ends', () => {
  expect(['Um,', 'uh…', '嗯，', 'hmm', 'summer', 'er.'].map(isFiller)).toEqual([true, true, true, true, false, true]);
  const apart = [words[0]!, { ...words[1]!, fromTicks: seconds(4), toTicks: seconds(4.3) }];
  expect(silencesBetween(apart)).toEqual([{ fromTicks: seconds(1.65), toTicks: seconds(3.75) }]);
  expect(silencesBetween(words)).toEqual([]);
});

test('captions stand on a track of their own, in one step', () => {
  const before = structuredClone(useEditor.getState().document);
  expect(addCaptions(wordsInClip(talk(), words, rate))).toBe(true);
  const track = sequenceNow().tracks.find(({ clips }) => clips.some(({ reference }) => reference.kind === 'title'))!;
  expect(track.role).toBe('titles');
  expect(
    track.clips.map(({ reference, startTicks }) => [reference.kind === 'title' && reference.text, startTicks]),
  ).toEqual([['So um, we went home.', seconds(10.4)]]);
  useEditor.getState().undo();
  expect(useEditor.getState().document).toEqual(before);
});
