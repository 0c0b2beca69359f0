/** Expected failures are values with a code; the sentence names the file and the reason and is fit to be shown. */
export type FailureCode =
  | 'notFound'
  | 'notReadable'
  | 'notMedia'
  | 'damaged'
  | 'empty'
  | 'unsupported'
  | 'newerVersion'
  | 'diskFull'
  | 'notWritable'
  | 'locked'
  | 'unreachable'
  | 'ffmpegMissing'
  | 'ffmpegFailed'
  | 'packInvalid'
  | 'packMissing'
  | 'badRequest'
  | 'outOfMemory'
  | 'inferenceFailed'
  | 'cancelled'
  | 'internal';

export interface Failure {
  readonly code: FailureCode;
  /**
   * One clear sentence in English. The renderer translates by code where it has words, and shows this as the detail.
   */
  readonly message: string;
  /** The file it is about. */
  readonly path?: string;
  /** What exactly, where the code alone does not say: the window words it, with the parameters put in. */
  readonly reason?: FailureReason;
}

export interface FailureReason {
  readonly code: string;
  readonly params: Readonly<Record<string, string | number>>;
}

/** A failure on its way to whoever asked. Thrown by handlers, sent as `Failure` over the contract. */
export class FailureError extends Error {
  override readonly name = 'FailureError';
  readonly failure: Failure;

  constructor(code: FailureCode, message: string, path?: string, reason?: FailureReason) {
    super(message);
    this.failure = {
      code,
      message,
      ...(path === undefined ? {} : { path }),
      ...(reason === undefined ? {} : { reason }),
    };
  }
}

export function toFailure(error: unknown): Failure {
  if (error instanceof FailureError) return error.failure;
  const message = error instanceof Error ? error.message : String(error);
  if ((error as NodeJS.ErrnoException | null)?.code === 'ENOSPC')
    return { code: 'diskFull', message: `The disk is full: ${message}` };
  return { code: 'internal', message };
}
