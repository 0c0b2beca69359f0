import type { JournalEntry } from '../../../core/document/journal.ts';

export interface HistoryRow {
  readonly entry: JournalEntry;
  readonly undone: boolean;
}

/** Commands in the order they stand: those done, then those undone, the next to be redone first. */
export function historyRows(
  history: readonly JournalEntry[],
  undoStack: readonly number[],
  redoStack: readonly number[],
): HistoryRow[] {
  const bySeq = new Map(history.filter((entry) => entry.kind === 'command').map((entry) => [entry.seq, entry]));
  const row =
    (undone: boolean) =>
    (seq: number): HistoryRow[] => {
      const entry = bySeq.get(seq);
      return entry ? [{ entry, undone }] : [];
    };
  return [...undoStack.flatMap(row(false)), ...redoStack.toReversed().flatMap(row(true))];
}
