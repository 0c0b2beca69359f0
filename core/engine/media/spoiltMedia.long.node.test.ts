/** Each container that ffmpeg writes: whole it is imported; cut off or with sizes that lie, it does no harm. */
import { expect, it } from 'vitest';
import { expectHarmless } from './testing/expectHarmless.node.ts';
import { spoiltContainers } from './testing/hostileFiles.node.ts';
import { runHostile } from './testing/hostileRun.node.ts';

it('no spoilt container writes, asks or kills', async () => {
  const { figures, done, written } = await runHostile(spoiltContainers);
  expectHarmless({ figures, done, written });
  const whole = done.filter(({ path }) => path.includes('/whole.'));
  expect(whole.length).toBeGreaterThan(20);
  expect(whole.filter((each) => each.outcome === 'refused' || each.cacheFailure !== null)).toEqual([]);
}, 3_600_000);
