/**
 * Commands, their entries in the journal, and undo. Undo applies an entry's inverse and is itself an entry, so the
 * journal only grows and replaying it gives the document at every moment. Pure: the renderer and the engine call this.
 */
import { applyPatches, enableArrayMethods, enablePatches, produce, type Patch as ImmerPatch } from 'immer';
import type { JournalEntry, Patch } from '../document/journal.ts';
import { trackProblems } from '../document/invariants.ts';
import type { ProjectDocument } from '../document/schema.ts';
import { recordCommands, type Command, type CommandName, type CommandParams } from './commands.ts';
import { commands } from './registry.ts';
import { diff } from './shared/diff.ts';
import { reconcile } from './shared/reconcile.ts';

enablePatches();
// find, splice and the like without a proxy for every clip
enableArrayMethods();

export interface Applied {
  readonly document: ProjectDocument;
  /** Both empty when the command changed nothing: then there is nothing to journal. */
  readonly patches: readonly Patch[];
  readonly inverse: readonly Patch[];
}

/** Runs a command. Throws CommandRefused with a sentence; the document given is never changed. */
export function applyCommand<N extends CommandName>(
  document: ProjectDocument,
  name: N,
  params: CommandParams[N],
): Applied {
  const command: Command<N> = commands[name];
  const next = produce(document, (draft) => command(draft, params));
  requireRules(document, next, name);
  return { document: next, patches: diff(document, next), inverse: diff(next, document) };
}

/** A command that breaks the rules of a track is a bug: it throws, and the document stays as it was. */
function requireRules(before: ProjectDocument, after: ProjectDocument, name: CommandName): void {
  for (const [sequenceId, sequence] of Object.entries(after.sequences)) {
    const old = before.sequences[sequenceId];
    if (old === sequence) continue;
    for (const [index, track] of sequence.tracks.entries()) {
      if (track === old?.tracks[index]) continue;
      const problem = trackProblems(track)[0];
      if (problem) throw new Error(`The command ${name} broke the timeline: ${problem.text}.`);
    }
  }
}

/** True for commands that record a fact (a finished take, a probed file) and are never undone. */
export function isRecord(name: CommandName): boolean {
  return (recordCommands as readonly CommandName[]).includes(name);
}

/** The journal entry of a command that was applied. `at`: an ISO 8601 time. */
export function commandEntry(seq: number, name: CommandName, applied: Applied, at: string): JournalEntry {
  return {
    seq,
    kind: isRecord(name) ? 'record' : 'command',
    label: name,
    patches: applied.patches,
    inverse: applied.inverse,
    target: null,
    at,
  };
}

/** One step that several commands made together; null when they changed nothing. */
export function combinedEntry(
  seq: number,
  name: CommandName,
  before: ProjectDocument,
  after: ProjectDocument,
  at: string,
): JournalEntry | null {
  const patches = diff(before, after);
  return patches.length === 0
    ? null
    : commandEntry(seq, name, { document: after, patches, inverse: diff(after, before) }, at);
}

/** Replays one entry, as the engine does. Throws when its patches do not fit the document. */
export function applyEntry(document: ProjectDocument, entry: JournalEntry): ProjectDocument {
  return applyPatches(document, entry.patches as ImmerPatch[]);
}

export interface History {
  /** Every entry known, oldest first. */
  readonly entries: readonly JournalEntry[];
  /** Seq of the commands that can be undone, the last one next. */
  readonly undoStack: readonly number[];
  /** Seq of the commands that can be redone, the last one next. */
  readonly redoStack: readonly number[];
}

/** The history of a project in which nothing has been done yet. */
export const emptyHistory: History = { entries: [], undoStack: [], redoStack: [] };

/** The history after one more entry. */
export function recordEntry(history: History, entry: JournalEntry): History {
  const entries = [...history.entries, entry];
  const { undoStack, redoStack } = history;
  switch (entry.kind) {
    case 'record':
      return { entries, undoStack, redoStack };
    case 'command':
      return { entries, undoStack: [...undoStack, entry.seq], redoStack: [] };
    case 'undo':
      return {
        entries,
        undoStack: undoStack.filter((seq) => seq !== entry.target),
        redoStack: [...redoStack, ...targetOf(entry)],
      };
    case 'redo':
      return {
        entries,
        undoStack: [...undoStack, ...targetOf(entry)],
        redoStack: redoStack.filter((seq) => seq !== entry.target),
      };
  }
}

function targetOf(entry: JournalEntry): number[] {
  return entry.target === null ? [] : [entry.target];
}

/** From a journal. Where its beginning is gone (rotated), an undo or redo of a lost command only closes that path. */
export function rebuildHistory(entries: readonly JournalEntry[]): History {
  const known = new Set(entries.filter((entry) => entry.kind === 'command').map((entry) => entry.seq));
  const undoStack: number[] = [];
  let redoStack: number[] = [];
  for (const entry of entries) {
    if (entry.kind === 'record') continue;
    if (entry.kind === 'command') {
      undoStack.push(entry.seq);
      redoStack = [];
      continue;
    }
    if (entry.target === null || !known.has(entry.target)) continue;
    const [from, to] = entry.kind === 'undo' ? [undoStack, redoStack] : [redoStack, undoStack];
    const place = from.lastIndexOf(entry.target);
    if (place >= 0) from.splice(place, 1);
    to.push(entry.target);
  }
  return { entries: [...entries], undoStack, redoStack };
}

export interface Step {
  readonly document: ProjectDocument;
  readonly entry: JournalEntry;
}

/** Reverses the last command not undone yet; null when there is none. `seq` is the new entry's number. */
export function undoEntry(document: ProjectDocument, history: History, seq: number, at: string): Step | null {
  return step(document, history, history.undoStack.at(-1), 'undo', seq, at);
}

/** Redoes the command undone last; null when there is none. */
export function redoEntry(document: ProjectDocument, history: History, seq: number, at: string): Step | null {
  return step(document, history, history.redoStack.at(-1), 'redo', seq, at);
}

function step(
  document: ProjectDocument,
  history: History,
  target: number | undefined,
  kind: 'undo' | 'redo',
  seq: number,
  at: string,
): Step | null {
  const command = target === undefined ? undefined : findEntry(history.entries, target);
  if (!command) return null;
  const patches = kind === 'undo' ? command.inverse : command.patches;
  const next = produce(applyPatches(document, patches as ImmerPatch[]), (draft) => reconcile(document, draft, patches));
  // the entry holds what really changed, takes that were found again included
  const entry: JournalEntry = {
    seq,
    kind,
    label: command.label,
    patches: diff(document, next),
    inverse: diff(next, document),
    target: command.seq,
    at,
  };
  return { document: next, entry };
}

/** Entries are in order of their seq. */
function findEntry(entries: readonly JournalEntry[], seq: number): JournalEntry | undefined {
  let low = 0;
  let high = entries.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const found = entries[middle]!;
    if (found.seq === seq) return found;
    if (found.seq < seq) low = middle + 1;
    else high = middle - 1;
  }
  return undefined;
}
