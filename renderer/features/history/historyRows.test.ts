import { expect, it } from 'vitest';
import type { JournalEntry } from '../../../core/document/journal.ts';
import { historyRows } from './historyRows.ts';

const command = (seq: number): JournalEntry => ({
  seq,
  kind: 'command',
  label: 'splitClips',
  patches: [],
  inverse: [],
  target: null,
  at: '',
});

it('lists what is done, then what was undone in the order it would come back', () => {
  const history = [
    command(1),
    command(2),
    command(3),
    { ...command(4), kind: 'undo' as const, target: 3 },
    { ...command(5), kind: 'undo' as const, target: 2 },
  ];
  expect(historyRows(history, [1], [3, 2]).map(({ entry, undone }) => [entry.seq, undone])).toEqual([
    [1, false],
    [2, true],
    [3, true],
  ]);
});

it('leaves out steps whose beginning is no longer in the journal', () => {
  expect(historyRows([command(9)], [4, 9], []).map(({ entry }) => entry.seq)).toEqual([9]);
});
