/**
 * Finds ffmpeg and ffprobe: FRAMEWRIGHT_FFMPEG, then PATH, then the optional packages ffmpeg-static and
 * @ffprobe-installer/ffprobe.
 */
import { execFile } from 'node:child_process';
import { constants } from 'node:fs';
import { access, stat } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { delimiter, dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { FailureError } from '../contract/errors.ts';
import { sentence } from '../contract/sentence.ts';

const run = promisify(execFile);
const suffix = process.platform === 'win32' ? '.exe' : '';
/** 5.1 brought `-fps_mode`. */
const oldestMajor = 5;

/** The programs in use. */
export interface FoundFfmpeg {
  readonly ffmpegPath: string;
  readonly ffprobePath: string;
  readonly version: string;
  /** Where it was found, for `doctor`. */
  /** Infinity for builds between releases. */
  readonly major: number;
  readonly source: 'FRAMEWRIGHT_FFMPEG' | 'PATH' | 'ffmpeg-static';
}

/** Programs that come as optional npm packages; null where one is not installed. */
export interface BundledPrograms {
  readonly ffmpeg: string | null;
  readonly ffprobe: string | null;
}

let found: Promise<FoundFfmpeg> | null = null;

/** Throws FailureError 'ffmpegMissing', saying what to do. Remembered once found; looked for again after a failure. */
export async function locateFfmpeg(): Promise<FoundFfmpeg> {
  // in the user's environment it would make every run write a log file
  delete process.env['FFREPORT'];
  found ??= bundledPrograms().then((bundled) =>
    search(process.env['FRAMEWRIGHT_FFMPEG'] ?? null, process.env['PATH'] ?? '', bundled),
  );
  try {
    return await found;
  } catch (error) {
    found = null;
    throw error;
  }
}

/** What `doctor` shows of it. Throws FailureError 'ffmpegMissing'. */
export async function aboutFfmpeg(): Promise<{ path: string; version: string; source: FoundFfmpeg['source'] }> {
  const { ffmpegPath, version, source } = await locateFfmpeg();
  return { path: ffmpegPath, version, source };
}

/** The search itself, in a given environment. */
export async function search(
  fromEnvironment: string | null,
  path: string,
  bundled: BundledPrograms,
): Promise<FoundFfmpeg> {
  if (fromEnvironment) return explicit(fromEnvironment, path, bundled);
  const onPath = await firstExecutable('ffmpeg', path);
  if (onPath) return describe(onPath, await ffprobeFor(onPath, path, bundled), 'PATH');
  if (bundled.ffmpeg) return describe(bundled.ffmpeg, await ffprobeFor(null, path, bundled), 'ffmpeg-static');
  throw new FailureError('ffmpegMissing', sentence('ffmpeg.missing'));
}

/** ffprobe from beside ffmpeg where possible: both then agree about every file. */
async function ffprobeFor(ffmpegPath: string | null, path: string, bundled: BundledPrograms): Promise<string> {
  const beside = ffmpegPath === null ? null : join(dirname(ffmpegPath), `ffprobe${suffix}`);
  if (beside !== null && (await isExecutable(beside))) return beside;
  const elsewhere = (await firstExecutable('ffprobe', path)) ?? bundled.ffprobe;
  if (elsewhere !== null) return elsewhere;
  throw new FailureError('ffmpegMissing', sentence('ffmpeg.ffprobeMissing', { ffmpeg: ffmpegPath ?? 'ffmpeg' }));
}

async function explicit(given: string, path: string, bundled: BundledPrograms): Promise<FoundFfmpeg> {
  const isFolder = await stat(given).then(
    (info) => info.isDirectory(),
    () => false,
  );
  const program = isFolder ? join(given, `ffmpeg${suffix}`) : given;
  if (!(await isExecutable(program))) {
    throw new FailureError('ffmpegMissing', sentence('ffmpeg.notAtVariable', { path: program }), program);
  }
  return describe(program, await ffprobeFor(program, path, bundled), 'FRAMEWRIGHT_FFMPEG');
}

async function describe(ffmpegPath: string, ffprobePath: string, source: FoundFfmpeg['source']): Promise<FoundFfmpeg> {
  const text = await run(ffmpegPath, ['-hide_banner', '-version'], { timeout: 20_000 }).then(
    (result) => result.stdout,
    (error: Error) => {
      const reason = error.message.split('\n')[0]!;
      throw new FailureError('ffmpegMissing', sentence('ffmpeg.doesNotRun', { path: ffmpegPath, reason }), ffmpegPath);
    },
  );
  const version = /^ffmpeg version (\S+)/m.exec(text)?.[1] ?? 'unknown';
  const major = /^n?(\d+)\.\d/.exec(version)?.[1];
  if (major !== undefined && Number(major) < oldestMajor) {
    throw new FailureError('ffmpegMissing', sentence('ffmpeg.tooOld', { version, path: ffmpegPath }), ffmpegPath);
  }
  return { ffmpegPath, ffprobePath, version, major: Number(major ?? Infinity), source };
}

async function bundledPrograms(): Promise<BundledPrograms> {
  const installed = optionalPackage('@ffprobe-installer/ffprobe');
  const ffprobe = typeof installed === 'object' && installed !== null && 'path' in installed ? installed.path : null;
  return { ffmpeg: await runnable(optionalPackage('ffmpeg-static')), ffprobe: await runnable(ffprobe) };
}

function optionalPackage(name: string): unknown {
  const require = createRequire(import.meta.url);
  try {
    return require(name);
  } catch (error) {
    // optional dependencies are often not installed, and the installer's package throws on systems it does not know
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === 'MODULE_NOT_FOUND' || /Unsupported platform|Could not find ffprobe/.test(message)) return null;
    throw error;
  }
}

async function runnable(path: unknown): Promise<string | null> {
  if (typeof path !== 'string') return null;
  // inside a packed app the program itself lies outside the archive
  const unpacked = path.replace(/app\.asar(?!\.unpacked)/, 'app.asar.unpacked');
  return (await isExecutable(unpacked)) ? unpacked : null;
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
