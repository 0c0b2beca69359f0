/**
 * The renderer's use of core/commands: a change in, the new document and its journal entry out. Everything about
 * undo that is a rule stands in core; here is only the bookkeeping of the store.
 */
import { CommandRefused, type CommandName, type CommandParams } from '../../core/commands/commands.ts';
import type { JournalEntry } from '../../core/contract/contract.ts';
import type { ProjectDocument } from '../../core/document/schema.ts';

export interface DocumentChange {
  readonly document: ProjectDocument;
  readonly entry: JournalEntry;
}

export interface Stacks {
  readonly undoStack: readonly number[];
  readonly redoStack: readonly number[];
}

export function changeByCommand<N extends CommandName>(_document: ProjectDocument, _seq: number, _command: N, _params: CommandParams[N]): DocumentChange | null {
  throw new CommandRefused('notReady', 'Commands are being written.');
}

export function changeByUndo(_document: ProjectDocument, _seq: number, _target: JournalEntry, _history: readonly JournalEntry[]): DocumentChange | null {
  throw new CommandRefused('notReady', 'Commands are being written.');
}

export function changeByRedo(_document: ProjectDocument, _seq: number, _target: JournalEntry, _history: readonly JournalEntry[]): DocumentChange | null {
  throw new CommandRefused('notReady', 'Commands are being written.');
}

/** The stacks after one more entry. */
export function stacksOf(_history: readonly JournalEntry[], stacks: Stacks, entry: JournalEntry): Stacks {
  switch (entry.kind) {
    case 'record':
      return stacks;
    case 'command':
      return { undoStack: [...stacks.undoStack, entry.seq], redoStack: [] };
    case 'undo':
      return { undoStack: stacks.undoStack.filter((seq) => seq !== entry.target), redoStack: [...stacks.redoStack, entry.target!] };
    case 'redo':
      return { undoStack: [...stacks.undoStack, entry.target!], redoStack: stacks.redoStack.filter((seq) => seq !== entry.target) };
  }
}

/** The stacks that a journal leads to, oldest entry first. */
export function rebuildStacks(history: readonly JournalEntry[]): Stacks {
  let stacks: Stacks = { undoStack: [], redoStack: [] };
  for (const entry of history) stacks = stacksOf(history, stacks, entry);
  return stacks;
}

/** Applies an entry that is already in the journal's form: what was not sent before the window went away. */
export function changeByEntry(_document: ProjectDocument, _entry: JournalEntry): ProjectDocument {
  throw new CommandRefused('notReady', 'Commands are being written.');
}
