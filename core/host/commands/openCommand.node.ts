/** `framewright [project]`: the editor itself. */
import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { exitCodes } from './exitCodes.ts';

export interface OpenOptions {
  /** The browser, even where Electron is installed. */
  readonly browser?: boolean;
  /** commander's form of --no-open */
  readonly open: boolean;
  readonly port?: number;
  readonly json?: boolean;
}

/** Starts the editor in the browser and runs until it is stopped. Exits the process. */
export async function openEditor(project: string | undefined, options: OpenOptions): Promise<never> {
  const say = (line: string) => process.stderr.write(`${line}\n`);
  const projectFolder = project === undefined ? null : resolve(project);
  if (projectFolder !== null && !(await stat(projectFolder).catch(() => null))?.isDirectory()) {
    say(`${project} is not a project folder, nor a command. 'framewright --help' lists the commands.`);
    process.exit(exitCodes.badInput);
  }
  if (!options.browser && !options.json) {
    const { findDesktopProgram, runDesktop } = await import('../launchDesktop.node.ts');
    const program = findDesktopProgram(say);
    if ('path' in program) process.exit(await runDesktop(program.path, projectFolder));
    say(`Electron is not used: ${program.missing}. The same editor opens in the browser.`);
  }
  const { runBrowserHost } = await import('../hostInBrowser.node.ts');
  process.exit(
    await runBrowserHost({
      projectFolder,
      port: options.port ?? null,
      openBrowser: options.open,
      json: options.json === true,
    }),
  );
}
