/**
 * What the packets say that headers do not: how far key frames are apart, whether frames are regular, where data ends.
 */
import { locateFfmpeg } from '../../ffmpeg/locate.node.ts';
import { localOnly, runProgram } from './rawProbe.node.ts';

const measuredSeconds = 20;

export interface VideoPackets {
  readonly gopFrames: number;
  readonly irregular: boolean;
  /** The distance that most frames keep, s; null where no distance is usual. */
  readonly usualStepSeconds: number | null;
  /** Lowest presentation time, s of the file's own clock. */
  readonly firstSeconds: number | null;
}

/** Reads the first 20 s without decoding. null where there is no ffprobe, or no packets. */
export async function measureVideo(path: string, streamIndex: number): Promise<VideoPackets | null> {
  const rows = await readPackets(path, [
    '-select_streams',
    String(streamIndex),
    '-read_intervals',
    `%+${measuredSeconds}`,
    '-show_entries',
    'packet=pts_time,flags',
  ]);
  if (rows === null || rows.length === 0) return null;
  const keys = rows.flatMap((row, index) => (row[1]?.startsWith('K') ? [index] : []));
  const gaps = [...keys, rows.length].map((position, index, all) =>
    index === 0 ? position : position - all[index - 1]!,
  );
  const times = rows
    .map((row) => Number.parseFloat(row[0] ?? ''))
    .filter(Number.isFinite)
    .sort((a, b) => a - b);
  const steps = times.slice(1).map((time, index) => time - times[index]!);
  const usual = [...steps].sort((a, b) => a - b)[steps.length >> 1] ?? 0;
  const alike = steps.filter((step) => Math.abs(step - usual) <= usual * 0.3);
  return {
    gopFrames: Math.max(1, ...gaps),
    // Matroska rounds to milliseconds
    irregular: steps.some((step) => Math.abs(step - usual) > usual / 2 + 0.001),
    usualStepSeconds:
      usual > 0 && alike.length >= 8 && alike.length >= steps.length * 0.6
        ? alike.reduce((sum, step) => sum + step, 0) / alike.length
        : null,
    firstSeconds: times[0] ?? null,
  };
}

export interface DataEnd {
  /** Last moment that has data, s after the file's start. */
  readonly endSeconds: number;
  /** ffprobe met the file's end in the middle of something. */
  readonly cutOff: boolean;
}

/**
 * Where the data ends. Seeks close to the announced end first, and reads the whole file (without decoding) only when
 * nothing is there or no end is announced. null where there is no ffprobe.
 */
export async function findDataEnd(
  path: string,
  announcedSeconds: number | null,
  startSeconds: number,
): Promise<DataEnd | null> {
  const entries = ['-show_entries', 'packet=pts_time,duration_time'];
  if (announcedSeconds !== null && announcedSeconds > 3) {
    const tail = await readEnd(path, ['-read_intervals', `${startSeconds + announcedSeconds - 2}%`, ...entries]);
    if (tail === null) return null;
    if (tail.endSeconds > startSeconds) return { ...tail, endSeconds: tail.endSeconds - startSeconds };
  }
  const whole = await readEnd(path, entries);
  return whole && { ...whole, endSeconds: Math.max(0, whole.endSeconds - startSeconds) };
}

async function readEnd(path: string, words: readonly string[]): Promise<DataEnd | null> {
  let cutOff = false;
  const rows = await readPackets(path, words, (stderr) => {
    cutOff = /partial file|truncat|Input\/output error|ended prematurely/i.test(stderr);
  });
  if (rows === null) return null;
  const ends = rows
    .map((row) => Number.parseFloat(row[0] ?? '') + (Number.parseFloat(row[1] ?? '') || 0))
    .filter(Number.isFinite);
  return { endSeconds: ends.reduce((last, end) => Math.max(last, end), 0), cutOff };
}

async function readPackets(
  path: string,
  words: readonly string[],
  onErrors?: (stderr: string) => void,
): Promise<string[][] | null> {
  const { ffprobePath } = await locateFfmpeg();
  if (ffprobePath === null) return null;
  const answer = await runProgram(ffprobePath, ['-v', 'error', ...localOnly, ...words, '-of', 'csv=p=0', path]);
  onErrors?.(answer.stderr);
  return answer.stdout
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => line.split(','));
}
