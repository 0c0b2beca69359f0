/**
 * kill -9 at 40 random moments: of the window's renderer while editing, the engine while saving, the inference child
 * while generating, ffmpeg while exporting. After each kill the project is reopened: every edit made more than a second
 * before must be there.
 */
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { chromium as playwright } from 'playwright';
import { ffmpeg, importAndPlace, mediaReady, newProject, openWindow, quietBrowser, startHost } from './editorBench.mjs';

const execute = promisify(execFile);
const rounds = Number(process.env.FRAMEWRIGHT_KILL_ROUNDS ?? 40);
const victims = ['renderer', 'engine', 'inference', 'ffmpeg'];
const graceMs = 1000;

export async function run({ projectRoot, chromium, say }) {
  const home = await mkdtemp(join(tmpdir(), 'framewright-bench-'));
  const source = join(home, 'source.mp4');
  await ffmpeg(
    '-f',
    'lavfi',
    '-i',
    'testsrc2=s=640x360:r=30:d=30',
    '-c:v',
    'libx264',
    '-preset',
    'ultrafast',
    '-pix_fmt',
    'yuv420p',
    source,
  );
  const browser = await playwright.launch({ executablePath: chromium, args: quietBrowser });
  const host = await startHost(projectRoot, home);
  const folder = join(home, 'projects', 'Kill.fwproj');
  const killed = Object.fromEntries(victims.map((victim) => [victim, 0]));
  let kept = 0;
  let expected = 0;
  try {
    let page = await openWindow(browser, host.url);
    await newProject(page, 'Kill');
    await importAndPlace(page, source);
    await mediaReady(page);
    for (let round = 0; round < rounds; round++) {
      const victim = victims[round % victims.length];
      if (victim === 'inference') await startGenerating(page);
      if (victim === 'ffmpeg') await startExporting(page, round);
      const done = await editUntilKilled({ page, browser, host, victim, before: expected });
      if (done.hit) killed[victim]++;
      await page
        .context()
        .close()
        .catch(() => undefined);
      page = await reopen(browser, host, folder);
      const markers = await markersOnDisk(projectRoot, home, folder);
      if (markers >= done.mustStand && markers <= done.added) kept++;
      else
        say(
          `round ${round}, ${victim}: ${markers} markers, at least ${done.mustStand} and at most ${done.added} expected`,
        );
      expected = markers;
    }
  } finally {
    await browser.close();
    await host.close();
    await rm(home, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  }
  const who = victims.map((victim) => `${victim} ${killed[victim]}`).join(', ');
  return [
    {
      figure: `kill -9 at ${rounds} random moments (${who}): reopened, nothing older than 1 s lost`,
      measured: `${kept} of ${rounds}`,
      bar: `${rounds} of ${rounds}`,
      ok: kept === rounds && killed.renderer + killed.engine + killed.inference + killed.ffmpeg >= rounds * 0.9,
    },
  ];
}

/**
 * Adds a marker per frame until a random moment, then kills. Returns how many were added, and how many of them are
 * older than a second.
 */
async function editUntilKilled({ page, browser, host, victim, before }) {
  const addedAt = [];
  const killAt = Date.now() + 400 + Math.random() * 1800;
  while (Date.now() < killAt) {
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('m');
    addedAt.push(Date.now());
  }
  const pids = await pidsOf(victim, browser, host);
  const killedAt = Date.now();
  for (const pid of pids) process.kill(pid, 'SIGKILL');
  await new Promise((resolve) => setTimeout(resolve, 300));
  return {
    hit: pids.length > 0,
    added: before + addedAt.length,
    mustStand: before + addedAt.filter((time) => killedAt - time > graceMs).length,
  };
}

async function pidsOf(victim, browser, host) {
  if (victim === 'renderer') {
    const session = await browser.newBrowserCDPSession();
    const { processInfo } = await session.send('SystemInfo.getProcessInfo');
    await session.detach();
    return processInfo.filter((process) => process.type === 'renderer').map((process) => process.id);
  }
  const [engine] = await children(host.pid, 'engineProcess');
  if (victim === 'engine') return engine ? [engine] : [];
  return engine ? children(engine, victim === 'inference' ? 'inferenceProcess' : 'ffmpeg') : [];
}

async function children(parent, word) {
  const ids = (await readFile(`/proc/${parent}/task/${parent}/children`, 'utf8').catch(() => ''))
    .split(' ')
    .filter(Boolean);
  const found = [];
  for (const id of ids)
    if ((await readFile(`/proc/${id}/cmdline`, 'utf8').catch(() => '')).includes(word)) found.push(Number(id));
  return found;
}

async function startGenerating(page) {
  await page.getByRole('tab', { name: 'AI' }).click();
  await page.getByRole('textbox', { name: 'Prompt' }).fill('a red balloon over a meadow');
  await page.getByRole('button', { name: /^(Generate|Generate another take) Ctrl/ }).click();
  await page
    .getByRole('grid')
    .first()
    .click({ position: { x: 600, y: 20 } })
    .catch(() => undefined);
  await page.waitForTimeout(1500);
}

async function startExporting(page, round) {
  await page.getByRole('button', { name: 'Export', exact: true }).click();
  const dialog = page.getByRole('dialog', { name: 'Export' });
  await dialog.getByRole('textbox', { name: /File/ }).fill(`film-${round}`);
  await dialog.getByRole('button', { name: /^Export/ }).click();
  await page.waitForTimeout(500);
  await page.keyboard.press('Escape');
}

async function reopen(browser, host, folder) {
  for (let attempt = 0; ; attempt++) {
    const address = new URL(await host.newLink());
    address.searchParams.set('project', folder);
    const page = await openWindow(browser, address.href);
    try {
      await page.locator('[data-clip]').first().waitFor({ timeout: 15_000 });
      return page;
    } catch (error) {
      await page.context().close();
      if (attempt === 3) throw error;
    }
  }
}

/** Reads the project as the command line does, without opening it for writing. */
async function markersOnDisk(projectRoot, home, folder) {
  const to = join(home, 'now.otio');
  await execute(process.execPath, [join(projectRoot, 'dist/host/cli.mjs'), 'convert', folder, '-o', to], {
    env: { ...process.env, FRAMEWRIGHT_HOME: home },
  });
  const timeline = JSON.parse(await readFile(to, 'utf8'));
  const count = (node) =>
    (node.markers?.length ?? 0) + (node.children ?? []).reduce((sum, child) => sum + count(child), 0);
  return count(timeline.tracks ?? timeline);
}
