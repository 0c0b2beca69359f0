/**
 * Where a file's time begins, seconds: at its earliest track, as ffmpeg counts it. Time before zero is an encoder's
 * priming (AAC, Opus), which ffmpeg's edit lists skip: it does not move the picture.
 */
export function startOfFile(firstTimestamps: readonly number[]): number {
  return Math.max(0, Math.min(...firstTimestamps));
}
