import { beforeEach, expect, it } from 'vitest';
import { createClip, defaultTitle } from '../../../core/document/create.ts';
import type { Clip } from '../../../core/document/schema.ts';
import { addTitle } from '../../services/clipEdits.ts';
import { emptySelection, setOutbox, useEditor } from '../../services/store.ts';
import { sampleProject, seconds } from '../../testing/sampleProject.ts';
import { historyDetails } from './historyDetail.ts';

const { getState, setState } = useEditor;
const sequence = () => getState().document!.sequences[getState().document!.activeSequenceId]!;
const trackOf = (role: string) => sequence().tracks.find((track) => track.role === role)!;
const rows = () => {
  const { document, history, undoStack } = getState();
  const details = historyDetails(document!, history);
  return undoStack.map((seq) => [details.get(seq)!.label, details.get(seq)!.names.join(', '), details.get(seq)!.count]);
};

function add(clips: readonly Clip[], role: string): void {
  getState().run('addClips', {
    sequenceId: sequence().id,
    clips: clips.map((clip) => ({ trackId: trackOf(role).id, clip })),
    mode: 'overwrite',
  });
}

beforeEach(() => {
  setOutbox(null, 1);
  setState({
    document: sampleProject(),
    projectId: 'p',
    readOnly: false,
    history: [],
    undoStack: [],
    redoStack: [],
    selection: emptySelection,
  });
});

it('tells apart what was added: a title, something to be made, a file', () => {
  add([createClip('t', { ...defaultTitle, text: 'The end\nof it' }, seconds(50), seconds(2))], 'titles');
  add([createClip('a red balloon', { kind: 'generated' }, seconds(50), seconds(2))], 'overlay');
  add([createClip('flower_timelapse', { kind: 'media', mediaId: 'flower' }, seconds(50), seconds(2))], 'picture');
  expect(rows()).toEqual([
    ['addTitle', 'The end', 1],
    ['make', 'a red balloon', 1],
    ['addClips', 'flower_timelapse', 1],
  ]);
});

it('names a title that came with a track of its own', () => {
  setState({ playheadTicks: seconds(8) });
  addTitle();
  expect(rows()).toEqual([
    [
      'addTitle',
      sequence()
        .tracks.filter((track) => track.role === 'titles')
        .at(-1)!.clips[0]!.name,
      1,
    ],
  ]);
});

it('names the clip that was trimmed, not those a ripple pushed along, and what is gone', () => {
  const { id } = sequence();
  getState().run('trimClip', {
    sequenceId: id,
    clipId: 'cupsA-7',
    edge: 'out',
    toTicks: seconds(15),
    ripple: true,
    linked: true,
  });
  getState().run('removeClips', { sequenceId: id, clipIds: ['flower-0'], ripple: true });
  getState().run('removeClips', { sequenceId: id, clipIds: ['title-35', 'title-12.5'], ripple: false });
  expect(rows()).toEqual([
    ['trimClip', 'cups_camA_002', 1],
    ['rippleDelete', 'flower_timelapse', 1],
    ['removeClips', expect.stringMatching(/Which cup\?.*|Filmed in one take.*/), 2],
  ]);
});

it('finds a clip by its place as it was then, however much changed since, and through undo', () => {
  const { id } = sequence();
  getState().run('setClipProperties', { sequenceId: id, clipIds: ['office-24'], properties: { opacity: 0.5 } });
  getState().run('removeClips', { sequenceId: id, clipIds: ['flower-0', 'roof-5'], ripple: true });
  getState().undo();
  getState().run('moveClips', {
    sequenceId: id,
    moves: [{ clipId: 'cupsB-32', trackId: trackOf('overlay').id, startTicks: seconds(40) }],
    mode: 'overwrite',
  });
  expect(rows()).toEqual([
    ['setClipProperties', 'archive_office_1940', 1],
    ['moveClips', 'cups_camB_001', 1],
  ]);
});

it('names crossfades by the clip they begin in, markers, tracks and files', () => {
  const { id } = sequence();
  getState().run('removeTransition', { sequenceId: id, transitionId: 'fade' });
  getState().run('setMarker', { sequenceId: id, markerId: 'm1', properties: { name: 'The door' } });
  getState().run('setTrackProperties', { sequenceId: id, trackId: trackOf('music').id, properties: { muted: true } });
  getState().run('removeClips', {
    sequenceId: id,
    clipIds: trackOf('speech').clips.map((clip) => clip.id),
    ripple: false,
  });
  getState().run('removeMedia', { mediaIds: ['voice'] });
  expect(rows().map(([label, names]) => [label, names])).toEqual([
    ['removeTransition', 'flower_timelapse'],
    ['setMarker', 'The door'],
    ['setTrackProperties', trackOf('music').name],
    ['removeClips', 'narration_take3'],
    ['removeMedia', 'narration_take3.wav'],
  ]);
});
