import { existsSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { FailureError } from '../../contract/errors.ts';
import type { Job, JobSpec } from '../../contract/jobs.ts';
import type { JobContext, JobResult } from '../services.node.ts';
import { createJobQueue, type LocalJobQueue } from './jobQueue.node.ts';
import { AttemptFailed } from './retry.ts';
import { plainSentence } from '../../contract/sentence.ts';
import { eventually } from '../../time/testing/eventually.ts';

const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };
const render = (n: number): JobSpec => ({
  kind: 'previewRender',
  projectId: 'p',
  sequenceId: `s${n}`,
  startTicks: 0,
  durationTicks: 1,
});
const cache = (n: number): JobSpec => ({ kind: 'mediaCache', projectId: 'p', mediaId: `m${n}` });
const exportSpec = (n: number, projectId = 'p'): JobSpec => ({
  kind: 'export',
  projectId,
  settings: {
    preset: 'h264-720p',
    outputPath: `/out${n}.mp4`,
    sequenceId: 's',
    range: null,
    width: null,
    height: null,
    crf: null,
  },
});

let folder = '';
let queues: LocalJobQueue[] = [];
let events: Job[] = [];
/** Jobs whose executor has been called, in order. */
let called: string[] = [];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'fw-queue-'));
  events = [];
  called = [];
  queues = [];
});
afterEach(async () => {
  vi.useRealTimers();
  for (const queue of queues) await queue.close();
  await rm(folder, { recursive: true, force: true });
});

async function open(
  work: (spec: JobSpec, context: JobContext) => Promise<JobResult>,
  more: { folder?: string; isReady?: (spec: JobSpec) => boolean } = {},
): Promise<LocalJobQueue> {
  const execute = (spec: JobSpec, context: JobContext): Promise<JobResult> => {
    called.push(context.jobId);
    return work(spec, context);
  };
  const queue = await createJobQueue({
    folder: more.folder ?? folder,
    executors: {
      ...{ generation: execute, export: execute, mediaCache: execute, previewRender: execute, follow: execute },
      index: execute,
      transcript: execute,
    },
    emit: (event, payload) => {
      if (event === 'job.changed') events.push((payload as { job: Job }).job);
    },
    logger: silent,
    isReady: more.isReady ?? (() => true),
  });
  queues.push(queue);
  return queue;
}

const untilAborted = (context: JobContext): Promise<never> =>
  new Promise((_, reject) =>
    context.signal.addEventListener('abort', () => reject(new FailureError('cancelled', 'Cancelled.'))),
  );

/** Resolves once the executor of each job has been called. */
function executing(...jobIds: readonly string[]): Promise<void> {
  return eventually(() => expect(called).toEqual(expect.arrayContaining([...jobIds])));
}

/** All that has been set off by now has happened: executors are called and answer in microtasks. */
const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

test('only a finished export has an exported file', async () => {
  let end = (): void => undefined;
  const ended = new Promise<void>((resolve) => (end = resolve));
  const queue = await open(() => ended.then(() => ({ outputPath: '/out1.mp4' })));
  const exporting = await queue.submit(exportSpec(1));
  expect(queue.exportedPath(exporting.id)).toBeNull();
  end();
  await queue.finished(exporting.id);
  expect(queue.exportedPath(exporting.id)).toBe('/out1.mp4');
  const rendered = await queue.submit(render(1));
  await queue.finished(rendered.id);
  expect(queue.exportedPath(rendered.id)).toBeNull();
  expect(queue.exportedPath('nothing')).toBeNull();
});

