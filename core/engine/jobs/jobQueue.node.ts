/**
 * The job queue. Rules, proved in jobQueue.node.test.ts:
 * 1 submit answers once the job is on disk. 2 each lane runs its own number at once, oldest first. 3 cancel ends a job
 * within a second: an executor that does not end by then is abandoned. 4 a crash costs an attempt, the second is the
 * last. 5 finished jobs stay listed until cleared. 6 a job whose project is not open waits. 7 close puts running jobs
 * back without counting an attempt.
 */
import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { FailureError, sentenceOf, toFailure } from '../../contract/errors.ts';
import type { Job, JobSpec } from '../../contract/jobs.ts';
import type { Emit, JobQueue, Logger } from '../services.node.ts';
import { JobAnnouncer } from './jobAnnouncer.ts';
import { JobEntries } from './jobEntries.ts';
import { interrupted, newJob } from './jobRecords.ts';
import { JobRunner, type Executors } from './jobRunner.ts';
import { openJobStore, type JobStore } from './jobStore.node.ts';
import { isFinished } from './lanes.ts';
import { sentence } from '../../contract/sentence.ts';

export type { Executors } from './jobRunner.ts';

/** What a queue is made of. */
export interface JobQueueOptions {
  /** null = kept in memory only (command line). */
  readonly folder: string | null;
  readonly executors: Executors;
  readonly emit: Emit;
  readonly logger: Logger;
  /** False while the job has to wait, e.g. for its project to be opened. Asked again on `wake`. */
  readonly isReady: (spec: JobSpec) => boolean;
}

/** JobQueue plus what the engine in the same process asks. */
export interface LocalJobQueue extends JobQueue {
  /** Something that jobs wait for may have come. */
  wake(): void;
  activeCount(projectId: string): number;
  /** What a finished export has made; null for every other job. */
  exportedPath(jobId: string): string | null;
  onEnded(listener: (job: Job) => void): () => void;
}

/** Takes over what dead engines left in `folder`. Throws what the file system throws. */
export async function createJobQueue(options: JobQueueOptions): Promise<LocalJobQueue> {
  const store = options.folder === null ? null : await openJobStore(options.folder);
  const queue = new Queue(options, store);
  await queue.persist();
  // after the caller has the queue: executors may want it
  setImmediate(queue.wake);
  return queue;
}

class Queue implements LocalJobQueue {
  readonly #store: JobStore | null;
  readonly #entries = new JobEntries();
  readonly #announcer: JobAnnouncer;
  readonly #runner: JobRunner;
  readonly #endedListeners = new Set<(job: Job) => void>();
  /** Once: later saves and releases would touch what another queue has taken over by then. */
  #closed: Promise<void> | null = null;

  constructor({ executors, emit, logger, isReady }: JobQueueOptions, store: JobStore | null) {
    this.#store = store;
    this.#announcer = new JobAnnouncer(emit);
    this.#runner = new JobRunner({
      entries: this.#entries,
      announcer: this.#announcer,
      executors,
      logger,
      readPreview: async (path) => `data:image/jpeg;base64,${await readFile(path, 'base64')}`,
      isReady,
      onState: () => {
        this.persist().catch((error: unknown) => {
          const reason = sentenceOf(toFailure(error));
          emit('notice', { level: 'error', sentence: sentence('engine.jobsNotSaved', { reason }) });
        });
      },
      onEnded: (job) => this.#endedListeners.forEach((listener) => listener(job)),
    });
    for (const job of store?.found ?? []) this.#entries.add(interrupted(job));
  }

  async persist(): Promise<void> {
    await this.#store?.save(this.#entries.persisted());
  }

  readonly wake = (): void => this.#runner.startWaiting();

  async submit(spec: JobSpec): Promise<Job> {
    if (this.#runner.closing) throw new FailureError('internal', sentence('engine.closing'));
    const same = this.#entries.sameWork(spec);
    if (same) return same.job;
    const entry = this.#entries.add(newJob(randomUUID(), spec, this.#entries.waitingIn(spec.kind).length));
    try {
      await this.persist();
    } catch (error) {
      this.#entries.remove(entry.job.id);
      throw error;
    }
    this.#announcer.now(entry);
    this.#runner.startWaiting();
    return entry.job;
  }

  async cancel(jobId: string): Promise<Job> {
    const entry = this.#entries.get(jobId);
    await this.#runner.cancel(entry);
    return entry.job;
  }

  list(projectId: string | null): readonly Job[] {
    return this.#entries.jobs(projectId);
  }

  async clear(jobIds: readonly string[]): Promise<void> {
    for (const jobId of jobIds) {
      const entry = this.#entries.find(jobId);
      if (entry && isFinished(entry.job.state)) this.#entries.remove(jobId);
    }
    await this.persist();
  }

  async finished(jobId: string): Promise<Job> {
    const { job } = this.#entries.get(jobId);
    if (isFinished(job.state)) return job;
    return new Promise((resolve) => {
      const stop = this.onEnded((ended) => {
        if (ended.id !== jobId) return;
        stop();
        resolve(ended);
      });
    });
  }

  activeCount(projectId: string): number {
    return this.#entries.jobs(projectId).filter(({ state }) => !isFinished(state)).length;
  }

  exportedPath(jobId: string): string | null {
    const job = this.#entries.find(jobId)?.job;
    return job?.spec.kind === 'export' && job.state === 'done' ? job.outputPath : null;
  }

  onEnded(listener: (job: Job) => void): () => void {
    this.#endedListeners.add(listener);
    return () => this.#endedListeners.delete(listener);
  }

  close(): Promise<void> {
    this.#closed ??= this.#close();
    return this.#closed;
  }

  async #close(): Promise<void> {
    await this.#runner.close();
    await this.persist();
    this.#store?.release();
  }
}
