/** The queue's jobs with what belongs to a run of theirs, in the order they were submitted. */
import { FailureError } from '../../contract/errors.ts';
import { sentence } from '../../contract/sentence.ts';
import type { Job, JobSpec } from '../../contract/jobs.ts';
import { isFinished, lanes } from './lanes.ts';

/** A job's executor at work. */
export interface JobRun {
  readonly controller: AbortController;
  /** Resolves when the executor has ended, in whatever way. */
  readonly settled: Promise<void>;
}

/** A job's record and its run. `job` is replaced, never changed. */
export interface JobEntry {
  job: Job;
  /** null while it does not run. */
  run: JobRun | null;
}

/** Every job the engine knows, with what only matters while it runs. */
export class JobEntries {
  readonly #byId = new Map<string, JobEntry>();

  add(job: Job): JobEntry {
    const entry: JobEntry = { job, run: null };
    this.#byId.set(job.id, entry);
    return entry;
  }

  remove(jobId: string): void {
    this.#byId.delete(jobId);
  }

  find(jobId: string): JobEntry | undefined {
    return this.#byId.get(jobId);
  }

  /** Throws FailureError 'notFound'. */
  get(jobId: string): JobEntry {
    const entry = this.#byId.get(jobId);
    if (!entry) throw new FailureError('notFound', sentence('engine.noJob', { id: jobId }));
    return entry;
  }

  all(): JobEntry[] {
    return [...this.#byId.values()];
  }

  /** Of one project, or of all for null. */
  jobs(projectId: string | null): Job[] {
    return this.all().flatMap(({ job }) => (projectId === null || job.spec.projectId === projectId ? [job] : []));
  }

  /** What survives the engine's end. */
  persisted(): Job[] {
    return this.jobs(null).filter((job) => lanes[job.spec.kind].persisted);
  }

  waitingIn(kind: JobSpec['kind']): JobEntry[] {
    return this.all().filter(({ job }) => job.spec.kind === kind && job.state === 'queued');
  }

  runningIn(kind: JobSpec['kind']): number {
    return this.all().filter(({ job, run }) => job.spec.kind === kind && run !== null).length;
  }

  /** An unfinished job that does the same work, where its lane joins such jobs. */
  sameWork(spec: JobSpec): JobEntry | undefined {
    if (!lanes[spec.kind].joinsSameWork) return undefined;
    const asked = JSON.stringify(spec);
    return this.all().find(({ job }) => !isFinished(job.state) && JSON.stringify(job.spec) === asked);
  }
}
