/**
 * Counts connections that leave this machine during the whole run, and fails the run if there are any. Under `npm test`
 * strace counts them, which sees more.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { projectRoot } from './browserHost.ts';
import { electronBinary } from './electronApp.ts';

export default async function setUp(): Promise<() => Promise<void>> {
  if (!existsSync(join(projectRoot, 'dist/renderer/index.html')))
    throw new Error("The window has not been built: run 'npm run build' first.");
  if (!electronBinary()) console.log('skipped: no Electron binary');
  if (process.platform !== 'linux' || process.env['FRAMEWRIGHT_WATCHED'] === '1') return async () => undefined;
  const folder = join(projectRoot, 'test-results');
  await mkdir(folder, { recursive: true });
  const report = join(folder, 'connections.json');
  const watch = spawn(
    process.execPath,
    [join(projectRoot, 'e2e/support/connectionWatch.mjs'), String(process.pid), report],
    { stdio: 'inherit' },
  );
  return async () => {
    const exited = once(watch, 'exit');
    watch.kill('SIGTERM');
    await exited;
    const { samples, connections } = JSON.parse(await readFile(report, 'utf8')) as {
      samples: number;
      connections: { remote: string; command: string }[];
    };
    console.log(`connections to anything but loopback: ${connections.length} (${samples} looks)`);
    if (connections.length > 0)
      throw new Error(connections.map(({ remote, command }) => `${remote} by ${command}`).join('\n'));
  };
}
