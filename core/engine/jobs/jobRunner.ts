/** Runs jobs: starts them lane by lane, settles finished ones, cancels. */
import { FailureError, toFailure, type Failure } from '../../contract/errors.ts';
import type { Job, JobSpec } from '../../contract/jobs.ts';
import type { JobContext, JobExecutor, JobResult, Logger } from '../services.node.ts';
import type { JobAnnouncer } from './jobAnnouncer.ts';
import { jobContext, type ReadPreview } from './jobContext.ts';
import type { JobEntries, JobEntry, JobRun } from './jobEntries.ts';
import { endedJob, queuedAgain, startedJob } from './jobRecords.ts';
import { isFinished, lanes, maxAttempts } from './lanes.ts';
import { AttemptFailed } from './retry.ts';
import { sentence, type Sentence } from '../../contract/sentence.ts';

/** What runs each kind of job. */
export type Executors = { readonly [K in JobSpec['kind']]: JobExecutor<K> };

/** What a runner works with. */
export interface JobRunnerParts {
  readonly entries: JobEntries;
  readonly announcer: JobAnnouncer;
  readonly executors: Executors;
  readonly logger: Logger;
  readonly readPreview: ReadPreview;
  /** False while the job has to wait, e.g. for its project to be opened. */
  readonly isReady: (spec: JobSpec) => boolean;
  /** A state has changed that is to be saved. */
  readonly onState: () => void;
  readonly onEnded: (job: Job) => void;
}

/** From cancel to 'cancelled', whatever the executor does, ms. */
const abandonAfterMs = 900;
const cancelled: Failure = { code: 'cancelled', message: 'Cancelled.' };

/** Runs queued jobs, as many at a time as their lane allows, and records how they end. */
export class JobRunner {
  readonly #parts: JobRunnerParts;
  #closing = false;

  constructor(parts: JobRunnerParts) {
    this.#parts = parts;
  }

  get closing(): boolean {
    return this.#closing;
  }

  /** Starts every job that is ready and has room in its lane, oldest first. */
  startWaiting(): void {
    if (this.#closing) return;
    const { entries, isReady } = this.#parts;
    for (const kind of Object.keys(lanes) as JobSpec['kind'][]) {
      for (const entry of entries.waitingIn(kind)) {
        if (entries.runningIn(kind) >= lanes[kind].concurrency) break;
        if (isReady(entry.job.spec)) this.#start(entry);
      }
      this.#renumber(kind);
    }
  }

  /** Ends a job within a second: an executor that does not end by then is abandoned. */
  async cancel(entry: JobEntry): Promise<void> {
    if (entry.job.state === 'queued') this.#end(entry, { state: 'cancelled' });
    else if (entry.run && !(await abort(entry.run))) {
      this.#parts.logger.warn({ jobId: entry.job.id }, 'executor did not end in time, abandoned');
      this.#end(entry, { state: 'cancelled' });
    }
  }

  /** Starts nothing any more; puts running jobs back without counting an attempt, and waits for their executors. */
  async close(): Promise<void> {
    this.#closing = true;
    const running = this.#parts.entries.all().filter((entry) => entry.run !== null);
    const ended = running.map((entry) => entry.run && abort(entry.run));
    // put back at once: what their executors answer from here on no longer counts
    for (const entry of running) this.#putBack(entry, {});
    await Promise.all(ended);
    this.#parts.announcer.stop();
  }

  #start(entry: JobEntry): void {
    const { announcer, logger, onState, readPreview } = this.#parts;
    const controller = new AbortController();
    let settled = (): void => undefined;
    entry.run = { controller, settled: new Promise((resolve) => (settled = resolve)) };
    entry.job = startedJob(entry.job);
    announcer.now(entry);
    onState();
    const isOwn = () => entry.run?.controller === controller;
    Promise.resolve()
      .then(() => this.#execute(entry.job.spec, jobContext(entry, controller, announcer, logger, readPreview)))
      .then(
        (result) => {
          if (!isOwn()) return;
          if (controller.signal.aborted) this.#settle(entry, cancelled, null);
          else this.#finish(entry, result);
        },
        (error: unknown) => {
          if (!isOwn()) return;
          if (controller.signal.aborted) this.#settle(entry, cancelled, null);
          else if (error instanceof AttemptFailed) this.#settle(entry, error.failure, error.notice);
          else this.#settle(entry, toFailure(error), null);
        },
      )
      .finally(settled);
  }

  #execute(spec: JobSpec, context: JobContext): Promise<JobResult> {
    // the key chooses the executor of this very kind; the compiler cannot follow that through the union
    const executor = this.#parts.executors[spec.kind] as (spec: JobSpec, context: JobContext) => Promise<JobResult>;
    return executor(spec, context);
  }

  #finish(entry: JobEntry, { take, outputPath }: JobResult): void {
    this.#end(entry, { state: 'done', fraction: 1, take: take ?? null, outputPath: outputPath ?? null });
  }

  /** `again`: the notice when the job is tried once more; null when it is not. */
  #settle(entry: JobEntry, failure: Failure, again: Sentence | null): void {
    if (failure.code === 'cancelled') this.#end(entry, { state: 'cancelled' });
    else if (again !== null && entry.job.attempt < maxAttempts) {
      this.#putBack(entry, { attempt: entry.job.attempt + 1, notices: [...entry.job.notices, again] });
      this.startWaiting();
    } else {
      this.#parts.logger.warn({ jobId: entry.job.id, failure }, 'job failed');
      this.#end(entry, { state: 'failed', failure });
    }
  }

  #end(entry: JobEntry, patch: Partial<Job> & Pick<Job, 'state'>): void {
    if (isFinished(entry.job.state)) return;
    this.#release(entry, endedJob(entry.job, patch));
    this.#parts.onEnded(entry.job);
    this.startWaiting();
  }

  #putBack(entry: JobEntry, patch: Partial<Job>): void {
    this.#release(entry, { ...queuedAgain(entry.job), ...patch });
  }

  #release(entry: JobEntry, job: Job): void {
    entry.run = null;
    entry.job = job;
    this.#parts.announcer.now(entry);
    this.#parts.onState();
  }

  #renumber(kind: JobSpec['kind']): void {
    this.#parts.entries.waitingIn(kind).forEach((entry, place) => {
      if (entry.job.queuePlace === place) return;
      entry.job = { ...entry.job, queuePlace: place };
      this.#parts.announcer.soon(entry);
    });
  }
}

/** True when the executor has ended in time. */
async function abort(run: JobRun): Promise<boolean> {
  run.controller.abort(new FailureError('cancelled', sentence('engine.cancelled')));
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<boolean>((resolve) => (timer = setTimeout(() => resolve(false), abandonAfterMs)));
  const inTime = await Promise.race([run.settled.then(() => true), late]);
  clearTimeout(timer);
  return inTime;
}
