/** Runs the built command line in a temporary folder, for its tests. */
import { execFile, spawn } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const root = fileURLToPath(new URL('../../..', import.meta.url));
export const execute = promisify(execFile);

export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export type Answer = Record<string, unknown> & { ok: boolean; failure?: { code: string; message: string } };

/** What --json printed: exactly one line, one object; throws otherwise. */
export function answerOf(ended: Ended): Answer {
  const lines = ended.stdout.trim().split('\n');
  if (lines.length !== 1) throw new Error(`${lines.length} lines on stdout: ${ended.stdout}`);
  return JSON.parse(ended.stdout) as Answer;
}

/** Builds the command line, unless `npm test` has just done so. */
export async function buildHost(): Promise<void> {
  if (process.env['FRAMEWRIGHT_BUILT'] === '1') return;
  await execute(process.execPath, ['core/host/build.mjs', '--only', 'host'], { cwd: root });
}

/** `interruptWhen`: Ctrl+C as soon as the output matches. */
export function framewright(
  folder: string,
  args: readonly string[],
  options: { interruptWhen?: RegExp; env?: NodeJS.ProcessEnv } = {},
): Promise<Ended> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [join(root, 'dist/host/cli.mjs'), ...args], {
      cwd: folder,
      env: { ...process.env, FRAMEWRIGHT_HOME: join(folder, 'home'), ...options.env },
    });
    let stdout = '';
    let stderr = '';
    let interrupted = false;
    const watch = () => {
      if (interrupted || !options.interruptWhen?.test(stdout + stderr)) return;
      interrupted = true;
      child.kill('SIGINT');
    };
    child.stdout.on('data', (chunk: Buffer) => {
      stdout += chunk.toString();
      watch();
    });
    child.stderr.on('data', (chunk: Buffer) => {
      stderr += chunk.toString();
      watch();
    });
    child.on('close', (code) => resolve({ code, stdout, stderr }));
  });
}
