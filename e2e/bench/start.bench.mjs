/** Startup time, from the command to a usable start screen: host, engine and window. */
import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium as playwright } from 'playwright';

const times = 5;

export async function run({ projectRoot, chromium }) {
  const browser = await playwright.launch({ executablePath: chromium });
  const measured = [];
  try {
    for (let index = 0; index < times; index++) measured.push(await startOnce(browser, projectRoot));
  } finally {
    await browser.close();
  }
  measured.sort((a, b) => a - b);
  const median = measured[Math.floor(times / 2)];
  return [
    {
      figure: 'start to usable editor, installed (median of 5, browser running)',
      measured: `${(median / 1000).toFixed(2)} s (${(measured[0] / 1000).toFixed(2)} to ${(measured.at(-1) / 1000).toFixed(2)})`,
      bar: '<= 3 s',
      ok: median <= 3000,
    },
  ];
}

/** Milliseconds until a button of the start screen can be pressed and the engine has answered. */
async function startOnce(browser, projectRoot) {
  const home = await mkdtemp(join(tmpdir(), 'framewright-bench-'));
  const startedMs = performance.now();
  const host = spawn(
    process.execPath,
    [join(projectRoot, 'dist/host/browserHost.mjs'), '--no-open', '--json', '--port', '0'],
    { stdio: ['ignore', 'pipe', 'inherit'], env: { ...process.env, FRAMEWRIGHT_HOME: home } },
  );
  const context = await browser.newContext({ locale: 'en-US' });
  try {
    const { url } = JSON.parse(
      await new Promise((resolve, reject) => {
        host.stdout.once('data', resolve);
        host.once('exit', (code) => reject(new Error(`the host ended with ${code}`)));
      }),
    );
    const page = await context.newPage();
    await page.goto(url);
    await page.getByRole('button', { name: /New project/ }).click({ trial: true });
    // the processor's name comes from the engine
    await page.getByText(/cores/).waitFor();
    return performance.now() - startedMs;
  } finally {
    await context.close();
    host.kill('SIGINT');
    await new Promise((resolve) =>
      host.exitCode === null && host.signalCode === null ? host.once('exit', resolve) : resolve(),
    );
    await rm(home, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  }
}
