/** Finds ffmpeg and ffprobe: the setting or FRAMEWRIGHT_FFMPEG, then PATH, then the optional ffmpeg-static package. */
import { execFile } from 'node:child_process';
import { constants } from 'node:fs';
import { access, stat } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { delimiter, dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { FailureError } from '../contract/errors.ts';

const run = promisify(execFile);
const suffix = process.platform === 'win32' ? '.exe' : '';
/** `-fps_mode` and `afade`'s siblings that the graphs use came with it. */
const oldestMajor = 5;

export interface FoundFfmpeg {
  readonly ffmpegPath: string;
  /** null where only ffmpeg is there (ffmpeg-static): files are then probed with ffmpeg itself. */
  readonly ffprobePath: string | null;
  readonly version: string;
  /** Where it was found, for `doctor`. */
  readonly source: 'setting' | 'FRAMEWRIGHT_FFMPEG' | 'PATH' | 'ffmpeg-static';
}

let setting: string | null = null;
let found: Promise<FoundFfmpeg> | null = null;

/** The user's own choice: path of the program or of its folder; null asks the environment again. */
export function configureFfmpeg(path: string | null): void {
  setting = path;
  found = null;
}

/** Throws FailureError 'ffmpegMissing', saying what to do. Remembered once found; looked for anew after a failure. */
export async function locateFfmpeg(): Promise<FoundFfmpeg> {
  found ??= search(setting, process.env['FRAMEWRIGHT_FFMPEG'] ?? null, process.env['PATH'] ?? '');
  try {
    return await found;
  } catch (error) {
    found = null;
    throw error;
  }
}

/** The search itself, on given surroundings. */
export async function search(
  chosen: string | null,
  fromEnvironment: string | null,
  path: string,
): Promise<FoundFfmpeg> {
  if (chosen) return explicit(chosen, 'setting', path);
  if (fromEnvironment) return explicit(fromEnvironment, 'FRAMEWRIGHT_FFMPEG', path);
  const onPath = await firstExecutable('ffmpeg', path);
  if (onPath) return describe(onPath, await firstExecutable('ffprobe', path), 'PATH');
  const bundled = await staticPath();
  if (bundled) return describe(bundled, null, 'ffmpeg-static');
  throw new FailureError(
    'ffmpegMissing',
    'ffmpeg was not found. Install it (Debian and Ubuntu: apt install ffmpeg), or set FRAMEWRIGHT_FFMPEG to its path.',
  );
}

async function explicit(given: string, source: FoundFfmpeg['source'], path: string): Promise<FoundFfmpeg> {
  const isFolder = await stat(given).then(
    (info) => info.isDirectory(),
    () => false,
  );
  const program = isFolder ? join(given, `ffmpeg${suffix}`) : given;
  if (!(await isExecutable(program))) {
    throw new FailureError(
      'ffmpegMissing',
      `ffmpeg was not found at ${program}, which the ${source === 'setting' ? 'settings' : 'variable FRAMEWRIGHT_FFMPEG'} names. Correct it, or clear it to use the one on the PATH.`,
      program,
    );
  }
  const beside = join(dirname(program), `ffprobe${suffix}`);
  return describe(program, (await isExecutable(beside)) ? beside : await firstExecutable('ffprobe', path), source);
}

async function describe(
  ffmpegPath: string,
  ffprobePath: string | null,
  source: FoundFfmpeg['source'],
): Promise<FoundFfmpeg> {
  const text = await run(ffmpegPath, ['-hide_banner', '-version'], { timeout: 20_000 }).then(
    (result) => result.stdout,
    (error: Error) => {
      throw new FailureError(
        'ffmpegMissing',
        `${ffmpegPath} does not run: ${error.message.split('\n')[0]}`,
        ffmpegPath,
      );
    },
  );
  const version = /^ffmpeg version (\S+)/m.exec(text)?.[1] ?? 'unknown';
  const major = /^n?(\d+)\.\d/.exec(version)?.[1];
  if (major !== undefined && Number(major) < oldestMajor) {
    throw new FailureError(
      'ffmpegMissing',
      `ffmpeg ${version} at ${ffmpegPath} is too old: 5.1 or newer is needed.`,
      ffmpegPath,
    );
  }
  return { ffmpegPath, ffprobePath, version, source };
}

async function staticPath(): Promise<string | null> {
  const require = createRequire(import.meta.url);
  let path: unknown;
  try {
    path = require('ffmpeg-static');
  } catch (error) {
    // an optional dependency that is not installed is the usual case; anything else is worth knowing
    if ((error as NodeJS.ErrnoException).code === 'MODULE_NOT_FOUND') return null;
    throw error;
  }
  // inside a packed app the program itself lies outside of the archive
  const unpacked = typeof path === 'string' ? path.replace('app.asar', 'app.asar.unpacked') : null;
  return unpacked && (await isExecutable(unpacked)) ? unpacked : null;
}

async function firstExecutable(name: string, path: string): Promise<string | null> {
  for (const folder of path.split(delimiter).filter((entry) => entry !== '')) {
    const candidate = join(folder, name + suffix);
    if (await isExecutable(candidate)) return candidate;
  }
  return null;
}

async function isExecutable(path: string): Promise<boolean> {
  try {
    await access(path, constants.X_OK);
    return (await stat(path)).isFile();
  } catch {
    return false; // the answer, not a failure
  }
}
