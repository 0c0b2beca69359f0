/** Which media paths a project may name. Any other path never reaches the file system or ffmpeg. */
import { posix, win32 } from 'node:path';
import { sentence, type Sentence } from '../contract/sentence.ts';

/**
 * Why a path is not opened, as the rest of a sentence that begins with the path; null when it may be tried. Only
 * absolute paths of local disks are allowed: ffmpeg and Node both take protocols ('http:', 'concat:', 'subfile,,') for
 * relative paths, and asking Windows for a network path sends the user's credentials to the host in it.
 */
export function mediaPathProblem(path: string, platform: NodeJS.Platform = process.platform): Sentence | null {
  if (path === '') return sentence('pathProblem.unknown');
  if (path.includes('\0')) return sentence('pathProblem.zeroByte');
  if (platform !== 'win32') return posix.isAbsolute(path) ? null : sentence('pathProblem.relative');
  if (/^[\\/]{2}/.test(path)) return sentence('pathProblem.network');
  // 'C:\x:stream' would name an alternate stream
  const isLocal = win32.isAbsolute(path) && /^[A-Za-z]:[\\/]/.test(path) && !path.slice(2).includes(':');
  return isLocal ? null : sentence('pathProblem.notLocal');
}
