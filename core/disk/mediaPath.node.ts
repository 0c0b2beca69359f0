/** Which paths of media a project may name. Everything else never reaches the file system or ffmpeg. */
import { posix, win32 } from 'node:path';

/**
 * Why a path is not opened, as the rest of a sentence that begins with it; null when it may be tried. Only absolute
 * paths of local disks: protocols ('http:', 'concat:', 'subfile,,') are relative to ffmpeg and to Node alike, and
 * asking Windows for a network path sends the user's credentials to the host that it names.
 */
export function mediaPathProblem(path: string, platform: NodeJS.Platform = process.platform): string | null {
  if (path === '') return 'is not known';
  if (path.includes('\0')) return 'holds a zero byte';
  if (platform !== 'win32') return posix.isAbsolute(path) ? null : 'is not an absolute path';
  if (/^[\\/]{2}/.test(path)) return 'is on the network; connect the folder to a drive letter and relink it';
  // 'C:\x:stream' would name an alternate stream
  const isLocal = win32.isAbsolute(path) && /^[A-Za-z]:[\\/]/.test(path) && !path.slice(2).includes(':');
  return isLocal ? null : 'is not an absolute path of a local disk';
}
