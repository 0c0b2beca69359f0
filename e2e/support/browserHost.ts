/** Starts the built browser host as a user would, with its own home. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

export const projectRoot = fileURLToPath(new URL('../..', import.meta.url));

export interface RunningHost {
  /** A link that admits one browser, once. */
  readonly url: string;
  /** Another link, for another browser. */
  newLink(): Promise<string>;
  readonly pid: number;
  /** Its FRAMEWRIGHT_HOME; new projects go to `<home>/projects`. */
  readonly home: string;
  /** Its output on stderr so far. */
  said(): string;
  /** Process id of the current engine. */
  enginePid(): Promise<number>;
  close(): Promise<void>;
}

/** Starts it with a new home, which `close` removes. Throws with what it said when it ends instead. */
export async function startBrowserHost(): Promise<RunningHost> {
  const home = await mkdtemp(join(tmpdir(), 'framewright-e2e-'));
  const script = join(projectRoot, 'dist/host/browserHost.mjs');
  const child = spawn(process.execPath, [script, '--no-open', '--json', '--port', '0'], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, FRAMEWRIGHT_HOME: home },
  });
  let stderr = '';
  child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
  const lines = createInterface({ input: child.stdout });
  const nextLink = () =>
    new Promise<string>((resolve, reject) => {
      const ended = (code: number | null) => reject(new Error(`The browser host ended with ${code}: ${stderr}`));
      child.once('exit', ended);
      lines.once('line', (line) => {
        child.off('exit', ended);
        resolve((JSON.parse(line) as { url: string }).url);
      });
    });
  const url = await nextLink();
  const pid = child.pid!;
  return {
    url,
    newLink: () => {
      const link = nextLink();
      child.kill('SIGUSR2');
      return link;
    },
    pid,
    home,
    said: () => stderr,
    enginePid: () => childProcess(pid, 'engineProcess'),
    close: async () => {
      if (child.exitCode === null && child.signalCode === null) {
        const exited = once(child, 'exit');
        child.kill('SIGINT');
        await exited;
      }
      await rm(home, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
    },
  };
}

/** Waits for the child of a process whose command line contains `word`. Linux only, like the tests that kill. */
export async function childProcess(parentPid: number, word: string): Promise<number> {
  for (let attempt = 0; attempt < 100; attempt++) {
    const children = (await readFile(`/proc/${parentPid}/task/${parentPid}/children`, 'utf8').catch(() => ''))
      .split(' ')
      .filter(Boolean);
    for (const child of children) {
      const command = await readFile(`/proc/${child}/cmdline`, 'utf8').catch(() => '');
      if (command.includes(word)) return Number(child);
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`Process ${parentPid} has no child '${word}'.`);
}
