/** ffmpeg's last words as one sentence for the user. */
import { basename } from 'node:path';
import { FailureError } from '../contract/errors.ts';
import { sentence, type Sentence, type SentenceParam } from '../contract/sentence.ts';

/** How a message names the file that a run is about. */
export function namedSource(about: string | null): SentenceParam {
  return about === null ? sentence('ffmpeg.theFile') : basename(about);
}

/** `about` is the source to name, `output` where the result was to be written. */
export function failureFromStderr(
  log: readonly string[],
  exit: string,
  about: string | null,
  output: string | null,
): FailureError {
  const text = log.join('\n');
  const name = namedSource(about);
  if (/No space left on device|ENOSPC|Disk quota exceeded/i.test(text)) {
    const path = output ?? sentence('ffmpeg.theResult');
    return new FailureError('diskFull', sentence('file.diskFull', { path }), output ?? undefined);
  }
  const refused = refusedFormat(log);
  if (refused !== null)
    return new FailureError('notMedia', sentence('media.notUsable', { name, reason: refused }), about ?? undefined);
  const refusal = log.find((line) => output !== null && line.includes(output) && unwritable.test(line));
  if (refusal !== undefined && output !== null) {
    const reason = reasonOf(refusal).toLowerCase();
    return new FailureError('notWritable', sentence('file.notWritten', { path: output, reason }), output);
  }
  if (/Cannot allocate memory|out of memory/i.test(text)) {
    return new FailureError('outOfMemory', sentence('ffmpeg.outOfMemory', { name }), about ?? undefined);
  }
  if (/partial file/i.test(text)) {
    return new FailureError('damaged', sentence('media.cutOff', { name }), about ?? undefined);
  }
  if (/moov atom not found|Invalid data found when processing input|End of file/i.test(text)) {
    const reason = withStop(lastWords(log));
    return new FailureError('damaged', sentence('media.damaged', { name, reason }), about ?? undefined);
  }
  const reason = withStop(lastWords(log));
  return new FailureError('ffmpegFailed', sentence('ffmpeg.failed', { name, exit, reason }), about ?? undefined);
}

/** Why a file was not even opened, as the end of a sentence; null where its format was not the reason. */
export function refusedFormat(log: readonly string[]): Sentence | null {
  const format = /\[([^\]@]+?) @ [^\]]*\] Format not on whitelist/.exec(log.join('\n'))?.[1];
  if (format === undefined) return null;
  // ffmpeg falls back to this when only the file's name says that it is a picture
  if (format === 'image2') return sentence('mediaReason.onlyNamedPicture');
  return sentence(pointing.includes(format) ? 'mediaReason.playlist' : 'mediaReason.unreadFormat', { format });
}

/** Formats of files that hold no media themselves, but names and addresses of others. */
const pointing: readonly string[] = ['hls', 'dash', 'concat', 'concatf', 'sdp', 'imf', 'rtsp', 'image2', 'vapoursynth'];

/** Ends ffmpeg's words as a sentence. */
function withStop(words: string): string {
  return `${words.replace(/[.\s]+$/, '')}.`;
}

function reasonOf(line: string): string {
  return line.slice(line.lastIndexOf(':') + 1).trim();
}

/** What ffmpeg says of an output that cannot be opened. */
const unwritable = new RegExp(
  [
    'Permission denied',
    'Read-only file system',
    'No such file or directory',
    'Is a directory',
    'Operation not permitted',
    'File name too long',
  ].join('|'),
  'i',
);

/** Lines that say that ffmpeg stops, not why. */
const consequences = new RegExp(
  [
    'Conversion failed',
    'Error opening (output|input) files?',
    'Error initializing output stream',
    'Error while opening encoder',
    'Error marking filters as finished',
    'Error sending frames',
    'Nothing was written into output',
    'Task finished with error',
    'Terminating thread',
    'Device creation failed',
    'Failed to set value',
    'Error parsing global options',
    'Error during demuxing',
    'Cannot determine format of input stream',
    'Error initializing complex filters',
    'Finishing stream .* without any data',
    'Last message repeated',
  ].join('|'),
  'i',
);

/** The last line that gives a reason, without ffmpeg's memory addresses; the very last line where none does. */
export function lastWords(log: readonly string[]): string {
  const said = log.filter((each) => each.trim() !== '');
  const line = said.findLast((each) => !consequences.test(each)) ?? said.at(-1);
  return (line ?? 'ffmpeg gives no reason')
    .replace(/\[([^\]@]+) @ 0x[0-9a-f]+\]\s*/gi, '')
    .replace(/^file:/, '')
    .trim();
}
