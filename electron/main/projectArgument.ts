import { resolve } from 'node:path';

/**
 * The project folder among a process's arguments: the first that is not a switch, after the program (and, unpackaged, the
 * app's folder). `workingFolder` is where that process was started: a second one hands its arguments to the first.
 */
export function projectArgument(argv: readonly string[], isPackaged: boolean, workingFolder: string): string | null {
  const given = argv.slice(1).filter((value) => !value.startsWith('-'));
  const folder = isPackaged ? given[0] : given[1];
  return folder === undefined ? null : resolve(workingFolder, folder);
}
