/**
 * `npm run bench`: builds, runs every *.bench.mjs in this folder in turn, and prints a table of measurements and
 * targets. A bench exports `run(tools)`, which returns rows {figure, measured, bar, ok}; `ok` is null without a target.
 * Arguments select benches: `npm run bench -- export start`.
 */
import { readdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import {
  checkNode,
  ensureChromium,
  ensureFfmpeg,
  ensurePackages,
  projectRoot,
  runShown,
} from '../../core/host/prerequisites.mjs';

const folder = dirname(fileURLToPath(import.meta.url));
const say = (line) => process.stderr.write(`${line}\n`);

checkNode();
await ensurePackages(say);
await ensureFfmpeg(say);
const chromium = await ensureChromium(say);
if ((await runShown(process.execPath, [join(projectRoot, 'core/host/build.mjs')])) !== 0) process.exit(1);

const wanted = process.argv.slice(2);
const names = (await readdir(folder)).filter((name) => name.endsWith('.bench.mjs')).toSorted();
const chosen = names.filter((name) => wanted.length === 0 || wanted.some((word) => name.startsWith(word)));
if (chosen.length === 0) {
  const known = names.map((name) => name.replace('.bench.mjs', ''));
  say(`There is no bench named ${wanted.join(' or ')}. The benches are ${known.join(', ')}.`);
  process.exit(2);
}

const rows = [];
for (const name of chosen) {
  say(`bench: ${name}`);
  try {
    const { run } = await import(pathToFileURL(join(folder, name)).href);
    rows.push(...(await run({ projectRoot, chromium, say })));
  } catch (error) {
    rows.push({
      figure: name.replace('.bench.mjs', ''),
      measured: `failed: ${error.message?.split('\n')[0] ?? error}`,
      bar: '',
      ok: false,
    });
    say(error.stack ?? String(error));
  }
}

const table = [{ figure: 'figure', measured: 'measured', bar: 'bar', ok: null }, ...rows];
const widths = ['figure', 'measured', 'bar'].map((key) => Math.max(...table.map((row) => String(row[key]).length)));
const line = (row) => {
  const cells = ['figure', 'measured', 'bar'].map((key, index) => String(row[key]).padEnd(widths[index]));
  if (row.ok !== null) cells.push(row.ok ? 'ok' : 'MISSED');
  return cells.join(' | ');
};
console.log(line(table[0]));
console.log(widths.map((width) => '-'.repeat(width)).join('-|-'));
for (const row of rows) console.log(line(row));
process.exitCode = rows.some((row) => row.ok === false) ? 1 : 0;
