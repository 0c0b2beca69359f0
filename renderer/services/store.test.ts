import { beforeEach, describe, expect, it } from 'vitest';
import { applyEntry } from '../../core/commands/history.ts';
import type { JournalEntry } from '../../core/document/journal.ts';
import { createProject } from '../../core/document/create.ts';
import { setOutbox, useEditor } from './store.ts';
import type { Outbox } from './outbox.ts';

let sent: JournalEntry[] = [];
const outbox: Outbox = {
  add: (entry) => {
    sent.push(entry);
  },
  flush: async () => {},
  waiting: [],
  dispose: () => {},
};
const marker = (id: string, ticks: number) => ({ id, ticks, name: id, kind: 'marker' as const });

function addMarker(id: string, ticks: number): boolean {
  const { document, run } = useEditor.getState();
  return run('addMarker', { sequenceId: document!.activeSequenceId, marker: marker(id, ticks) });
}
const markerIds = () => {
  const { document } = useEditor.getState();
  return document!.sequences[document!.activeSequenceId]!.markers.map((one) => one.id);
};

beforeEach(() => {
  sent = [];
  setOutbox(outbox, 7);
  useEditor.setState({
    document: createProject('Test'),
    projectId: 'p',
    readOnly: false,
    history: [],
    undoStack: [],
    redoStack: [],
    notices: [],
  });
});

describe('the store', () => {
  it('journals every command under the next number', () => {
    addMarker('a', 0);
    addMarker('b', 705_600_000);
    expect(sent.map((entry) => [entry.seq, entry.kind, entry.label])).toEqual([
      [7, 'command', 'addMarker'],
      [8, 'command', 'addMarker'],
    ]);
  });

  it('journals what belongs together as one step, undone in one', () => {
    const before = useEditor.getState().document;
    const answer = useEditor.getState().asOneStep('addMarker', () => {
      addMarker('a', 0);
      return useEditor.getState().asOneStep('addMarker', () => addMarker('b', 705_600_000));
    });
    expect([answer, markerIds()]).toEqual([true, ['a', 'b']]);
    expect(sent.map((entry) => [entry.seq, entry.kind, entry.label])).toEqual([[7, 'command', 'addMarker']]);
    expect(applyEntry(before!, sent[0]!)).toEqual(useEditor.getState().document);
    useEditor.getState().undo();
    expect(useEditor.getState().document).toEqual(before);
    useEditor.getState().redo();
    expect(markerIds()).toEqual(['a', 'b']);
  });

  it('keeps of a step what was done before it broke off', () => {
    expect(() =>
      useEditor.getState().asOneStep('addMarker', () => {
        addMarker('a', 0);
        throw new Error('broke off');
      }),
    ).toThrow('broke off');
    expect([markerIds(), sent.length]).toEqual([['a'], 1]);
  });

  it('undo and redo are entries of their own and restore exactly', () => {
    addMarker('a', 0);
    const before = useEditor.getState().document;
    addMarker('b', 705_600_000);
    const after = useEditor.getState().document;
    useEditor.getState().undo();
    expect(useEditor.getState().document).toEqual(before);
    useEditor.getState().redo();
    expect(useEditor.getState().document).toEqual(after);
    expect(sent.slice(2).map((entry) => [entry.kind, entry.target])).toEqual([
      ['undo', 8],
      ['redo', 8],
    ]);
  });

  it('goes to any place of the history, and back', () => {
    for (const [id, at] of [
      ['a', 0],
      ['b', 1],
      ['c', 2],
    ] as const)
      addMarker(id, at * 705_600_000);
    const [first, , third] = useEditor.getState().undoStack;
    useEditor.getState().goToHistory(first!);
    expect(markerIds()).toEqual(['a']);
    useEditor.getState().goToHistory(0);
    expect(markerIds()).toEqual([]);
    useEditor.getState().goToHistory(third!);
    expect(markerIds()).toEqual(['a', 'b', 'c']);
  });

  it('a refused command changes nothing, sends nothing and leaves a notice', () => {
    addMarker('a', 0);
    const before = useEditor.getState().document;
    expect(useEditor.getState().run('removeMarker', { sequenceId: before!.activeSequenceId, markerId: 'none' })).toBe(
      false,
    );
    expect(useEditor.getState().document).toBe(before);
    expect(sent).toHaveLength(1);
    expect(useEditor.getState().notices).toHaveLength(1);
  });

  it('a read-only window changes nothing', () => {
    useEditor.setState({ readOnly: true });
    expect(addMarker('a', 0)).toBe(false);
    expect(sent).toEqual([]);
  });

  it('forgets a selected marker that is gone', () => {
    addMarker('a', 0);
    const { document, selection } = useEditor.getState();
    useEditor.setState({ selection: { ...selection, markerId: 'a' } });
    useEditor.getState().run('removeMarker', { sequenceId: document!.activeSequenceId, markerId: 'a' });
    expect(useEditor.getState().selection.markerId).toBeNull();
  });
});
