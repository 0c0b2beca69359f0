/** A file from another program that cannot be read; `message` names the file and the reason. */
export class InterchangeError extends Error {
  override readonly name = 'InterchangeError';
  readonly code: 'damaged' | 'unsupported';

  constructor(code: 'damaged' | 'unsupported', message: string) {
    super(message);
    this.code = code;
  }
}

export interface Imported<T> {
  readonly document: T;
  /** What the file holds and Framewright has no place for, one sentence each. */
  readonly notices: readonly string[];
}
