import { expect, test } from 'vitest';
import { reportShare } from './reportShare.ts';

const silent = { fraction: 0, stage: 'decode', step: null, stepCount: null, previewPath: null };

test("a run's fractions lie in its share of the job, from its beginning to its end", () => {
  const fractions: number[] = [];
  const report = reportShare({ report: ({ fraction }) => fractions.push(fraction) }, { from: 0.25, share: 0.5 });
  for (const fraction of [0, 0.5, 1]) report({ ...silent, fraction });
  expect(fractions).toEqual([0.25, 0.5, 0.75]);
});

test('steps and pictures are passed on where the run has them, and are left out where it has none', () => {
  const reports: unknown[] = [];
  const report = reportShare({ report: (progress) => reports.push(progress) }, { from: 0, share: 1 });
  report(silent);
  report({ ...silent, step: 2, stepCount: 8, previewPath: '/tmp/small.png' });
  expect(reports).toEqual([
    { fraction: 0, stage: 'decode' },
    { fraction: 0, stage: 'decode', step: 2, stepCount: 8, previewPath: '/tmp/small.png' },
  ]);
});
