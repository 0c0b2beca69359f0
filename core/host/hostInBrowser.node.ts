/**
 * The editor in a browser: starts the engine as a child, serves the window on loopback, prints the address.
 * Run by `framewright [project]` where Electron cannot be had, by `framewright --browser`, and by the end-to-end tests.
 */
import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { openProjectParameter } from '../contract/desktopBridge.ts';
import { startBrowserServer } from './browserServer.node.ts';
import { EngineSupervisor } from './engineSupervisor.ts';
import { forkEngine } from './forkedEngine.node.ts';
import { openInBrowser } from './openInBrowser.node.ts';
import { enginePaths } from './paths.node.ts';
import { rememberPort, usualPort } from './usualPort.node.ts';

/** From handing a link to a browser to the browser's request, ms. */
const openedLinkMs = 60_000;
/** From reading a link in a terminal to opening it elsewhere, ms. */
const printedLinkMs = 10 * 60_000;

export interface BrowserHostOptions {
  /** Opened at once; null shows the start screen. */
  readonly projectFolder: string | null;
  /** null = the one of earlier starts, drawn at random at the first; 0 = any. */
  readonly port: number | null;
  readonly openBrowser: boolean;
  /** Print `{"url", "pid"}` on stdout instead of sentences. */
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
  // from here on: a reader of the link may end the host at once, and its engine must end with it
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => end(0));
  const engine = new EngineSupervisor<never>({
    start: () => forkEngine(say),
    log: say,
    onStartFailed: (failure) => {
      say(failure.message);
      end(4);
    },
  });
  const { home } = enginePaths();
  const wantedPort = options.port ?? (await usualPort(home));
  const server = await startBrowserServer({ engine, rendererFolder, port: wantedPort });
  if (options.port === null && wantedPort === 0) await rememberPort(home, server.port);
  const newLink = (lifetimeMs: number) => server.newLink(lifetimeMs) + projectQuery(options.projectFolder);
  // A signal asks for another link: a terminal's own input is not read, since a host in the background would be stopped
  // for it. Listened to before the first link is printed: whoever reads that may ask for the next at once.
  if (process.platform !== 'win32') process.on('SIGUSR2', () => printLink(newLink(printedLinkMs), options.json));
  printLink(newLink(printedLinkMs), options.json);
  // The link stands in the browser's arguments, which other users can read. It is void once the browser has come, which
  // takes seconds, and on Linux their connections are refused anyway (peerUser.node.ts). A file that only the owner can
  // read would hide it, but sandboxed browsers (snap, flatpak) cannot open such files.
  if (options.openBrowser) openInBrowser(newLink(openedLinkMs));

  const code = await ended;
  await server.close();
  await engine.close();
  return code;
}

function projectQuery(folder: string | null): string {
  return folder === null ? '' : `&${openProjectParameter}=${encodeURIComponent(resolve(folder))}`;
}

function printLink(url: string, json: boolean): void {
  if (json) {
    process.stdout.write(`${JSON.stringify({ url, pid: process.pid })}\n`);
    return;
  }
  const another = process.platform === 'win32' ? '' : ` For another link: kill -USR2 ${process.pid}`;
  process.stdout.write(`Framewright is open at ${url}\nThis link works once, within 10 minutes.${another}\n`);
}
