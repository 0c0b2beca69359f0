import { resolve } from 'node:path';

/**
 * The project folder on a command line: the first argument that is not a switch, after the program and, unpackaged, the
 * app's folder. Null without one. `workingFolder` is where the process was started: a second instance hands its
 * arguments to the first.
 */
export function projectArgument(argv: readonly string[], isPackaged: boolean, workingFolder: string): string | null {
  const given = argv.slice(1).filter((value) => !value.startsWith('-'));
  const folder = isPackaged ? given[0] : given[1];
  return folder === undefined ? null : resolve(workingFolder, folder);
}
