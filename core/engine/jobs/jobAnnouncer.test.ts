import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { Job } from '../../contract/jobs.ts';
import { JobAnnouncer } from './jobAnnouncer.ts';
import { JobEntries } from './jobEntries.ts';
import { newJob } from './jobRecords.ts';

let sent: { job: Job; atMs: number }[] = [];
let announcer: JobAnnouncer;
const entry = (id: string) =>
  new JobEntries().add(
    newJob(id, { kind: 'previewRender', projectId: 'p', sequenceId: 's', startTicks: 0, durationTicks: 1 }, 0),
  );

beforeEach(() => {
  vi.useFakeTimers();
  sent = [];
  announcer = new JobAnnouncer((_, payload) =>
    sent.push({ job: (payload as { job: Job }).job, atMs: performance.now() }),
  );
});
afterEach(() => void vi.useRealTimers());

it('tells progress ten times a second at most, and the newest always', () => {
  const job = entry('a');
  const fromMs = performance.now();
  announcer.now(job);
  for (let step = 1; step <= 100; step++) {
    job.job = { ...job.job, fraction: step / 100 };
    announcer.soon(job);
    vi.advanceTimersByTime(5);
  }
  vi.advanceTimersByTime(100);
  expect(sent.map(({ atMs }) => atMs - fromMs)).toEqual([0, 100, 200, 300, 400, 500]);
  expect(sent.at(-1)?.job.fraction).toBe(1);
});

it('tells a state at once, in place of the progress that waits', () => {
  const job = entry('a');
  announcer.now(job);
  announcer.soon(job);
  job.job = { ...job.job, state: 'done' };
  announcer.now(job);
  vi.advanceTimersByTime(1000);
  expect(sent.map(({ job: { state } }) => state)).toEqual(['queued', 'done']);
});

it('counts each job by itself, and tells nothing more once stopped', () => {
  const [a, b] = [entry('a'), entry('b')];
  announcer.now(a);
  announcer.now(b);
  announcer.soon(a);
  announcer.soon(b);
  announcer.stop();
  vi.advanceTimersByTime(1000);
  expect(sent.map(({ job }) => job.id)).toEqual(['a', 'b']);
});
