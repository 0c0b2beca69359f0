import { plainSentence, sentence, type Sentence } from './sentence.ts';

/** What kind of failure: decides what the window offers (retry, relink, free space). */
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

/** An expected failure: a value, sent over the contract and stored with jobs and placeholders. */
export interface Failure {
  readonly code: FailureCode;
  /** One clear sentence in English that names the file and the reason. */
  readonly message: string;
  /** The same sentence by key and parameters, for a window in another language. Absent where only English exists. */
  readonly sentence?: Sentence;
  /** The file it is about. */
  readonly path?: string;
}

/** A failure on its way to the caller. Thrown by handlers, sent as `Failure` over the contract. */
export class FailureError extends Error {
  override readonly name = 'FailureError';
  readonly failure: Failure;

  constructor(code: FailureCode, words: string | Sentence, path?: string) {
    const said = typeof words === 'string' ? plainSentence(words) : words;
    super(said.text);
    this.failure = {
      code,
      message: said.text,
      ...(said.key === '' ? {} : { sentence: said }),
      ...(path === undefined ? {} : { path }),
    };
  }

  /** A failure that came over a wire or from disk. */
  static of({ code, message, sentence: said, path }: Failure): FailureError {
    return new FailureError(code, said ?? message, path);
  }
}

/** Any thrown value as a failure; a full disk is recognised, everything unexpected is 'internal'. */
export function toFailure(error: unknown): Failure {
  if (error instanceof FailureError) return error.failure;
  const message = error instanceof Error ? error.message : String(error);
  if ((error as NodeJS.ErrnoException | null)?.code === 'ENOSPC')
    return new FailureError('diskFull', sentence('engine.diskFull', { reason: message })).failure;
  return { code: 'internal', message };
}

/** The failure's sentence, for use inside another one. */
export function sentenceOf(failure: Failure): Sentence {
  return failure.sentence ?? plainSentence(failure.message);
}
