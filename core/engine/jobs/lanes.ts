/** Which jobs wait for which: each kind has a lane with its own concurrency. */
import type { JobSpec } from '../../contract/jobs.ts';

/** How jobs of one kind share the machine. */
export interface Lane {
  /** Jobs of this kind that run at the same time. */
  readonly concurrency: number;
  /** Survives the engine's end. Caches do not: they are asked for again when the project is opened. */
  readonly persisted: boolean;
  /** A second submit of the same work answers the job that already waits or runs. */
  readonly joinsSameWork: boolean;
}

/** How jobs of each kind run: how many at once, whether they survive a restart, whether equal work is joined. */
export const lanes: Readonly<Record<JobSpec['kind'], Lane>> = {
  generation: { concurrency: 1, persisted: true, joinsSameWork: false },
  export: { concurrency: 1, persisted: true, joinsSameWork: false },
  mediaCache: { concurrency: 2, persisted: false, joinsSameWork: true },
  follow: { concurrency: 1, persisted: false, joinsSameWork: true },
  // the window asks for one at a time; another is one that somebody waits for
  index: { concurrency: 2, persisted: false, joinsSameWork: true },
  transcript: { concurrency: 1, persisted: true, joinsSameWork: true },
  previewRender: { concurrency: 1, persisted: false, joinsSameWork: true },
};

/** First try and one more. */
export const maxAttempts = 2;

/** True for the states that a job does not leave. */
export function isFinished(state: 'queued' | 'running' | 'done' | 'failed' | 'cancelled'): boolean {
  return state === 'done' || state === 'failed' || state === 'cancelled';
}
