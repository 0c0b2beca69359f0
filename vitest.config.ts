import { configDefaults, defineConfig } from 'vitest/config';
import { LongestFirst } from './e2e/support/longestFirst.ts';
import { telemetryOff } from './models/runtime/telemetryOff.mjs';

/**
 * `npm run test:long` runs `*.long.*` tests: they take minutes, or need files that only developers have. `npm test`
 * leaves them out.
 */
const long = process.env.FRAMEWRIGHT_LONG_TESTS === '1';
const roots = [
  'core',
  'models/families',
  'models/planners',
  'models/runtime',
  'electron',
  'renderer',
  'e2e/lint',
  'e2e/support',
];
const ending = `${long ? '.long*' : ''}.test.{ts,tsx,js}`;
const exclude = [...configDefaults.exclude, ...(long ? [] : ['**/*.long.*'])];

const testsIn = (folders: readonly string[]) => folders.map((folder) => `${folder}/**/*${ending}`);

/**
 * Tests that change what their process keeps (module mocks, working folder, environment): each file has one of its own.
 * All others share a few processes, where each module is loaded once. Modules of the window keep what a window shows:
 * `freshWindow.ts` loads them again for each file.
 */
const ownProcess = [
  ...testsIn(['electron']),
  ...['browserServer', 'cli', 'cliGeneration', 'fuzz', 'quiet', 'start'].map(
    (name) => `core/host/${name}${long ? '.long*' : '.node'}.test.ts`,
  ),
  'renderer/features/viewer/play/player.test.ts',
];
const ofWindow = testsIn(['renderer']);

export default defineConfig({
  test: {
    environment: 'node',
    // two cores: while two workers wait (on a disk, a watch, a child that ends), the third has work
    maxWorkers: 3,
    sequence: { sequencer: LongestFirst },
    // for hangs, not for slowness: a busy machine takes ten times as long as an idle one
    testTimeout: 300_000,
    hookTimeout: 300_000,
    expect: { poll: { timeout: 60_000, interval: 20 } },
    setupFiles: ['renderer/testing/patience.ts'],
    // before any test file is loaded, in case one of them comes to the runtime by a way of its own
    env: { ...telemetryOff },
    projects: [
      {
        extends: true,
        test: {
          name: 'shared',
          include: testsIn(roots),
          exclude: [...exclude, ...ownProcess, ...ofWindow],
          isolate: false,
        },
      },
      {
        extends: true,
        test: {
          name: 'window',
          include: ofWindow,
          exclude: [...exclude, ...ownProcess],
          isolate: false,
          setupFiles: ['renderer/testing/freshWindow.ts'],
        },
      },
      { extends: true, test: { name: 'alone', include: ownProcess, exclude } },
    ],
  },
});
