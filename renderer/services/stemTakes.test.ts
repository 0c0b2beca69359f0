import { beforeEach, describe, expect, it } from 'vitest';
import { createClip, createProject } from '../../core/document/create.ts';
import { activeSequence, findClip } from '../../core/document/query.ts';
import { ticksFromSeconds as seconds } from '../../core/time/ticks.ts';
import { sampleTake } from '../../core/commands/testing/samples.ts';
import { makeAgain } from './generation.ts';
import { sampleOf } from '../../core/actions/testing/sampleRequests.ts';
import { makePartAnew, markedRange, partOfStem, selectedStems } from './stemTakes.ts';
import { emptySelection, useEditor } from './store.ts';

const { getState } = useEditor;
const place = () => findClip(getState().document!, 'stem')!;
const mark = (inSeconds: number | null, outSeconds: number | null) => {
  const { document, run } = getState();
  run('setInOut', {
    sequenceId: document!.activeSequenceId,
    inTicks: inSeconds === null ? null : seconds(inSeconds),
    outTicks: outSeconds === null ? null : seconds(outSeconds),
  });
};

/** A foley stem at 2 s of the cut, 5 s long, trimmed by 1 s at its head, with one take. */
beforeEach(() => {
  const document = structuredClone(createProject('Test'));
  document.takes['t'] = { ...sampleTake('t', 6), kind: 'audio', action: 'soundtrack' };
  const sequence = activeSequence(document);
  const request = sampleOf('soundtrack', {
    durationTicks: seconds(6),
    prompt: 'rain',
    seed: 1,
    stem: 'foley',
    sequenceRange: { sequenceId: sequence.id, startTicks: seconds(1), durationTicks: seconds(6) },
  });
  const clip = {
    ...createClip('rain', { kind: 'generated' }, seconds(2), seconds(5)),
    id: 'stem',
    sourceInTicks: seconds(1),
    generation: { request, takeIds: ['t'], activeTakeId: 't', failure: null },
  };
  sequence.tracks.find((track) => track.role === 'foley')!.clips.push(clip);
  useEditor.setState({
    document,
    projectId: 'p',
    readOnly: false,
    history: [],
    undoStack: [],
    redoStack: [],
    jobs: {},
    staleClips: {},
    selection: { ...emptySelection, clipIds: ['stem'] },
  });
});

describe('a part of a stem', () => {
  it('is what In–Out covers of it, in the time of the take that shows', () => {
    expect(selectedStems(getState()).map(({ clip }) => clip.id)).toEqual(['stem']);
    expect(partOfStem(getState().document!, place())).toBeNull();
    mark(3, 4.5);
    expect(partOfStem(getState().document!, place())).toEqual({
      takeId: 't',
      startTicks: seconds(2),
      durationTicks: seconds(1.5),
      prompt: '',
    });
    mark(5, null);
    expect(partOfStem(getState().document!, place())).toEqual({
      takeId: 't',
      startTicks: seconds(4),
      durationTicks: seconds(2),
      prompt: '',
    });
  });

  it('is none where In–Out covers all of it, or nothing', () => {
    mark(0, 10);
    expect(markedRange(place().sequence, place().clip)).toBeNull();
    mark(8, 10);
    expect(markedRange(place().sequence, place().clip)).toBeNull();
  });

  it('is requested with another seed and the current hit points, as one step that undo reverts', () => {
    const sequenceId = getState().document!.activeSequenceId;
    getState().run('addMarker', { sequenceId, marker: { id: 'h', ticks: seconds(4), name: '', kind: 'hit' } });
    mark(3, 4.5);
    const steps = getState().undoStack.length;
    expect(makePartAnew('stem')).toBe(true);
    const { request, takeIds } = place().clip.generation!;
    expect(request).toMatchObject({
      prompt: 'rain',
      hitTicks: [seconds(3)],
      durationTicks: seconds(6),
      part: { takeId: 't', startTicks: seconds(2) },
    });
    expect(request.seed).not.toBe(1);
    expect(takeIds).toEqual(['t']);
    expect(getState().undoStack).toHaveLength(steps + 1);
    getState().undo();
    expect(place().clip.generation!.request).toMatchObject({ seed: 1, hitTicks: [] });
  });

  it('is not made again with the whole', () => {
    mark(3, 4.5);
    makePartAnew('stem');
    useEditor.setState({ jobs: {} });
    makeAgain('stem');
    expect(place().clip.generation!.request).not.toHaveProperty('part');
  });
});
