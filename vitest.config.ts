import { configDefaults, defineConfig } from 'vitest/config';
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

export default defineConfig({
  test: {
    environment: 'node',
    include: roots.map((root) => `${root}/**/*${long ? '.long*' : ''}.test.{ts,tsx,js}`),
    exclude: [...configDefaults.exclude, ...(long ? [] : ['**/*.long.*'])],
    // two cores: more workers only make every test slower
    maxWorkers: 2,
    // for hangs, not for slowness: a busy machine takes ten times as long as an idle one
    testTimeout: 300_000,
    hookTimeout: 300_000,
    expect: { poll: { timeout: 60_000, interval: 20 } },
    setupFiles: ['renderer/testing/patience.ts'],
    // before any test file is loaded, in case one of them comes to the runtime by a way of its own
    env: { ...telemetryOff },
  },
});
