/**
 * Rebuilds the document from a project's folder: the newest sound snapshot, and the journal played over it.
 * Only reads, and returns what has to be written; nothing is ever overwritten without a copy.
 */
import { basename } from 'node:path';
import { applyEntry } from '../commands/history.ts';
import type { JournalEntry } from '../document/journal.ts';
import { FailureError } from '../contract/errors.ts';
import { documentProblems } from '../document/invariants.ts';
import { migrateJson } from '../document/migrations.ts';
import { parseDocument } from '../document/parse.ts';
import type { ProjectDocument } from '../document/schema.ts';
import { readJournal, type ReadJournal } from './journal.node.ts';
import { listBackups, readSnapshot, type Snapshot } from './projectFile.node.ts';
import { requirePlainFolder } from './plainFile.node.ts';
import { projectNameOf, type ProjectFolder } from './projectFolder.node.ts';
import type { ProjectFs } from './projectFs.node.ts';
import { upgradeEntries } from './upgradeEntries.ts';
import { sentence, type Sentence } from '../contract/sentence.ts';

/** A document, and the repairs its folder needs before anything is written to it. */
export interface Recovered {
  readonly document: ProjectDocument;
  /** Number of the last entry in the document. */
  readonly seq: number;
  /** Number of the last entry in project.json; differs when there is something to snapshot. */
  readonly snapshotSeq: number;
  readonly history: readonly JournalEntry[];
  readonly notices: readonly Sentence[];
  /** project.json is bad: to be kept aside before a new one is written. */
  readonly projectFileBad: boolean;
  /** null: the journal is kept, cut to `journalBytes`. Otherwise it is set aside and replaced by these. */
  readonly newJournal: readonly JournalEntry[] | null;
  /** The journal before it holds changes that are not in the document: to be kept aside too. */
  readonly journalBeforeBad: boolean;
  readonly journalBytes: number;
  readonly migratedFrom: number | null;
  readonly writtenIn: string | null;
}

interface Base {
  readonly snapshot: Snapshot;
  readonly bad: boolean;
  readonly notices: readonly Sentence[];
}

/** Throws FailureError 'notFound', 'newerVersion' or 'damaged'. */
export async function recoverProject(fs: ProjectFs, folder: ProjectFolder): Promise<Recovered> {
  await requirePlainFolders(fs, folder);
  const { snapshot, bad, notices } = await findBase(fs, folder);
  const before = await readJournal(fs, folder, folder.journalBefore);
  const journal = await readJournal(fs, folder, folder.journal);
  const read = [...before.entries, ...journal.entries];
  const entries = snapshot.older === null ? read : upgradeEntries(snapshot.older, read, migrateJson);

  const replayed = replay(snapshot, entries);
  const history = soundHistory(entries, replayed.seq);
  const missing = entries.filter((entry) => entry.seq > replayed.seq).length;
  const problems = replayed.seq === snapshot.seq ? snapshot.problems : documentProblems(replayed.document);
  return {
    document: replayed.document,
    seq: replayed.seq,
    snapshotSeq: snapshot.seq,
    history,
    notices: [
      ...notices,
      ...journalNotices(basename(folder.journal), journal, missing),
      ...problemNotices(problems),
      ...(snapshot.older === null ? [] : [sentence('project.upgraded')]),
    ],
    projectFileBad: bad,
    newJournal: newJournal(snapshot, journal, entries, { history, missing, seq: replayed.seq }),
    // its entries are of the older version, or changes that are not in the document
    journalBeforeBad:
      before.entries.length > 0 &&
      (snapshot.older !== null || before.entries.some((entry) => entry.seq > replayed.seq)),
    journalBytes: journal.soundBytes,
    migratedFrom: snapshot.migratedFrom,
    writtenIn: snapshot.writtenIn,
  };
}

/** The entries that replace the journal; null when it is kept. */
function newJournal(
  snapshot: Snapshot,
  journal: ReadJournal,
  entries: readonly JournalEntry[],
  replayed: { readonly history: readonly JournalEntry[]; readonly missing: number; readonly seq: number },
): readonly JournalEntry[] | null {
  if (snapshot.older !== null && entries.length > 0) return replayed.history;
  if (replayed.missing > 0 || journal.damagedLines.length > 0)
    return journal.entries.filter((entry) => entry.seq <= replayed.seq);
  // a journal that ends before the snapshot does (deleted, or brought back from an older copy) says nothing about it
  return replayed.history.length === 0 && journal.entries.length > 0 ? [] : null;
}

