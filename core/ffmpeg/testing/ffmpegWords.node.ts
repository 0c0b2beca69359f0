/** ffmpeg for tests that make their own media: any words, run to the end. */
import { execFileSync } from 'node:child_process';

/** Runs ffmpeg with these words; throws when it fails. */
export function ffmpeg(...words: string[]): void {
  execFileSync('ffmpeg', ['-v', 'error', '-y', ...words], { stdio: ['ignore', 'ignore', 'inherit'] });
}
