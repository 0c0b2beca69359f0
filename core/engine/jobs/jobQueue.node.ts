/**
 * The job queue. Rules, proved in jobQueue.node.test.ts:
 * 1 submit answers once the job is on disk. 2 each lane runs its own number at once, oldest first. 3 cancel ends a job
 * within a second: an executor that does not end by then is abandoned. 4 a crash costs an attempt, the second is the
 * last. 5 finished jobs stay listed until cleared. 6 a job whose project is not open waits. 7 close puts running jobs
 * back without counting an attempt.
 */
import { randomUUID } from 'node:crypto';
import { basename } from 'node:path';
import { FailureError, toFailure, type Failure } from '../../contract/errors.ts';
import type { Job, JobSpec } from '../../contract/jobs.ts';
import { previewsKept } from '../inference/protocol.ts';
import type { Emit, JobContext, JobExecutor, JobQueue, JobResult, Logger } from '../services.node.ts';
import { openJobStore } from './jobStore.node.ts';
import { interrupted, newJob } from './jobRecords.ts';
import { isFinished, lanes, maxAttempts } from './lanes.ts';
import { createPace, type Pace } from './pace.ts';
import { AttemptFailed } from './retry.ts';

export type Executors = { readonly [K in JobSpec['kind']]: JobExecutor<K> };

export interface JobQueueOptions {
  /** null = kept in memory only (command line). */
  readonly folder: string | null;
  readonly executors: Executors;
  readonly emit: Emit;
  readonly logger: Logger;
  /** False while the job has to wait, e.g. for its project to be opened. Asked again on `wake`. */
  readonly isReady: (spec: JobSpec) => boolean;
}

export interface LocalJobQueue extends JobQueue {
  /** Something that jobs wait for may have come. */
  wake(): void;
  activeCount(projectId: string): number;
  /** Path of `/files/jobs/<job>/<name>`, a step's look; null when it is not one. */
  previewPath(jobId: string, name: string): string | null;
  onEnded(listener: (job: Job) => void): () => void;
}

/** Between two progress events of one job. */
const reportEveryMs = 100;
/** From cancel to 'cancelled', whatever the executor does. */
const abandonAfterMs = 900;

interface Entry {
  job: Job;
  run: { readonly controller: AbortController; readonly settled: Promise<void> } | null;
  /** Pictures of the run that were told of, newest first: a window may still ask for the one before. */
  previewPaths: readonly string[];
  emittedAtMs: number;
  timer: NodeJS.Timeout | null;
}

