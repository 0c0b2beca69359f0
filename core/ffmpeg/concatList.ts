import type { Rate } from '../time/ticks.ts';

/** Films that are joined as they are: files in the list's own folder, by name. */
export interface JoinedFile {
  readonly name: string;
  readonly frameCount: number;
}

/** What ffmpeg's 'concat' reads. Lengths are counted: those of containers are rounded, which would add up. */
export function concatList(files: readonly JoinedFile[], rate: Rate): string {
  const lines = files.map(({ name, frameCount }) => {
    const durationSeconds = ((frameCount * rate.den) / rate.num).toFixed(9);
    return `file ${name}\nduration ${durationSeconds}\n`;
  });
  return `ffconcat version 1.0\n${lines.join('')}`;
}
