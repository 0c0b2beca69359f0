/** Scrubs a 1080p source: time from each request to the screen refresh that shows its picture (or a later one). */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium as playwright } from 'playwright';
import { ffmpeg, importAndPlace, mediaReady, newProject, openWindow, quietBrowser, startHost } from './editorBench.mjs';

const sourceSeconds = 20;
const requests = 150;

export async function run({ projectRoot, chromium }) {
  const home = await mkdtemp(join(tmpdir(), 'framewright-bench-'));
  const source = join(home, 'source.mp4');
  // a long GOP, as cameras and phones write it
  await ffmpeg(
    '-f',
    'lavfi',
    '-i',
    `testsrc2=s=1920x1080:r=30:d=${sourceSeconds}`,
    '-c:v',
    'libx264',
    '-preset',
    'veryfast',
    '-g',
    '60',
    '-pix_fmt',
    'yuv420p',
    source,
  );
  const browser = await playwright.launch({ executablePath: chromium, args: quietBrowser });
  const host = await startHost(projectRoot, home);
  try {
    const page = await openWindow(browser, host.url);
    await newProject(page, 'Scrub');
    await importAndPlace(page, source);
    await mediaReady(page);
    const rows = [];
    for (const [name, path] of [
      ['drag, to and fro', sweep],
      ['jumps', jump],
    ]) {
      const waits = (await scrub(page, path)).toSorted((a, b) => a - b);
      const p95 = waits[Math.floor(waits.length * 0.95)];
      rows.push({
        figure: `scrub on a 1080p source, ${name}: request to presented frame, p95 of ${waits.length}`,
        measured: `${p95.toFixed(0)} ms (median ${waits[waits.length >> 1].toFixed(0)})`,
        bar: '<= 100 ms',
        ok: p95 <= 100,
      });
    }
    return rows;
  } finally {
    await browser.close();
    await host.close();
    await rm(home, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  }
}

/** A drag along the bar, there and back. */
const sweep = (index) => 0.1 + 0.7 * (1 - Math.abs(1 - (2 * index) / requests));
/** Scattered positions, the same in every run. */
const jump = (index) => ((index * 0.618034) % 1) * 0.96 + 0.01;

async function scrub(page, path) {
  const bar = await page.getByRole('slider', { name: 'Position' }).boundingBox();
  await page.evaluate(() => performance.clearMeasures());
  const x = (share) => bar.x + 12 + (bar.width - 24) * share;
  const y = bar.y + bar.height / 2;
  await page.mouse.move(x(path(0)), y);
  await page.mouse.down();
  for (let index = 1; index < requests; index++) {
    await page.mouse.move(x(path(index)), y);
    // dragging sends about sixty moves per second; jumps are slower
    await page.waitForTimeout(path === jump ? 120 : 16);
  }
  await page.mouse.up();
  await page.waitForTimeout(500);
  return page.evaluate(() => performance.getEntriesByName('viewer:request-to-picture').map((entry) => entry.duration));
}
