/** The inference child's progress as a share of a job that also does other things. */
import type { JobContext } from '../services.node.ts';
import type { RunProgress } from './protocol.ts';

/** Where in the whole job the child's run lies, 0 to 1. */
export interface RunShare {
  readonly from: number;
  readonly share: number;
}

/** The run of a maker that only puts the recipe into the file afterwards. */
export const beforeRecipe: RunShare = { from: 0, share: 0.97 };

/** Listens to a run and reports it as its share of the job, with its steps and its small picture where it has any. */
export function reportShare(
  context: Pick<JobContext, 'report'>,
  { from, share }: RunShare,
): (progress: RunProgress) => void {
  return ({ fraction, stage, step, stepCount, previewPath }) =>
    context.report({
      fraction: from + share * fraction,
      stage,
      ...(step === null ? {} : { step }),
      ...(stepCount === null ? {} : { stepCount }),
      ...(previewPath === null ? {} : { previewPath }),
    });
}
