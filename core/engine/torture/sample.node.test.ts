import { join } from 'node:path';
import { expect, it } from 'vitest';
import { allCases } from './cases/all.ts';
import { knownFaults } from './known.ts';
import { tortureFolder } from './make.node.ts';
import { faultsOf, type Result } from './result.ts';
import { runSet } from './runSet.node.ts';
import { sample } from './sample.ts';
import { isLong } from '../../time/testing/longTests.node.ts';

const assets = join(import.meta.dirname, '../../../assets');

it('the set has more than 400 files, no two of one name', () => {
  expect(allCases.length).toBeGreaterThan(400);
  expect(new Set(allCases.map(({ name }) => name)).size).toBe(allCases.length);
  expect(sample).toHaveLength(60);
});

/** A few files a test: how long one takes depends on the machine, and a test may not take for ever. */
const mended = sample.filter(({ name }) => !(name in knownFaults));
const groups = Array.from({ length: Math.ceil(mended.length / 10) }, (_, group) =>
  mended.slice(group * 10, (group + 1) * 10),
);

it.each(groups.map((group) => [group[0]!.name, group.at(-1)!.name, group] as const))(
  'from %s to %s: shown and heard frame by frame and sample by sample',
  async (_first, _last, group) => {
    const results = await runSet(group, { root: tortureFolder(), assets, extent: isLong ? 'all' : 'few' });
    const wrong = (result: Result) => faultsOf(result).map((fault) => `${result.case.name}: ${fault}`);
    expect(results.flatMap(wrong)).toEqual([]);
    // a file that cannot be made or is refused proves nothing
    expect(results.filter(({ kind }) => kind !== 'judged').map((result) => result.case.name)).toEqual([]);
  },
);
