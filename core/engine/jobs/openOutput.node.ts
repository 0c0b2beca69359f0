/** Opens what an export has made with the system's program for it. */
import { spawn } from 'node:child_process';
import { stat } from 'node:fs/promises';
import { basename, extname } from 'node:path';
import { FailureError } from '../../contract/errors.ts';
import { sentence } from '../../contract/sentence.ts';
import { mediaPathProblem } from '../../disk/mediaPath.node.ts';

/** Content types of the files that exports make, by ending. Nothing else is opened or served as an export. */
const outputTypes: Readonly<Record<string, string>> = {
  '.mp4': 'video/mp4',
  '.mov': 'video/quicktime',
  '.mkv': 'video/x-matroska',
  '.wav': 'audio/wav',
};

/** null for an ending that exports do not have. */
export function outputType(path: string): string | null {
  return outputTypes[extname(path).toLowerCase()] ?? null;
}

/** Program and arguments that open `path`; null without a desktop, and in tests (FRAMEWRIGHT_NO_OPEN). */
export function openCommand(
  path: string,
  platform: NodeJS.Platform = process.platform,
  env: NodeJS.ProcessEnv = process.env,
): readonly [program: string, argument: string] | null {
  if (env.FRAMEWRIGHT_NO_OPEN) return null;
  if (platform === 'win32') return ['explorer', path];
  if (platform === 'darwin') return ['open', path];
  return env.DISPLAY || env.WAYLAND_DISPLAY ? ['xdg-open', path] : null;
}

/**
 * Throws unless `path`, the output of a finished export, can be opened: 'notFound' when it has been moved or deleted,
 * 'unsupported' for anything but a film, a sound or a folder of frames. null: the job has no output.
 */
export async function checkOutput(path: string | null): Promise<string> {
  if (path === null) throw new FailureError('notFound', sentence('job.noOutput'));
  const name = basename(path);
  const facts = mediaPathProblem(path) === null ? await stat(path).catch(() => null) : null;
  if (facts === null) throw new FailureError('notFound', sentence('job.outputGone', { name }), path);
  // macOS runs a folder that is named like a program
  const opens = facts.isDirectory() ? !/\.app$/i.test(path) : facts.isFile() && outputType(path) !== null;
  if (!opens) throw new FailureError('unsupported', sentence('job.outputNotOpened', { name }), path);
  return path;
}

/** Starts the system's program. Throws as `checkOutput`, and 'unsupported' when there is none. */
export async function openOutput(path: string | null, commandFor = openCommand): Promise<void> {
  const output = await checkOutput(path);
  const none = () => new FailureError('unsupported', sentence('job.noOpener', { name: basename(output) }), output);
  const command = commandFor(output);
  if (command === null) throw none();
  const child = spawn(command[0], [command[1]], { stdio: 'ignore', detached: true, shell: false });
  await new Promise<void>((resolve, reject) => {
    child.once('spawn', resolve);
    child.once('error', () => reject(none()));
  });
  child.unref();
}
