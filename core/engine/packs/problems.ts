/** Several problems of one pack as one sentence. */
import { sentence, type Sentence } from '../../contract/sentence.ts';

/** 'a is missing; b is damaged' without a full stop; null when there are none. */
export function joinProblems(problems: readonly Sentence[]): Sentence | null {
  return problems.reduceRight<Sentence | null>(
    (rest, first) => (rest === null ? first : sentence('packProblem.and', { first, rest })),
    null,
  );
}
