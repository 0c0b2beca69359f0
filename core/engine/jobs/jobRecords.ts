/** Job records at their start and as they are found after a crash. */
import { withinLength } from '../../document/nameLength.ts';
import type { Job, JobSpec } from '../../contract/jobs.ts';
import { maxAttempts } from './lanes.ts';
import { FailureError } from '../../contract/errors.ts';
import { sentence, type Sentence } from '../../contract/sentence.ts';

/** A queued job. `queuePlace`: number of jobs of its kind that wait before it. */
export function newJob(id: string, spec: JobSpec, queuePlace: number): Job {
  return {
    id,
    spec,
    state: 'queued',
    attempt: 1,
    createdAt: new Date().toISOString(),
    startedAt: null,
    finishedAt: null,
    fraction: 0,
    stage: 'queued',
    step: null,
    stepCount: null,
    secondsLeft: null,
    queuePlace,
    previewUrl: null,
    device: null,
    notices: [],
    failure: null,
    take: null,
    outputPath: null,
  };
}

/** A job whose run begins. */
export function startedJob(job: Job): Job {
  return {
    ...job,
    state: 'running',
    startedAt: new Date().toISOString(),
    queuePlace: null,
    stage: 'starting',
    fraction: 0,
    failure: null,
  };
}

/** A job that waits again, as if it had not begun. */
export function queuedAgain(job: Job): Job {
  return {
    ...job,
    state: 'queued',
    startedAt: null,
    fraction: 0,
    stage: 'queued',
    step: null,
    stepCount: null,
    secondsLeft: null,
    previewUrl: null,
  };
}

/** A job that has ended, in the way that `patch` says. */
export function endedJob(job: Job, patch: Partial<Job> & Pick<Job, 'state'>): Job {
  return {
    ...job,
    ...patch,
    finishedAt: new Date().toISOString(),
    secondsLeft: null,
    queuePlace: null,
    previewUrl: null,
  };
}

/** A job found after its engine died: a running one has lost its attempt. */
export function interrupted(job: Job): Job {
  if (job.state !== 'running') return { ...job, previewUrl: null };
  const back = queuedAgain(job);
  if (job.attempt < maxAttempts) {
    return {
      ...back,
      attempt: job.attempt + 1,
      notices: [...job.notices, sentence('job.interrupted', { attempt: job.attempt + 1, most: maxAttempts })],
    };
  }
  return {
    ...back,
    state: 'failed',
    finishedAt: new Date().toISOString(),
    failure: new FailureError('internal', sentence('job.givenUp', { times: maxAttempts, work: workOf(job.spec) }))
      .failure,
  };
}

/** What a job is at, within a sentence. */
function workOf(spec: JobSpec): Sentence {
  switch (spec.kind) {
    case 'export':
      return sentence('job.export', { name: spec.settings.outputPath.split(/[/\\]/).at(-1) ?? '' });
    case 'generation':
      return spec.request.prompt.trim() === ''
        ? sentence('job.generation')
        : sentence('job.generationOf', { prompt: withinLength(spec.request.prompt.trim(), 60) });
    case 'mediaCache':
      return sentence('job.mediaCache');
    case 'previewRender':
      return sentence('job.previewRender');
    case 'follow':
      return sentence('job.follow');
    case 'index':
      return sentence('job.index');
    case 'transcript':
      return sentence('job.transcript');
  }
}
