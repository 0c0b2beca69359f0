/**
 * `npm run check:sources`: lists what breaks the rules over whole files (sourceRules.js, and functions over 60 lines).
 * Exits with 1 on a circle, a wide line, an undocumented export, or ten long functions.
 */
import { execFileSync, spawnSync } from 'node:child_process';
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
const isProduct = (path) => !/\.test\.tsx?$|\/testing\/|\/hostile\/|^e2e\/|^models\/(training|export)\//.test(path);
const product = [...sources].filter(([path]) => isProduct(path));

const found = {
  circles: importCircles(sources).map((circle) => circle.join(' <-> ')),
  wide: [...sources].flatMap(([path, text]) => wideLines(text).map((line) => `${path}:${line}`)),
  undocumented: product.flatMap(([path, text]) => undocumentedExports(text).map((name) => `${path}: ${name}`)),
  long: longFunctions(),
};

/** oxlint exits with 1 when it finds something. */
function longFunctions() {
  const oxlint = join(projectRoot, 'node_modules/oxlint/bin/oxlint');
  const { stdout } = spawnSync(
    process.execPath,
    [oxlint, '-c', join(projectRoot, 'e2e/lint/longFunctions.json'), '--format', 'json'],
    { cwd: projectRoot, encoding: 'utf8', maxBuffer: 64 * 1024 ** 2 },
  );
  return JSON.parse(stdout)
    .diagnostics.filter(({ filename }) => isProduct(filename))
    .map(({ filename, labels, message }) => `${filename}:${labels[0]?.span?.line}: ${message}`);
}

/** How many of each are allowed. */
const allowed = { circles: 0, wide: 0, undocumented: 0, long: 9 };

const only = process.argv[2];
for (const [rule, places] of Object.entries(found)) {
  if (only === undefined || only === rule) for (const place of places) console.log(`${rule}: ${place}`);
}
console.log(
  Object.entries(found)
    .map(([rule, places]) => `${rule} ${places.length}`)
    .join(', '),
);
process.exitCode = Object.entries(found).some(([rule, places]) => places.length > allowed[rule]) ? 1 : 0;