export async function createJobQueue(options: JobQueueOptions): Promise<LocalJobQueue> {
  const { executors, emit, logger } = options;
  const store = options.folder === null ? null : await openJobStore(options.folder);
  const entries = new Map<string, Entry>();
  const endedListeners = new Set<(job: Job) => void>();
  let closing = false;

  const persist = async (): Promise<void> => {
    if (!store) return;
    await store.save([...entries.values()].map((entry) => entry.job).filter((job) => lanes[job.spec.kind].persisted));
  };
  const persistLater = (): void => {
    persist().catch((error: unknown) => {
      emit('notice', { level: 'error', message: `The job queue could not be saved: ${toFailure(error).message}` });
    });
  };

  const emitNow = (entry: Entry): void => {
    if (entry.timer) clearTimeout(entry.timer);
    entry.timer = null;
    entry.emittedAtMs = performance.now();
    emit('job.changed', { job: entry.job });
  };
  const emitSoon = (entry: Entry): void => {
    const waitMs = reportEveryMs - (performance.now() - entry.emittedAtMs);
    if (waitMs <= 0) emitNow(entry);
    else entry.timer ??= setTimeout(() => emitNow(entry), waitMs);
  };
  const change = (entry: Entry, patch: Partial<Job>): void => {
    entry.job = { ...entry.job, ...patch };
  };

  const waitingIn = (kind: JobSpec['kind']): Entry[] =>
    [...entries.values()].filter((entry) => entry.job.spec.kind === kind && entry.job.state === 'queued');
  const runningIn = (kind: JobSpec['kind']): number =>
    [...entries.values()].filter((entry) => entry.job.spec.kind === kind && entry.run !== null).length;

  const renumber = (kind: JobSpec['kind']): void => {
    waitingIn(kind).forEach((entry, place) => {
      if (entry.job.queuePlace === place) return;
      change(entry, { queuePlace: place });
      emitSoon(entry);
    });
  };

  const end = (entry: Entry, patch: Partial<Job> & { state: Job['state'] }): void => {
    if (isFinished(entry.job.state)) return;
    entry.run = null;
    entry.previewPaths = [];
    change(entry, {
      ...patch,
      finishedAt: new Date().toISOString(),
      secondsLeft: null,
      queuePlace: null,
      previewUrl: null,
    });
    emitNow(entry);
    persistLater();
    for (const listener of endedListeners) listener(entry.job);
    startWaiting();
  };

  const putBack = (entry: Entry, patch: Partial<Job>): void => {
    entry.run = null;
    entry.previewPaths = [];
    change(entry, {
      ...patch,
      state: 'queued',
      startedAt: null,
      fraction: 0,
      stage: 'queued',
      step: null,
      stepCount: null,
      secondsLeft: null,
      previewUrl: null,
    });
    emitNow(entry);
    persistLater();
  };

  const contextFor = (entry: Entry, controller: AbortController, pace: Pace): JobContext => ({
    jobId: entry.job.id,
    attempt: entry.job.attempt,
    signal: controller.signal,
    logger,
    report(progress) {
      if (entry.run?.controller !== controller || controller.signal.aborted) return;
      const fraction = Math.min(1, Math.max(entry.job.fraction, progress.fraction));
      if (progress.previewPath)
        entry.previewPaths = [
          progress.previewPath,
          ...entry.previewPaths.filter((path) => path !== progress.previewPath),
        ].slice(0, previewsKept);
      change(entry, {
        fraction,
        stage: progress.stage,
        step: progress.step ?? null,
        stepCount: progress.stepCount ?? null,
        secondsLeft: pace.observe(fraction, performance.now()),
        previewUrl: entry.previewPaths[0] ? `/files/jobs/${entry.job.id}/${basename(entry.previewPaths[0])}` : null,
      });
      emitSoon(entry);
    },
    notice(sentence) {
      if (entry.job.notices.includes(sentence)) return;
      change(entry, { notices: [...entry.job.notices, sentence] });
      emitSoon(entry);
    },
    setDevice(device) {
      change(entry, { device });
      emitSoon(entry);
    },
  });

  const execute = (spec: JobSpec, context: JobContext): Promise<JobResult> => {
    // the key chooses the executor of this very kind; the compiler cannot follow that through the union
    const executor = executors[spec.kind] as (spec: JobSpec, context: JobContext) => Promise<JobResult>;
    return executor(spec, context);
  };

  const settle = (entry: Entry, failure: Failure, again: string | null): void => {
    if (failure.code === 'cancelled') end(entry, { state: 'cancelled' });
    else if (again !== null && entry.job.attempt < maxAttempts) {
      putBack(entry, { attempt: entry.job.attempt + 1, notices: [...entry.job.notices, again] });
      startWaiting();
    } else {
      logger.warn({ jobId: entry.job.id, failure }, 'job failed');
      end(entry, { state: 'failed', failure });
    }
  };

  const start = (entry: Entry): void => {
    const controller = new AbortController();
    const pace = createPace(performance.now());
    let settled = (): void => undefined;
    entry.run = { controller, settled: new Promise((resolve) => (settled = resolve)) };
    change(entry, {
      state: 'running',
      startedAt: new Date().toISOString(),
      queuePlace: null,
      stage: 'starting',
      fraction: 0,
      failure: null,
    });
    emitNow(entry);
    persistLater();
    const cancelledBy = (): boolean => controller.signal.aborted;
    Promise.resolve()
      .then(() => execute(entry.job.spec, contextFor(entry, controller, pace)))
      .then(
        (result) => {
          if (entry.run?.controller !== controller) return;
          if (cancelledBy()) settle(entry, { code: 'cancelled', message: 'Cancelled.' }, null);
          else
            end(entry, {
              state: 'done',
              fraction: 1,
              take: result.take ?? null,
              outputPath: result.outputPath ?? null,
            });
        },
        (error: unknown) => {
          if (entry.run?.controller !== controller) return;
          if (cancelledBy()) settle(entry, { code: 'cancelled', message: 'Cancelled.' }, null);
          else if (error instanceof AttemptFailed) settle(entry, error.failure, error.notice);
          else settle(entry, toFailure(error), null);
        },
      )
      .finally(settled);
  };

  const startWaiting = (): void => {
    if (closing) return;
    for (const kind of Object.keys(lanes) as JobSpec['kind'][]) {
      for (const entry of waitingIn(kind)) {
        if (runningIn(kind) >= lanes[kind].concurrency) break;
        if (options.isReady(entry.job.spec)) start(entry);
      }
      renumber(kind);
    }
  };

  /** Resolves when the executor has ended, or after `abandonAfterMs` with false. */
  const abort = async (run: NonNullable<Entry['run']>): Promise<boolean> => {
    run.controller.abort(new FailureError('cancelled', 'Cancelled.'));
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<boolean>((resolve) => (timer = setTimeout(() => resolve(false), abandonAfterMs)));
    const inTime = await Promise.race([run.settled.then(() => true), late]);
    clearTimeout(timer);
    return inTime;
  };

  const get = (jobId: string): Entry => {
    const entry = entries.get(jobId);
    if (!entry) throw new FailureError('notFound', `There is no job ${jobId}; it may have been cleared.`);
    return entry;
  };

  for (const job of store?.found ?? [])
    entries.set(job.id, { job: interrupted(job), run: null, previewPaths: [], emittedAtMs: 0, timer: null });
  await persist();

  const queue: LocalJobQueue = {
    async submit(spec) {
      if (closing) throw new FailureError('internal', 'The engine is closing.');
      if (lanes[spec.kind].joinsSameWork) {
        const same = [...entries.values()].find(
          (entry) => !isFinished(entry.job.state) && JSON.stringify(entry.job.spec) === JSON.stringify(spec),
        );
        if (same) return same.job;
      }
      const entry: Entry = {
        job: newJob(randomUUID(), spec, waitingIn(spec.kind).length),
        run: null,
        previewPaths: [],
        emittedAtMs: 0,
        timer: null,
      };
      entries.set(entry.job.id, entry);
      try {
        await persist();
      } catch (error) {
        entries.delete(entry.job.id);
        throw error;
      }
      emitNow(entry);
      startWaiting();
      return entry.job;
    },
    async cancel(jobId) {
      const entry = get(jobId);
      if (entry.job.state === 'queued') end(entry, { state: 'cancelled' });
      else if (entry.run && !(await abort(entry.run))) {
        logger.warn({ jobId }, 'executor did not end in time, abandoned');
        end(entry, { state: 'cancelled' });
      }
      return entry.job;
    },
    list: (projectId) =>
      [...entries.values()]
        .map((entry) => entry.job)
        .filter((job) => projectId === null || job.spec.projectId === projectId),
    async clear(jobIds) {
      for (const jobId of jobIds) {
        const entry = entries.get(jobId);
        if (entry && isFinished(entry.job.state)) entries.delete(jobId);
      }
      await persist();
    },
    async finished(jobId) {
      const entry = get(jobId);
      if (isFinished(entry.job.state)) return entry.job;
      return new Promise((resolve) => {
        const stop = queue.onEnded((job) => {
          if (job.id !== jobId) return;
          stop();
          resolve(job);
        });
      });
    },
    wake: startWaiting,
    activeCount: (projectId) =>
      [...entries.values()].filter((entry) => entry.job.spec.projectId === projectId && !isFinished(entry.job.state))
        .length,
    previewPath(jobId, name) {
      return entries.get(jobId)?.previewPaths.find((path) => basename(path) === name) ?? null;
    },
    onEnded(listener) {
      endedListeners.add(listener);
      return () => endedListeners.delete(listener);
    },
    async close() {
      closing = true;
      const running = [...entries.values()].filter((entry) => entry.run !== null);
      const ended = running.map((entry) => entry.run && abort(entry.run));
      // put back at once: what their executors answer from here on no longer counts
      for (const entry of running) putBack(entry, {});
      await Promise.all(ended);
      for (const entry of entries.values()) if (entry.timer) clearTimeout(entry.timer);
      await persist();
      store?.release();
    },
  };
  // after the caller has the queue: executors may want it
  setImmediate(startWaiting);
  return queue;
}
