/**
 * The editor in a browser: starts the engine as a child, serves the window on loopback, prints the address.
 * Run by `framewright [project]` where Electron cannot be had, by `framewright --browser`, and by the end-to-end tests.
 */
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { openProjectParameter } from '../contract/desktopBridge.ts';
import { startBrowserServer } from './browserServer.node.ts';
import { EngineSupervisor } from './engineSupervisor.ts';
import { forkEngine } from './forkedEngine.node.ts';
import { openInBrowser } from './openInBrowser.node.ts';

/** Kept from start to start where it is free, so that the browser keeps what it stored for this address. */
const usualPort = 47316;

export interface BrowserHostOptions {
  /** Opened at once; null shows the start screen. */
  readonly projectFolder: string | null;
  readonly port: number | null;
  readonly openBrowser: boolean;
  /** Print `{"url", "pid"}` on stdout instead of a sentence. */
  readonly json: boolean;
}

/** Resolves with the exit code when the host was told to end. */
export async function runBrowserHost(options: BrowserHostOptions): Promise<number> {
  const rendererFolder = join(dirname(fileURLToPath(import.meta.url)), '../renderer');
  const say = (line: string) => process.stderr.write(`${line}\n`);
  if (!existsSync(join(rendererFolder, 'index.html'))) {
    say(`The window has not been built: ${join(rendererFolder, 'index.html')} is missing. Run 'npm run build'.`);
    return 4;
  }

  let end: (code: number) => void = () => undefined;
  const ended = new Promise<number>((resolveEnd) => {
    end = resolveEnd;
  });
  const engine = new EngineSupervisor<never>({
    start: () => forkEngine(say),
    log: say,
    onStartFailed: (failure) => {
      say(failure.message);
      end(4);
    },
  });
  const server = await startBrowserServer({
    engine,
    rendererFolder,
    token: randomBytes(32).toString('base64url'),
    port: options.port ?? usualPort,
  });
  const url =
    options.projectFolder === null
      ? server.url
      : `${server.url}&${openProjectParameter}=${encodeURIComponent(resolve(options.projectFolder))}`;
  if (options.json) process.stdout.write(`${JSON.stringify({ url, pid: process.pid })}\n`);
  else process.stdout.write(`Framewright is open at ${url}\n`);
  if (options.openBrowser) openInBrowser(url);

  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => end(0));
  const code = await ended;
  await server.close();
  await engine.close();
  return code;
}
