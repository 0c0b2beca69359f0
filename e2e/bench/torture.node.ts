/**
 * The torture set as a program: `torture.node.ts [ASSETS] [WORD ...]` runs the cases whose names, containers or
 * oddities hold one of the words, or all of them, and prints the table. The last line is JSON for the bench.
 * Each file that is not right is named as soon as it is judged; Ctrl-C ends the run with a table of what is done.
 */
import { join } from 'node:path';
import { allCases } from '../../core/engine/torture/cases/all.ts';
import { howToMake, tortureFolder } from '../../core/engine/torture/make.node.ts';
import { reportLines, summary } from '../../core/engine/torture/report.ts';
import { faultsOf } from '../../core/engine/torture/result.ts';
import { runSet } from '../../core/engine/torture/runSet.node.ts';

const [root = '.', ...chosen] = process.argv.slice(2);
const cases = allCases.filter(
  ({ name, container, oddity }) =>
    chosen.length === 0 || chosen.some((word) => [name, container, oddity].some((text) => text.includes(word))),
);
const folder = tortureFolder();
const stop = new AbortController();
for (const name of ['SIGINT', 'SIGTERM'] as const) process.once(name, () => stop.abort());
let done = 0;
const results = await runSet(cases, {
  root: folder,
  assets: join(root, 'assets'),
  signal: stop.signal,
  onResult(result) {
    done++;
    const faults = 'why' in result ? [`${result.kind}: ${result.why}`] : faultsOf(result);
    if (faults.length > 0)
      process.stderr.write(`  ${done}/${cases.length} ${result.case.name}: ${faults.join('; ')}\n`);
  },
});
for (const line of reportLines(results, (result) => howToMake(result.case, folder))) console.log(line);
console.log(JSON.stringify(summary(results)));
