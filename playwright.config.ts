import { defineConfig } from '@playwright/test';
import { findChromium } from './core/host/prerequisites.mjs';
import { electronBinary } from './e2e/support/electronApp.ts';

const executablePath = findChromium();

/**
 * The browser's own chatter (updates, hints, name look-ups) is not the editor's: it would be counted as connections.
 */
const quietBrowser = [
  '--disable-component-update',
  '--disable-sync',
  '--disable-quic',
  '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1',
  '--autoplay-policy=no-user-gesture-required',
];

/** End-to-end: the built editor on a real host in a real Chromium, and in real Electron where its binary is. */
export default defineConfig({
  testDir: 'e2e',
  testMatch: process.env.FRAMEWRIGHT_LONG_TESTS === '1' ? ['footage.spec.ts', '*.long.spec.ts'] : '*.spec.ts',
  testIgnore: process.env.FRAMEWRIGHT_LONG_TESTS === '1' ? [] : '*.long.spec.ts',
  outputDir: 'test-results/e2e',
  globalSetup: './e2e/support/globalSetup.ts',
  // two cores, and an engine, an inference process and ffmpeg beside each window
  workers: 1,
  fullyParallel: false,
  retries: 0,
  // for hangs, not for slowness: a busy machine takes ten times as long as an idle one
  timeout: 400_000,
  expect: { timeout: 60_000 },
  reporter: [['list']],
  use: {
    viewport: { width: 1440, height: 900 },
    locale: 'en-US',
    colorScheme: 'dark',
    // nothing sweeps or turns while the processor is wanted elsewhere, and no dialog lingers under the next key
    contextOptions: { reducedMotion: 'reduce' },
    screenshot: 'only-on-failure',
    // a click that nothing can receive ends long before its test does
    actionTimeout: 120_000,
    // a trace of every test costs a third of the run: FRAMEWRIGHT_TRACE=1 keeps those of failed tests
    trace: process.env.FRAMEWRIGHT_TRACE === '1' ? 'retain-on-failure' : 'off',
    launchOptions: { ...(executablePath === null ? {} : { executablePath }), args: quietBrowser },
  },
  projects: [{ name: 'browser' }, ...(electronBinary() ? [{ name: 'electron' }] : [])],
});
