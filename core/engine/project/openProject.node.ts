/** One open project: its document in step with its journal, snapshots now and then, and the lock while it is open. */
import { constants } from 'node:fs';
import { join } from 'node:path';
import { applyEntry } from '../../commands/history.ts';
import type { JournalEntry } from '../../document/journal.ts';
import { FailureError } from '../../contract/errors.ts';
import { newId } from '../../document/create.ts';
import { parseDocument } from '../../document/parse.ts';
import type { ProjectDocument } from '../../document/schema.ts';
import { JournalWriter, rewriteJournal } from '../../disk/journal.node.ts';
import { acquireLock, type ProjectLock } from '../../disk/lock.node.ts';
import { addBackup, writeSnapshot } from '../../disk/projectFile.node.ts';
import type { ProjectFolder } from '../../disk/projectFolder.node.ts';
import { exists, fsFailure, namesIn, type ProjectFs } from '../../disk/projectFs.node.ts';
import { historyKept, recoverProject, type Recovered } from '../../disk/recoverProject.node.ts';
import { removeLeftovers } from '../../disk/wholeFile.node.ts';
import { sentence, type Sentence } from '../../contract/sentence.ts';

/** When project.json, backups and a fresh journal are written. */
export interface SnapshotPolicy {
  /** Journal entries after which project.json is written again. */
  readonly everyEntries: number;
  /** Quiet time after an append, in ms, after which it is too. */
  readonly idleMs: number;
  /** Least time between two backups, ms. */
  readonly backupMs: number;
  /** Size from which the journal is rotated at a snapshot. */
  readonly rotateBytes: number;
}

/** When an open project writes snapshots and backups, and when its journal is rotated. */
export const defaultPolicy: SnapshotPolicy = {
  everyEntries: 200,
  idleMs: 3000,
  backupMs: 5 * 60_000,
  rotateBytes: 4 * 1024 * 1024,
};

/** What is on disk. */
export interface Saved {
  readonly savedSeq: number;
  readonly savedAt: string;
}

interface Waiting {
  readonly entries: readonly JournalEntry[];
  readonly resolve: (saved: Saved) => void;
  readonly reject: (error: FailureError) => void;
}

/** What the store asks of a project that is open, for writing or for reading. */
export interface StandingProject {
  readonly folder: ProjectFolder;
  readonly notices: readonly Sentence[];
  readonly history: readonly JournalEntry[];
  readonly document: ProjectDocument;
  readonly seq: number;
  append(entries: readonly JournalEntry[]): Promise<Saved>;
  close(): Promise<void>;
}

/**
 * As it was last saved, without a lock: another Framewright may go on with it. Writes nothing. Throws as
 * `OpenProject.open`, but never 'locked'.
 */
export async function openForReading(fs: ProjectFs, folder: ProjectFolder): Promise<StandingProject> {
  const { document, seq, history, notices } = await recoverProject(fs, folder);
  return {
    folder,
    document,
    seq,
    history,
    notices,
    append: () =>
      Promise.reject(new FailureError('locked', sentence('project.readOnly', { name: document.name }), folder.folder)),
    close: () => Promise.resolve(),
  };
}

async function requireFolder(fs: ProjectFs, path: string): Promise<void> {
  if (!(await exists(fs, path))) throw new FailureError('notFound', sentence('project.missing', { path }), path);
  const about = await fs.stat(path);
  if (!about.isDirectory()) throw new FailureError('badRequest', sentence('project.notProject', { path }), path);
}

/** A project opened for writing: holds its lock, appends to its journal and writes its snapshots. */
export class OpenProject implements StandingProject {
  readonly folder: ProjectFolder;
  readonly notices: readonly Sentence[];
  history: readonly JournalEntry[];
  document: ProjectDocument;
  seq: number;

  readonly #fs: ProjectFs;
  readonly #lock: ProjectLock;
  readonly #policy: SnapshotPolicy;
  readonly #onSnapshotFailed: (error: FailureError) => void;
  #journal: JournalWriter;
  #snapshotSeq: number;
  #backedUpAt = 0;
  #waiting: Waiting[] = [];
  #working: Promise<void> | null = null;
  #idle: NodeJS.Timeout | null = null;

  private constructor(from: {
    fs: ProjectFs;
    folder: ProjectFolder;
    lock: ProjectLock;
    journal: JournalWriter;
    policy: SnapshotPolicy;
    onSnapshotFailed: (error: FailureError) => void;
    recovered: Recovered;
  }) {
    this.#fs = from.fs;
    this.folder = from.folder;
    this.#lock = from.lock;
    this.#journal = from.journal;
    this.#policy = from.policy;
    this.#onSnapshotFailed = from.onSnapshotFailed;
    this.document = from.recovered.document;
    this.seq = from.recovered.seq;
    this.history = from.recovered.history;
    this.notices = from.recovered.notices;
    this.#snapshotSeq = from.recovered.snapshotSeq;
  }

