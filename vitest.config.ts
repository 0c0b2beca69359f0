import { defineConfig } from 'vitest/config';
import { telemetryOff } from './models/runtime/telemetryOff.mjs';

export default defineConfig({
  test: {
    environment: 'node',
    include: [
      'core/**/*.test.ts',
      'models/families/**/*.test.ts',
      'models/planners/**/*.test.ts',
      'electron/**/*.test.ts',
      'renderer/**/*.test.ts',
      'renderer/**/*.test.tsx',
      'e2e/lint/**/*.test.ts',
      'e2e/lint/**/*.test.js',
      'e2e/support/**/*.test.js',
    ],
    exclude: ['**/node_modules/**', '**/dist/**', 'e2e/*.spec.ts'],
    // two cores: more workers only make every test slower
    maxWorkers: 2,
    testTimeout: 20_000,
    // before any test file is loaded, in case one of them comes to the runtime by a way of its own
    env: { ...telemetryOff },
  },
});