/** `missing`: changes after the last one that could be replayed. */
function journalNotices(name: string, { torn, damagedLines }: ReadJournal, missing: number): Sentence[] {
  const notices = torn ? [sentence('project.lastChangeTorn')] : [];
  const line = damagedLines[0];
  if (missing > 0)
    notices.push(
      line === undefined
        ? sentence('project.journalDamaged', { name, count: missing })
        : sentence('project.journalDamagedFrom', { name, line, count: missing }),
    );
  else if (line !== undefined) notices.push(sentence('project.historyDamaged', { name, line }));
  return notices;
}

const problemsNamed = 5;

function problemNotices(problems: readonly Sentence[]): Sentence[] {
  const named = problems.slice(0, problemsNamed).map((problem) => sentence('project.breaksRule', { problem }));
  return problems.length > problemsNamed
    ? [...named, sentence('project.breaksMoreRules', { count: problems.length - problemsNamed })]
    : named;
}

/** project.json, or the newest backup that can be read. */
async function findBase(fs: ProjectFs, folder: ProjectFolder): Promise<Base> {
  const name = projectNameOf(folder.folder);
  const current = await readSnapshot(fs, folder, folder.projectFile);
  if (current.ok) return { snapshot: current.snapshot, bad: false, notices: [] };
  if (current.code === 'newerVersion')
    throw new FailureError(
      'newerVersion',
      sentence('project.cannotOpen', { name, reason: current.reason }),
      folder.projectFile,
    );
  const backups = await listBackups(fs, folder);
  for (const path of backups) {
    const backup = await readSnapshot(fs, folder, path);
    if (!backup.ok) continue;
    return {
      snapshot: backup.snapshot,
      bad: current.code === 'damaged',
      notices: [
        current.code === 'absent'
          ? sentence('project.restoredMissing', { backup: basename(path) })
          : sentence('project.restoredDamaged', { backup: basename(path), reason: current.reason }),
      ],
    };
  }
  if (current.code === 'absent' && backups.length === 0) {
    throw new FailureError('notFound', sentence('project.withoutFile', { path: folder.folder }), folder.folder);
  }
  throw new FailureError(
    'damaged',
    sentence('project.allDamaged', { path: folder.projectFile, reason: current.reason }),
    folder.projectFile,
  );
}

/**
 * Plays what the snapshot does not hold, as far as the numbers follow one another, the patches fit, and the result is a
 * document: a journal may come from a stranger too.
 */
function replay(snapshot: Snapshot, entries: readonly JournalEntry[]): { document: ProjectDocument; seq: number } {
  const applied = replayUpTo(snapshot, entries, Infinity);
  if (applied.seq === snapshot.seq) return applied;
  const parsed = parseDocument(applied.document);
  if (parsed.ok) return { document: parsed.value, seq: applied.seq };
  return replayWhileSound(snapshot, entries);
}

/**
 * Replays up to the change that breaks the document, which is found by bisection: a hostile journal may be long, and
 * parsing the document after each entry would take minutes.
 */
function replayWhileSound(snapshot: Snapshot, entries: readonly JournalEntry[]): ReturnType<typeof replay> {
  let sound: ReturnType<typeof replay> = snapshot;
  let badSeq = replayUpTo(snapshot, entries, Infinity).seq;
  while (badSeq - sound.seq > 1) {
    const next = replayUpTo(sound, entries, Math.floor((sound.seq + badSeq) / 2));
    const parsed = parseDocument(next.document);
    if (parsed.ok) sound = { document: parsed.value, seq: next.seq };
    else badSeq = next.seq;
  }
  return sound;
}

function replayUpTo(
  from: { readonly document: ProjectDocument; readonly seq: number },
  entries: readonly JournalEntry[],
  lastSeq: number,
): ReturnType<typeof replay> {
  let { document, seq } = from;
  for (const entry of entries) {
    if (entry.seq <= seq) continue;
    if (entry.seq !== seq + 1 || entry.seq > lastSeq) break;
    try {
      document = applyEntry(document, entry);
    } catch {
      // its patches do not fit: what follows builds on it. The caller says how many changes that are
      break;
    }
    seq = entry.seq;
  }
  return { document, seq };
}

/** Throws RefusedFile when a folder that a project writes to is a link. */
async function requirePlainFolders(fs: ProjectFs, folder: ProjectFolder): Promise<void> {
  for (const place of [folder.takes, folder.backups, folder.media]) await requirePlainFolder(fs, place);
}

/** Entries that undo reaches back over. */
export const historyKept = 1000;

/** The last entries up to the document's own number, without a hole: only these can be undone one after the other. */
function soundHistory(entries: readonly JournalEntry[], seq: number): JournalEntry[] {
  const history: JournalEntry[] = [];
  let expected = seq;
  for (let index = entries.length - 1; index >= 0 && history.length < historyKept; index--) {
    const entry = entries[index]!;
    if (entry.seq > expected) continue;
    if (entry.seq !== expected) break;
    history.push(entry);
    expected--;
  }
  return history.toReversed();
}