  /**
   * Locks, recovers and repairs. Throws FailureError: 'locked', 'notFound', 'damaged', 'newerVersion', 'notWritable',
   * 'diskFull'.
   */
  static async open(
    fs: ProjectFs,
    folder: ProjectFolder,
    policy: SnapshotPolicy,
    onSnapshotFailed: (error: FailureError) => void,
  ): Promise<OpenProject> {
    await requireFolder(fs, folder.folder);
    let lock: ProjectLock | null = null;
    try {
      lock = await acquireLock(fs, folder);
      const recovered = await recoverProject(fs, folder);
      await sweepTemporary(fs, folder);
      const journalBytes = await keepDamaged(fs, folder, recovered);
      const journal = await JournalWriter.open(fs, folder, journalBytes);
      const project = new OpenProject({ fs, folder, lock, journal, policy, onSnapshotFailed, recovered });
      if (
        recovered.projectFileBad ||
        recovered.migratedFrom !== null ||
        recovered.seq !== recovered.snapshotSeq ||
        recovered.notices.length > 0
      ) {
        await project.#writeSnapshot();
      }
      if (recovered.writtenIn !== null && recovered.writtenIn !== folder.folder) await project.#takeNewIdentity();
      return project;
    } catch (error) {
      await lock?.release();
      throw fsFailure(error, folder.folder, 'openedForWriting');
    }
  }

