/** What holds of every hostile file. */
import { expect } from 'vitest';
import type { runHostile } from './hostileRun.node.ts';

/** Fails when a run wrote, asked, died, hung, or refused a file without a reason fit to be shown. */
export function expectHarmless({ figures, done, written }: Awaited<ReturnType<typeof runHostile>>): void {
  expect(written).toEqual([]);
  expect(figures).toMatchObject({ writtenOutside: 0, requests: 0, deaths: 0, hangs: 0 });
  expect(done).toHaveLength(figures.tried);
  // every refusal is an expected failure, never a bug
  const bugs = done.filter((each) => (each.outcome === 'refused' ? each.code : each.cacheFailure?.code) === 'internal');
  expect(bugs).toEqual([]);
  for (const each of done) if (each.outcome === 'refused') expect(each.message).toMatch(/^.{10,}\.$/s);
  // the user's own file is not quoted
  expect(JSON.stringify(done)).not.toContain('a secret of the user');
}
