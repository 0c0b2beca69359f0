/**
 * `npm test`: everything, on a machine that has nothing but Node. Installs what is missing (or says what is), builds,
 * checks types and rules, runs the unit tests beside the end-to-end tests, and sums up. The last line is
 * `N passed, N failed`; the exit code is 0 only when nothing failed. Words after `--` choose test files by their path.
 */
import { closeSync, mkdirSync, openSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import {
  MissingPrerequisite,
  checkNode,
  ensureChromium,
  ensureFfmpeg,
  ensurePackages,
  ensureStrace,
  projectRoot,
  runShown,
} from '../core/host/prerequisites.mjs';
import { readWatch, watchProblem, watchTrial, watched } from './support/networkWatch.mjs';

const results = join(projectRoot, 'test-results');
const total = { passed: 0, failed: 0, skipped: [] };
const say = (line) => console.log(line);

async function step(name, work) {
  const startedMs = Date.now();
  say(`\n== ${name}`);
  const { passed, failed, skipped = [] } = await work();
  total.passed += passed;
  total.failed += failed;
  total.skipped.push(...skipped);
  say(`== ${name}: ${passed} passed, ${failed} failed, ${Math.round((Date.now() - startedMs) / 1000)} s`);
}

/** A program that is one check: it passes or fails as a whole. */
async function whole(command, args) {
  const code = await runShown(command, args, { stdio: 'inherit' });
  return { passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1 };
}

/** Parts of paths of test files; none = all. */
const chosen = process.argv.slice(2);
const node = (script, ...args) => [process.execPath, [join(projectRoot, script), ...args]];

/** Why name look-ups and connections are not counted; null when they are. Known once strace is there or cannot be. */
let unwatched = null;
const watchLogs = [];

/** Runs tests with every name look-up and connection of theirs written down. */
function runWatched(command, args, runOptions) {
  if (unwatched !== null) return runShown(command, args, runOptions);
  const log = join(results, `network-${watchLogs.length + 1}.log`);
  watchLogs.push(log);
  const env = { ...(runOptions.env ?? process.env), FRAMEWRIGHT_WATCHED: '1' };
  return runShown(...watched(command, args, log), { ...runOptions, env });
}

/** Nothing that the tests started asked for a name or reached for another machine; and the watch would have seen it. */
function nothingLeft() {
  const name = 'name look-ups and connections off loopback';
  if (unwatched !== null) return { passed: 0, failed: 0, skipped: [`${name}: ${unwatched}`] };
  const trial = watchTrial(join(results, 'network-trial.log'));
  if (trial.lookUps.length === 0) say('The watch does not see a name look-up of its own.');
  if (trial.connections.length === 0) say('The watch does not see a socket of its own.');
  const { lookUps, connections } = readWatch(watchLogs.map((log) => readFileSync(log, 'utf8')).join('\n'));
  for (const entry of [...lookUps, ...connections]) say(`  ${entry}`);
  say(`name look-ups: ${lookUps.length}; connections off loopback: ${connections.length}`);
  const isBlind = trial.lookUps.length === 0 || trial.connections.length === 0;
  const failed = Number(isBlind) + Number(lookUps.length > 0) + Number(connections.length > 0);
  return { passed: 3 - failed, failed };
}

function readReport(name) {
  try {
    return JSON.parse(readFileSync(join(results, name), 'utf8'));
  } catch {
    return null; // the runner ended before it could write: counted as a failure by its caller
  }
}

async function unitTests() {
  const code = await runWatched(
    ...node(
      'node_modules/vitest/vitest.mjs',
      'run',
      ...chosen,
      '--passWithNoTests',
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${join(results, 'vitest.json')}`,
    ),
    { stdio: 'inherit' },
  );
  const report = readReport('vitest.json');
  if (!report) return { passed: 0, failed: 1 };
  // a file that cannot be loaded has no tests to fail
  const brokenFiles = report.testResults.filter(
    (file) => file.status === 'failed' && !file.assertionResults.some((test) => test.status === 'failed'),
  ).length;
  const failed = report.numFailedTests + brokenFiles;
  const skipped = report.testResults.flatMap((file) =>
    file.assertionResults
      .filter((test) => test.status === 'pending' || test.status === 'skipped')
      .map((test) => test.fullName),
  );
  return { passed: report.numPassedTests, failed: failed === 0 && code !== 0 ? 1 : failed, skipped };
}

function* specs(suite, titles = []) {
  for (const inner of suite.suites ?? []) yield* specs(inner, [...titles, inner.title]);
  for (const spec of suite.specs ?? [])
    for (const test of spec.tests)
      yield { title: [...titles, spec.title].join(' > '), status: test.status, annotations: test.annotations ?? [] };
}

/** Their output goes to a file: the unit tests run beside them. */
async function endToEndTests(chromium, outputPath) {
  const output = openSync(outputPath, 'w');
  const env = {
    ...process.env,
    FRAMEWRIGHT_CHROMIUM: chromium,
    PLAYWRIGHT_JSON_OUTPUT_NAME: join(results, 'playwright.json'),
  };
  const code = await runWatched(
    ...node('node_modules/playwright/cli.js', 'test', ...chosen, '--pass-with-no-tests', '--reporter=list,json'),
    { stdio: ['ignore', output, output], env },
  );
  closeSync(output);
  const report = readReport('playwright.json');
  if (!report) return { passed: 0, failed: 1 };
  const { expected, unexpected, flaky } = report.stats;
  const failed = unexpected + flaky;
  const skipped = [...specs(report)]
    .filter(({ status }) => status === 'skipped')
    .map(({ title, annotations }) =>
      [title, ...annotations.map(({ description }) => description).filter(Boolean)].join(': '),
    );
  return { passed: expected, failed: failed === 0 && code !== 0 ? 1 : failed, skipped };
}

try {
  checkNode();
  await ensurePackages(say);
  await ensureFfmpeg(say);
  const chromium = await ensureChromium(say);
  await ensureStrace(say);
  unwatched = watchProblem();
  rmSync(results, { recursive: true, force: true });
  mkdirSync(results, { recursive: true });
  await step('build', () => whole(...node('core/host/build.mjs')));
  // tests of the built programs need not build them again
  if (total.failed === 0) process.env.FRAMEWRIGHT_BUILT = '1';
  // one after another they wait a good deal, on a browser and on a model: everything else runs beside them, so that
  // two cores are kept busy
  const output = join(results, 'e2e.txt');
  const beside = endToEndTests(chromium, output);
  // several checkers would check what they share several times
  await step('types', () => whole(...node('node_modules/typescript/bin/tsc', '--noEmit', '--singleThreaded')));
  await step('rules', () => whole(...node('node_modules/oxlint/bin/oxlint', '--deny-warnings')));
  await step('rules over whole files', () => whole(...node('e2e/lint/listSourceRules.mjs')));
  await step('format', () => whole(...node('node_modules/oxfmt/bin/oxfmt', '--check')));
  await step('unit tests', unitTests);
  await step('end-to-end tests, begun after the build', async () => {
    const ended = await beside;
    process.stdout.write(readFileSync(output, 'utf8'));
    return ended;
  });
  await step('nothing leaves this machine', async () => nothingLeft());
} catch (error) {
  total.failed++;
  say(error instanceof MissingPrerequisite ? error.message : error.stack);
}

if (total.skipped.length > 0)
  say(`\n${total.skipped.length} skipped:\n${total.skipped.map((name) => `  ${name}`).join('\n')}`);
process.exitCode = total.failed === 0 ? 0 : 1;
say(`\n${total.passed} passed, ${total.failed} failed`);