  /** A folder that was moved or copied: under its old id, jobs and windows could take it for the other one. */
  async #takeNewIdentity(): Promise<void> {
    const path = ['id'];
    const entry: JournalEntry = {
      seq: this.seq + 1,
      kind: 'record',
      label: 'newIdentity',
      patches: [{ op: 'replace', path, value: newId() }],
      inverse: [{ op: 'replace', path, value: this.document.id }],
      target: null,
      at: new Date().toISOString(),
    };
    await this.append([entry]);
    await this.#writeSnapshot();
  }

  /** Saved when it returns. Known entries are skipped; others that claim a known number are refused. */
  append(entries: readonly JournalEntry[]): Promise<Saved> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ entries, resolve, reject });
      this.#working ??= this.#work().finally(() => {
        this.#working = null;
      });
    });
  }

  /** All that waits, in one write and one fsync (group commit), until nothing waits. */
  async #work(): Promise<void> {
    while (this.#waiting.length > 0) {
      const batch = this.#waiting;
      this.#waiting = [];
      let { document, seq } = this;
      const fresh: JournalEntry[] = [];
      const accepted: Waiting[] = [];
      for (const waiting of batch) {
        try {
          const added = this.#fit(waiting.entries, document, seq, fresh);
          document = added.document;
          fresh.push(...added.entries);
          seq += added.entries.length;
          accepted.push(waiting);
        } catch (error) {
          waiting.reject(fsFailure(error, this.folder.folder, 'saved'));
        }
      }
      try {
        await this.#journal.append(fresh);
      } catch (error) {
        for (const waiting of accepted) waiting.reject(fsFailure(error, this.folder.journal, 'saved'));
        continue;
      }
      this.document = document;
      this.seq = seq;
      this.history = [...this.history, ...fresh].slice(-historyKept);
      const saved: Saved = { savedSeq: seq, savedAt: new Date().toISOString() };
      for (const waiting of accepted) waiting.resolve(saved);
      if (this.seq - this.#snapshotSeq >= this.#policy.everyEntries) await this.#tryWriteSnapshot();
      else if (fresh.length > 0) this.#snapshotWhenIdle();
    }
  }

  /** The entries that are new, and the document with them. Throws 'badRequest' for what does not fit. */
  #fit(
    entries: readonly JournalEntry[],
    before: ProjectDocument,
    lastSeq: number,
    uncommitted: readonly JournalEntry[],
  ): { document: ProjectDocument; entries: JournalEntry[] } {
    const fresh: JournalEntry[] = [];
    let document = before;
    let seq = lastSeq;
    for (const entry of entries) {
      if (entry.seq <= seq) {
        const known =
          [...uncommitted, ...fresh].find((other) => other.seq === entry.seq) ??
          this.history.findLast((other) => other.seq === entry.seq);
        if (known && (known.at !== entry.at || known.label !== entry.label || known.kind !== entry.kind)) {
          throw new FailureError(
            'locked',
            sentence('project.changedElsewhere', { name: document.name }),
            this.folder.folder,
          );
        }
        continue;
      }
      if (entry.seq !== seq + 1)
        throw new FailureError('badRequest', sentence('project.changeTooEarly', { change: entry.seq, next: seq + 1 }));
      try {
        document = applyEntry(document, entry);
      } catch (error) {
        throw new FailureError(
          'badRequest',
          sentence('project.changeDoesNotFit', {
            change: entry.seq,
            label: entry.label,
            reason: (error as Error).message,
          }),
        );
      }
      fresh.push(entry);
      seq = entry.seq;
    }
    if (fresh.length > 0) {
      const parsed = parseDocument(document);
      if (!parsed.ok)
        throw new FailureError('badRequest', sentence('project.changeDamages', { change: seq, reason: parsed.reason }));
    }
    return { document, entries: fresh };
  }

  #snapshotWhenIdle(): void {
    if (this.#idle) clearTimeout(this.#idle);
    this.#idle = setTimeout(() => {
      this.#idle = null;
      // in the queue's turn, so that no append runs beside it
      this.#working ??= this.#tryWriteSnapshot()
        .then(() => this.#work())
        .finally(() => {
          this.#working = null;
        });
    }, this.#policy.idleMs);
    this.#idle.unref();
  }

  /** A failed snapshot loses nothing: the journal has it all. It is reported, and tried again at the next. */
  async #tryWriteSnapshot(): Promise<void> {
    try {
      await this.#writeSnapshot();
    } catch (error) {
      this.#onSnapshotFailed(fsFailure(error, this.folder.projectFile, 'saved'));
    }
  }

  async #writeSnapshot(): Promise<void> {
    const { seq, document } = this;
    if (Date.now() - this.#backedUpAt >= this.#policy.backupMs) {
      await addBackup(this.#fs, this.folder, seq, document);
      this.#backedUpAt = Date.now();
    }
    await writeSnapshot(this.#fs, this.folder, seq, document);
    this.#snapshotSeq = seq;
    if (this.#journal.sizeBytes < this.#policy.rotateBytes) return;
    await this.#journal.close();
    await this.#fs.rename(this.folder.journal, this.folder.journalBefore);
    this.#journal = await JournalWriter.open(this.#fs, this.folder, 0);
  }

  /**
   * Waits for pending saves, writes a last snapshot and releases the lock. Throws when the snapshot fails; it
   * is closed all the same.
   */
  async close(): Promise<void> {
    if (this.#idle) clearTimeout(this.#idle);
    while (this.#working) await this.#working;
    try {
      if (this.seq !== this.#snapshotSeq) await this.#writeSnapshot();
    } catch (error) {
      throw fsFailure(error, this.folder.projectFile, 'saved');
    } finally {
      await this.#journal.close();
      await this.#lock.release();
    }
  }
}

/**
 * Sets unreadable files aside under new names and repairs the journal. Returns the journal's sound size,
 * bytes. Copies are made without replacing anything; a link is moved, never followed.
 */
async function keepDamaged(fs: ProjectFs, folder: ProjectFolder, recovered: Recovered): Promise<number> {
  const stamp = Date.now();
  let { journalBytes } = recovered;
  const older = recovered.migratedFrom;
  if (older !== null) await fs.mkdir(folder.backups, { recursive: true });
  const aside = (name: string) =>
    older === null
      ? join(folder.folder, `${name}.damaged-${stamp}.ndjson`)
      : join(folder.backups, `${name}-version-${older}-${stamp}.ndjson`);
  if (recovered.newJournal !== null) {
    const kept = aside('journal');
    if (await exists(fs, folder.journal)) await fs.copyFile(folder.journal, kept, constants.COPYFILE_EXCL);
    journalBytes = await rewriteJournal(fs, folder.journal, recovered.newJournal);
  }
  if (recovered.journalBeforeBad) await fs.rename(folder.journalBefore, aside('journal.1'));
  if (recovered.projectFileBad)
    await fs.rename(folder.projectFile, join(folder.folder, `project.damaged-${stamp}.json`));
  if (older !== null) {
    const kept = join(folder.backups, `project-version-${older}-${stamp}.json`);
    if (await exists(fs, folder.projectFile)) await fs.copyFile(folder.projectFile, kept, constants.COPYFILE_EXCL);
  }
  return journalBytes;
}

/** Removes half-written files of an engine that was killed; '.tmp' is how older versions named them. */
async function sweepTemporary(fs: ProjectFs, { folder, backups, takes }: ProjectFolder): Promise<void> {
  for (const place of [folder, backups, takes]) {
    await removeLeftovers(place, fs);
    for (const name of await namesIn(fs, place))
      if (name.endsWith('.tmp')) await fs.rm(join(place, name), { force: true });
  }
}
