/** `npm run check:sources`: lists what breaks the rules over whole files (sourceRules.js, and functions over 60 lines). */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../../core/host/prerequisites.mjs';
import { importCircles, undocumentedExports, wideLines } from './sourceRules.js';

const paths = execFileSync('git', ['ls-files', '-co', '--exclude-standard', '*.ts', '*.tsx', '*.js', '*.mjs'], {
  cwd: projectRoot,
  encoding: 'utf8',
})
  .split('\n')
  .filter((path) => path !== '' && !/^models\/(training|export|packs)\//.test(path));
const sources = new Map(paths.map((path) => [path, readFileSync(join(projectRoot, path), 'utf8')]));
const product = [...sources].filter(([path]) => !/\.test\.tsx?$|\/testing\/|^e2e\//.test(path));

const found = {
  circles: importCircles(sources).map((circle) => circle.join(' <-> ')),
  wide: [...sources].flatMap(([path, text]) => wideLines(text).map((line) => `${path}:${line}`)),
  undocumented: product.flatMap(([path, text]) => undocumentedExports(text).map((name) => `${path}: ${name}`)),
  long: longFunctions(),
};

function longFunctions() {
  const args = ['--format', 'json', '-A', 'all', '-D', 'max-lines-per-function'];
  try {
    const out = execFileSync(
      process.execPath,
      ['node_modules/oxlint/bin/oxlint', '-c', 'e2e/lint/longFunctions.json', '--format', 'json'],
      { cwd: projectRoot, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 },
    );
    return read(out);
  } catch (error) {
    if (typeof error.stdout !== 'string' || args.length === 0) throw error;
    return read(error.stdout);
  }
  function read(text) {
    return JSON.parse(text).diagnostics.map(
      (each) => `${each.filename}:${each.labels[0]?.span?.line}: ${each.message}`,
    );
  }
}

const only = process.argv[2];
for (const [rule, places] of Object.entries(found)) {
  if (only === undefined || only === rule) for (const place of places) console.log(`${rule}: ${place}`);
}
console.log(
  Object.entries(found)
    .map(([rule, places]) => `${rule} ${places.length}`)
    .join(', '),
);
