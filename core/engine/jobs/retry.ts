import type { Failure } from '../../contract/errors.ts';
import type { Sentence } from '../../contract/sentence.ts';

/**
 * An attempt failed by an accident that another one may not meet: a child that died, a graphics card that gave up. The
 * queue tries once more and shows `notice` on the job; after the last attempt the job fails with `failure`.
 */
export class AttemptFailed extends Error {
  override readonly name = 'AttemptFailed';
  readonly failure: Failure;
  readonly notice: Sentence;

  constructor(failure: Failure, notice: Sentence) {
    super(failure.message);
    this.failure = failure;
    this.notice = notice;
  }
}
