/** ffprobe's answer, or, where only ffmpeg is there, the same facts read from ffmpeg's own report. */
import { execFile } from 'node:child_process';
import { basename } from 'node:path';
import { FailureError } from '../../contract/errors.ts';
import { lastWords } from '../../ffmpeg/failures.node.ts';
import { locateFfmpeg } from '../../ffmpeg/locate.node.ts';

export interface RawStream {
  readonly index: number;
  readonly type: string;
  readonly codec: string;
  readonly profile: string;
  readonly width: number;
  readonly height: number;
  readonly pixelFormat: string;
  /** 'num:den', as ffprobe says it. */
  readonly sampleAspect: string;
  readonly averageRate: string;
  readonly realRate: string;
  readonly startSeconds: number | null;
  readonly durationSeconds: number | null;
  readonly frameCount: number | null;
  readonly attachedPicture: boolean;
  readonly rotationDegrees: number;
  /** The display matrix mirrors. */
  readonly mirrored: boolean;
  readonly matrix: string;
  readonly transfer: string;
  readonly primaries: string;
  readonly range: string;
  readonly sampleRateHz: number;
  readonly channels: number;
  readonly tags: Readonly<Record<string, string>>;
}

export interface RawProbe {
  readonly formatName: string;
  readonly startSeconds: number | null;
  readonly durationSeconds: number | null;
  readonly streams: readonly RawStream[];
  readonly tags: Readonly<Record<string, string>>;
  readonly probedWith: 'ffprobe' | 'ffmpeg';
}

/** Local files only: a playlist must not make the editor fetch anything. */
export const localOnly = ['-protocol_whitelist', 'file,pipe'] as const;

/** Throws FailureError 'damaged' or 'notMedia' with ffprobe's reason, 'ffmpegMissing'. */
export async function rawProbe(path: string): Promise<RawProbe> {
  const { ffmpegPath, ffprobePath } = await locateFfmpeg();
  if (ffprobePath === null) return (await import('./ffmpegReport.node.ts')).probeByReport(ffmpegPath, path);
  const answer = await runProgram(ffprobePath, [
    '-v',
    'error',
    ...localOnly,
    '-show_format',
    '-show_streams',
    '-of',
    'json',
    path,
  ]);
  if (answer.exitCode !== 0) throw unreadable(path, answer.stderr);
  const parsed = JSON.parse(answer.stdout) as { format?: Record<string, unknown>; streams?: Record<string, unknown>[] };
  return {
    formatName: text(parsed.format?.['format_name']),
    startSeconds: seconds(parsed.format?.['start_time']),
    durationSeconds: seconds(parsed.format?.['duration']),
    streams: (parsed.streams ?? []).map(readStream),
    tags: (parsed.format?.['tags'] ?? {}) as Record<string, string>,
    probedWith: 'ffprobe',
  };
}

export function unreadable(path: string, stderr: string): FailureError {
  const words = lastWords(stderr.split('\n').filter((line) => !line.startsWith(path)));
  const name = basename(path);
  if (/moov atom not found/.test(stderr))
    return new FailureError(
      'damaged',
      `${name} is damaged, or no film at all: it has no index (moov), like a file that was cut off or never finished.`,
      path,
    );
  if (/Invalid data found/.test(stderr))
    return new FailureError(
      'notMedia',
      `${name} is not media that can be read, or is damaged beyond recognition${words ? ` (${words})` : ''}.`,
      path,
    );
  return new FailureError('damaged', `${name} cannot be read: ${words}.`, path);
}

/** Runs a program to its end and keeps what it says; stdout up to 64 MiB. */
export async function runProgram(
  program: string,
  words: readonly string[],
): Promise<{ stdout: string; stderr: string; exitCode: number }> {
  return new Promise((resolve) => {
    execFile(program, [...words], { maxBuffer: 64 * 1024 * 1024, timeout: 120_000 }, (error, stdout, stderr) => {
      resolve({
        stdout,
        stderr: stderr || (error?.message ?? ''),
        exitCode: error ? (typeof error.code === 'number' ? error.code : 1) : 0,
      });
    });
  });
}

function readStream(stream: Record<string, unknown>): RawStream {
  const sideData = ((stream['side_data_list'] ?? []) as Record<string, unknown>[]).find(
    (each) => 'displaymatrix' in each,
  );
  const disposition = (stream['disposition'] ?? {}) as Record<string, unknown>;
  return {
    index: count(stream['index']),
    type: text(stream['codec_type']),
    codec: text(stream['codec_name']),
    profile: text(stream['profile']),
    width: count(stream['width']),
    height: count(stream['height']),
    pixelFormat: text(stream['pix_fmt']),
    sampleAspect: text(stream['sample_aspect_ratio']),
    averageRate: text(stream['avg_frame_rate']),
    realRate: text(stream['r_frame_rate']),
    startSeconds: seconds(stream['start_time']),
    durationSeconds: seconds(stream['duration']),
    frameCount: stream['nb_frames'] === undefined ? null : count(stream['nb_frames']),
    attachedPicture: disposition['attached_pic'] === 1,
    rotationDegrees: Number(sideData?.['rotation'] ?? 0) || 0,
    mirrored: isMirrored(text(sideData?.['displaymatrix'])),
    matrix: text(stream['color_space']),
    transfer: text(stream['color_transfer']),
    primaries: text(stream['color_primaries']),
    range: text(stream['color_range']),
    sampleRateHz: count(stream['sample_rate']),
    channels: count(stream['channels']),
    tags: (stream['tags'] ?? {}) as Record<string, string>,
  };
}

/**
 * ffprobe prints the matrix as three rows of three 16.16 numbers; a negative determinant of its 2 by 2 part mirrors.
 */
function isMirrored(printed: string): boolean {
  const rows = printed
    .split('\n')
    .filter((row) => row.includes(':'))
    .map((row) =>
      row
        .slice(row.indexOf(':') + 1)
        .trim()
        .split(/\s+/)
        .map(Number),
    );
  const [[a, b] = [1, 0], [c, d] = [0, 1]] = rows;
  return (a ?? 1) * (d ?? 1) - (b ?? 0) * (c ?? 0) < 0;
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function count(value: unknown): number {
  const number = Number(value);
  return Number.isFinite(number) ? number : 0;
}

function seconds(value: unknown): number | null {
  const number = Number.parseFloat(text(value));
  return Number.isFinite(number) ? number : null;
}
