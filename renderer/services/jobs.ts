/** Jobs as they change: shown, and once finished, turned into what they were for. */
import type { Job } from '../../core/contract/jobs.ts';
import { assertNever } from '../../core/time/assertNever.ts';
import { loadTakeAssets } from './assets.ts';
import { engine } from './connection.ts';
import { sayFailure } from './errors.ts';
import { withSuccess } from './notices.ts';
import { failureWords, words } from './noticeWords.ts';
import { takeRender } from './renderedRanges.ts';
import { useEditor } from './store.ts';

/** Jobs whose result this window has taken over: an event may come again after a reconnect. */
const settled = new Set<string>();

/** Queued or running. */
export function isActive(job: Job): boolean {
  return job.state === 'queued' || job.state === 'running';
}

/** A job’s newest state: shown while it is active, else turned into its result, once. */
export function takeJob(job: Job): void {
  const { projectId } = useEditor.getState();
  if (job.spec.projectId !== projectId) return;
  if (isActive(job)) {
    useEditor.setState((state) => ({ jobs: { ...state.jobs, [job.id]: job } }));
    return;
  }
  if (settled.has(job.id)) return;
  settled.add(job.id);
  useEditor.setState((state) => ({ jobs: { ...state.jobs, [job.id]: job } }));
  settle(job);
}

function settle(job: Job): void {
  switch (job.spec.kind) {
    case 'generation':
      settleGeneration(job, job.spec.clipId);
      return;
    case 'export':
      // stays in the queue of the export dialog until it is cleared there
      settleExport(job, job.spec.settings.outputPath);
      return;
    case 'mediaCache':
      if (job.state === 'failed' && job.failure) useEditor.getState().notify('warning', failureWords(job.failure));
      forget(job);
      return;
    case 'follow':
      if (job.state === 'failed' && job.failure) useEditor.getState().notify('warning', failureWords(job.failure));
      forget(job);
      return;
    case 'index':
      // services/seen.ts has seen it end
      forget(job);
      return;
    case 'transcript':
      if (job.state === 'failed' && job.failure) useEditor.getState().notify('warning', failureWords(job.failure));
      forget(job);
      return;
    case 'previewRender':
      if (job.state === 'failed' && job.failure) useEditor.getState().notify('warning', failureWords(job.failure));
      takeRender(job);
      forget(job);
      return;
    default:
      assertNever(job.spec);
  }
}

function settleGeneration(job: Job, clipId: string): void {
  const state = useEditor.getState();
  for (const sentence of job.notices) state.notify('info', { kind: 'sentence', sentence });
  if (job.state === 'done' && job.take) {
    const take = job.take;
    succeed(clipId);
    // the journal may hold it already: it was recorded, and the window went before the job was cleared
    if (!state.document?.takes[take.id]) state.run('addTake', { take, clipId });
    loadTakeAssets([take.id]);
  } else if (job.state === 'failed' && job.failure) {
    state.run('setGenerationFailure', { clipId, failure: job.failure });
    state.notify('error', failureWords(job.failure), { subject: clipId });
  }
  forget(job);
}

function settleExport(job: Job, wantedPath: string): void {
  const { notify } = useEditor.getState();
  const name = job.outputPath?.split(/[\\/]/).at(-1) ?? '';
  if (job.state === 'done') {
    succeed(wantedPath);
    notify('info', words('shell:exported', { name }));
  } else if (job.state === 'failed' && job.failure) notify('error', failureWords(job.failure), { subject: wantedPath });
}

/** What has failed before and works now needs no attention any more. */
function succeed(subject: string): void {
  useEditor.setState(({ notices }) => ({ notices: withSuccess(notices, subject) }));
}

function list(job: Job): void {
  settled.add(job.id);
  useEditor.setState((state) => ({ jobs: { ...state.jobs, [job.id]: job } }));
}

function forget(job: Job): void {
  useEditor.setState((state) => {
    const { [job.id]: _gone, ...jobs } = state.jobs;
    return { jobs };
  });
  engine()
    .call('jobs.clear', { jobIds: [job.id] })
    .catch(sayFailure);
}

/** Takes finished exports off the list. */
export function clearJobs(jobIds: readonly string[]): void {
  useEditor.setState((state) => ({
    jobs: Object.fromEntries(Object.entries(state.jobs).filter(([id]) => !jobIds.includes(id))),
  }));
  engine().call('jobs.clear', { jobIds }).catch(sayFailure);
}

/** Asks the engine to cancel; the answer shows it. */
export function cancelJob(jobId: string): void {
  engine().call('jobs.cancel', { jobId }).then(takeJob).catch(sayFailure);
}

/**
 * Fetches the project's jobs after opening, a reload or a reconnect. Exports that ended while this window was not
 * watching are listed without a notice.
 */
export function reattachJobs(projectId: string): void {
  engine()
    .call('jobs.list', { projectId })
    .then((jobs) => {
      if (useEditor.getState().projectId !== projectId) return;
      const known = new Set(jobs.map((job) => job.id));
      const seenRunning = useEditor.getState().jobs;
      for (const job of jobs) if (job.spec.kind === 'export' && !isActive(job) && !seenRunning[job.id]) list(job);
      useEditor.setState((state) => ({
        jobs: Object.fromEntries(Object.entries(state.jobs).filter(([id]) => known.has(id))),
      }));
      for (const job of jobs) takeJob(job);
    })
    .catch(sayFailure);
}
