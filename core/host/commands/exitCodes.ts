import type { FailureCode } from '../../contract/errors.ts';
import { assertNever } from '../../time/assertNever.ts';

/** What the command line's caller can tell apart. */
export const exitCodes = { done: 0, usage: 2, badInput: 3, failed: 4, cancelled: 130 } as const;

/** The exit code for a failure, by its code. */
export function exitCodeOf(code: FailureCode): number {
  switch (code) {
    case 'notFound':
    case 'notReadable':
    case 'notMedia':
    case 'damaged':
    case 'empty':
    case 'unsupported':
    case 'newerVersion':
    case 'packInvalid':
    case 'packMissing':
    case 'badRequest':
      return exitCodes.badInput;
    case 'diskFull':
    case 'notWritable':
    case 'locked':
    case 'unreachable':
    case 'ffmpegMissing':
    case 'ffmpegFailed':
    case 'outOfMemory':
    case 'inferenceFailed':
    case 'internal':
      return exitCodes.failed;
    case 'cancelled':
      return exitCodes.cancelled;
    default:
      return assertNever(code);
  }
}
