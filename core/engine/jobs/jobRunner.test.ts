import { describe, expect, it } from 'vitest';
import type { Job, JobSpec } from '../../contract/jobs.ts';
import { JobAnnouncer } from './jobAnnouncer.ts';
import { JobEntries } from './jobEntries.ts';
import { newJob } from './jobRecords.ts';
import { JobRunner } from './jobRunner.ts';
import { jobSchema } from './jobSchema.ts';

const spec = (n: number, kind: 'mediaCache' | 'previewRender' = 'mediaCache'): JobSpec =>
  kind === 'mediaCache'
    ? { kind, projectId: 'p', mediaId: `m${n}` }
    : { kind, projectId: 'q', sequenceId: 's', startTicks: 0, durationTicks: n };

describe('the entries of a queue', () => {
  it('find the same work only while it is unfinished, and only in lanes that join', () => {
    const entries = new JobEntries();
    const entry = entries.add(newJob('a', spec(1), 0));
    expect(entries.sameWork(spec(1))).toBe(entry);
    expect(entries.sameWork(spec(2))).toBeUndefined();
    entry.job = { ...entry.job, state: 'done' };
    expect(entries.sameWork(spec(1))).toBeUndefined();
  });

  it('are told apart by project and lane; caches do not survive the engine', () => {
    const entries = new JobEntries();
    entries.add(newJob('a', spec(1), 0));
    entries.add(newJob('b', spec(1, 'previewRender'), 0));
    expect(entries.jobs('q').map(({ id }) => id)).toEqual(['b']);
    expect(entries.waitingIn('mediaCache').map(({ job }) => job.id)).toEqual(['a']);
    expect(entries.persisted()).toEqual([]);
    expect(() => entries.get('none')).toThrow('There is no job none');
  });
});

it('a runner starts what is ready, as many as the lane takes, and numbers the rest', () => {
  const entries = new JobEntries();
  for (const n of [1, 2, 3, 4, 5]) entries.add(newJob(`${n}`, spec(n), n));
  const never = () => new Promise<never>(() => undefined);
  const runner = new JobRunner({
    entries,
    announcer: new JobAnnouncer(() => undefined),
    executors: {
      generation: never,
      export: never,
      mediaCache: never,
      previewRender: never,
      follow: never,
      index: never,
      transcript: never,
    },
    logger: { info: () => undefined, warn: () => undefined, error: () => undefined },
    readPreview: () => Promise.resolve('data:,'),
    isReady: (asked) => asked.kind === 'mediaCache' && asked.mediaId !== 'm1',
    onState: () => undefined,
    onEnded: () => undefined,
  });
  runner.startWaiting();
  const states = entries.all().map(({ job }) => `${job.id} ${job.state} ${job.queuePlace}`);
  expect(states).toEqual(['1 queued 0', '2 running null', '3 running null', '4 queued 1', '5 queued 2']);
});

it('a job from disk is whole or dropped', () => {
  const job: Job = newJob('a', spec(1), 0);
  expect(jobSchema.parse(JSON.parse(JSON.stringify(job)))).toEqual(job);
  for (const change of [{ state: 'lost' }, { fraction: 7 }, { spec: { kind: 'rm' } }, { attempt: '1' }, { take: {} }])
    expect(jobSchema.safeParse({ ...job, ...change }).success, JSON.stringify(change)).toBe(false);
});
