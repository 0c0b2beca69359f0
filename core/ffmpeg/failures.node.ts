/** ffmpeg's last words as one sentence for the user. */
import { basename } from 'node:path';
import { FailureError } from '../contract/errors.ts';

/** How a message names the file that a run is about. */
export function namedSource(about: string | null): string {
  return about === null ? 'The file' : basename(about);
}

/** `about` is the source to name, `output` where the result was to be written. */
export function failureFromStderr(
  log: readonly string[],
  exit: string,
  about: string | null,
  output: string | null,
): FailureError {
  const text = log.join('\n');
  const source = namedSource(about);
  if (/No space left on device|ENOSPC|Disk quota exceeded/i.test(text)) {
    return new FailureError(
      'diskFull',
      `The disk is full: ${output ?? 'the result'} could not be written.`,
      output ?? undefined,
    );
  }
  const refused = refusedFormat(log);
  if (refused !== null) return new FailureError('notMedia', `${source} ${refused}.`, about ?? undefined);
  const refusal = log.find((line) => output !== null && line.includes(output) && unwritable.test(line));
  if (refusal !== undefined && output !== null) {
    return new FailureError('notWritable', `${output} cannot be written: ${reasonOf(refusal).toLowerCase()}.`, output);
  }
  if (/Cannot allocate memory|out of memory/i.test(text)) {
    return new FailureError('outOfMemory', `${source}: ffmpeg ran out of memory.`, about ?? undefined);
  }
  if (/partial file/i.test(text)) {
    return new FailureError(
      'damaged',
      `${source} is damaged: it ends too early, like a copy that was cut off.`,
      about ?? undefined,
    );
  }
  if (/moov atom not found|Invalid data found when processing input|End of file/i.test(text)) {
    return new FailureError('damaged', `${source} is damaged: ${withStop(lastWords(log))}`, about ?? undefined);
  }
  return new FailureError(
    'ffmpegFailed',
    `${source}: ffmpeg failed (${exit}): ${withStop(lastWords(log))}`,
    about ?? undefined,
  );
}

/** Why a file was not even opened, as the end of a sentence; null where its format was not the reason. */
export function refusedFormat(log: readonly string[]): string | null {
  const format = /\[([^\]@]+?) @ [^\]]*\] Format not on whitelist/.exec(log.join('\n'))?.[1];
  if (format === undefined) return null;
  // what ffmpeg falls back to when a file is only called like a picture
  if (format === 'image2') return 'is called like a picture, but does not hold one';
  return `has a format (${format}) that only points at other files, or holds neither picture nor sound`;
}

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