describe('the job queue', () => {
  test('rule 1: submit answers once the job is on disk', async () => {
    const queue = await open((_, context) => untilAborted(context));
    const job = await queue.submit(exportSpec(1));
    const [file] = (await readdir(folder)).filter((name) => name.endsWith('.json'));
    expect(await readFile(join(folder, file ?? ''), 'utf8')).toContain(job.id);
  });

  test('rule 2: a lane runs its own number at once, oldest first, the others know their place', async () => {
    const started: string[] = [];
    const release: (() => void)[] = [];
    const queue = await open(async (spec) => {
      started.push(spec.kind === 'mediaCache' ? spec.mediaId : 'x');
      await new Promise<void>((resolve) => release.push(resolve));
      return {};
    });
    const jobs = [];
    for (let n = 0; n < 4; n++) jobs.push(await queue.submit(cache(n)));
    await executing(jobs[0]!.id, jobs[1]!.id);
    await settled();
    expect(started).toEqual(['m0', 'm1']);
    expect(queue.list('p').map((job) => job.queuePlace)).toEqual([null, null, 0, 1]);
    release[0]?.();
    await queue.finished(jobs[0]!.id);
    await executing(jobs[2]!.id);
    await settled();
    expect(started).toEqual(['m0', 'm1', 'm2']);
    expect(queue.list('p')[3]?.queuePlace).toBe(0);
    for (const go of release) go();
  });

  test('rule 2: the same cache work asked for twice is one job', async () => {
    const queue = await open((_, context) => untilAborted(context));
    const first = await queue.submit(cache(1));
    expect((await queue.submit(cache(1))).id).toBe(first.id);
    expect((await queue.submit(cache(2))).id).not.toBe(first.id);
  });

  test('rule 3: a waiting job is cancelled at once, a running one by its signal', async () => {
    const queue = await open((_, context) => untilAborted(context));
    const running = await queue.submit(exportSpec(1));
    const waiting = await queue.submit(exportSpec(2));
    await executing(running.id);
    expect((await queue.cancel(waiting.id)).state).toBe('cancelled');
    expect(called).toEqual([running.id]);
    expect((await queue.cancel(running.id)).state).toBe('cancelled');
  });

  test('rule 3: an executor that ignores a cancel is abandoned; its late answer is dropped', async () => {
    let answer: (result: JobResult) => void = () => undefined;
    const queue = await open(() => new Promise((resolve) => (answer = resolve)));
    const job = await queue.submit(exportSpec(1));
    await executing(job.id);
    vi.useFakeTimers();
    const cancelling = queue.cancel(job.id);
    await vi.advanceTimersByTimeAsync(800);
    expect(queue.list(null)[0]?.state).toBe('running');
    await vi.advanceTimersByTimeAsync(200);
    expect((await cancelling).state).toBe('cancelled');
    vi.useRealTimers();
    answer({ outputPath: '/late' });
    await settled();
    expect(queue.list(null)[0]).toMatchObject({ state: 'cancelled', outputPath: null });
  });

  test('rule 4: an accident costs an attempt and is said; the second is the last', async () => {
    const attempts: number[] = [];
    const queue = await open(async (_, context) => {
      attempts.push(context.attempt);
      throw new AttemptFailed(
        { code: 'inferenceFailed', message: 'It died.' },
        plainSentence('Trying again on the CPU.'),
      );
    });
    const job = await queue.finished((await queue.submit(exportSpec(1))).id);
    expect(attempts).toEqual([1, 2]);
    expect(job).toMatchObject({
      state: 'failed',
      attempt: 2,
      failure: { code: 'inferenceFailed', message: 'It died.' },
      notices: [{ text: 'Trying again on the CPU.' }],
    });
  });

  test('rule 4: an expected failure is not tried again', async () => {
    let runs = 0;
    const queue = await open(async () => {
      runs++;
      throw new FailureError('notFound', 'clip.mp4 is not there any more.', '/clip.mp4');
    });
    const job = await queue.finished((await queue.submit(exportSpec(1))).id);
    expect(runs).toBe(1);
    expect(job.failure).toEqual({ code: 'notFound', message: 'clip.mp4 is not there any more.', path: '/clip.mp4' });
  });

  test('rule 4: what a dead engine left running is tried once more, then failed with a sentence', async () => {
    const crashed = await open((_, context) => untilAborted(context));
    const job = await crashed.submit(exportSpec(1));
    const copy = await eventually(async () => {
      const name = (await readdir(folder)).find((each) => each.endsWith('.json')) ?? '';
      const text = await readFile(join(folder, name), 'utf8');
      expect(text).toContain('"state":"running"');
      return text;
    });
    await crashed.close();

    for (const [round, state] of [
      [1, 'done'],
      [2, 'failed'],
    ] as const) {
      const other = await mkdtemp(join(tmpdir(), 'fw-queue-'));
      // a file of a process that is no more, holding the job in its first (second) attempt
      await writeFile(join(other, '4194999-dead.json'), copy.replace('"attempt":1', `"attempt":${round}`));
      const next = await open(async () => ({ outputPath: '/made' }), { folder: other });
      const after = await next.finished(job.id);
      expect(after.state).toBe(state);
      if (state === 'done')
        expect(after).toMatchObject({
          attempt: 2,
          outputPath: '/made',
          notices: [{ text: 'The engine ended while this was running; attempt 2 of 2.' }],
        });
      else expect(after.failure?.message).toMatch(/ended 2 times/);
      await next.close();
      await rm(other, { recursive: true, force: true });
    }
  });

  test('rule 5: finished jobs stay with their result until cleared, through a restart', async () => {
    const queue = await open(async () => ({ outputPath: '/made' }));
    const job = await queue.submit(exportSpec(1));
    await queue.finished(job.id);
    await queue.close();
    const next = await open(async () => ({}));
    expect(next.list('p')).toMatchObject([{ id: job.id, state: 'done', outputPath: '/made' }]);
    await next.clear([job.id]);
    expect(next.list('p')).toEqual([]);
  });

  test('rule 6: a job whose project is not open waits, and others pass it', async () => {
    let open1 = false;
    const queue = await open(async () => ({}), { isReady: (spec) => spec.projectId !== 'p1' || open1 });
    const waits = await queue.submit(exportSpec(1, 'p1'));
    const passes = await queue.submit(exportSpec(2, 'p2'));
    expect((await queue.finished(passes.id)).state).toBe('done');
    expect(queue.list('p1')[0]?.state).toBe('queued');
    open1 = true;
    queue.wake();
    expect((await queue.finished(waits.id)).state).toBe('done');
  });

  test('rule 7: close puts a running job back without counting an attempt', async () => {
    const queue = await open((_, context) => untilAborted(context));
    const job = await queue.submit(exportSpec(1));
    await executing(job.id);
    await queue.close();
    const next = await open(async (_, context) => ({ outputPath: `/attempt${context.attempt}` }));
    expect(await next.finished(job.id)).toMatchObject({ state: 'done', outputPath: '/attempt1' });
  });

  test('progress reaches listeners with its picture, and the last state always', async () => {
    const step = join(folder, 'step1.jpg');
    await writeFile(step, 'first');
    const queue = await open(async (_, context) => {
      context.report({ fraction: 0.5, stage: 'denoise', step: 1, stepCount: 2, previewPath: step });
      await eventually(() => expect(events.at(-1)?.previewUrl).toBe(`data:image/jpeg;base64,${btoa('first')}`));
      await rm(step);
      // gone by now: the one before stays
      context.report({ fraction: 0.9, stage: 'denoise', step: 2, stepCount: 2, previewPath: step });
      await eventually(() =>
        expect(events.at(-1)).toMatchObject({ step: 2, previewUrl: expect.any(String) as string }),
      );
      return {};
    });
    const job = await queue.submit(render(1));
    expect((await queue.finished(job.id)).failure).toBeNull();
    expect(events.at(-1)).toMatchObject({ id: job.id, state: 'done', fraction: 1, previewUrl: null });
  });

  test('a second close changes nothing on disk', async () => {
    const queue = await open(async () => ({ outputPath: '/made' }));
    await queue.finished((await queue.submit(exportSpec(1))).id);
    await queue.close();
    await rm(folder, { recursive: true });
    await queue.close();
    expect(existsSync(folder)).toBe(false);
  });
});
