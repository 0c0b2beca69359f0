import type { Failure } from '../../contract/errors.ts';

/**
 * This attempt has failed by an accident that another try may not meet: a child that died, a graphics card that gave
 * up. The queue tries once more and says `notice` on the job; when no try is left, the job fails with `failure`.
 */
export class AttemptFailed extends Error {
  override readonly name = 'AttemptFailed';
  readonly failure: Failure;
  readonly notice: string;

  constructor(failure: Failure, notice: string) {
    super(failure.message);
    this.failure = failure;
    this.notice = notice;
  }
}
