/**
 * From a request to a finished file, in one straight line: plan, gather, run, encode. Projects and the command line
 * both come through here; only what they do with the file differs.
 */
import type { MakeOptions, Made, MakerContext, MakerDependencies } from './made.ts';
import { makeStems } from './makeStems.node.ts';
import { makeVideo } from './makeVideo.node.ts';
import { outlineRun } from './outlineRun.node.ts';
import { isVideo } from './requirePossible.ts';
import type { ResolvedRequest } from './resolved.ts';

/** Throws FailureError, or AttemptFailed when another attempt may go better. The estimates learn from what it took. */
export async function makeGeneration(
  resolved: ResolvedRequest,
  dependencies: MakerDependencies,
  context: MakerContext,
  options: MakeOptions,
): Promise<Made> {
  const clock = dependencies.estimator.begin();
  try {
    const made = await make(resolved, dependencies, context, options);
    await clock.learn(outlineRun(resolved, made.pack, options.size), made.run.provider);
    return made;
  } finally {
    clock.end();
  }
}

async function make(
  resolved: ResolvedRequest,
  dependencies: MakerDependencies,
  context: MakerContext,
  options: MakeOptions,
): Promise<Made> {
  if (!isVideo(resolved)) {
    const [stem] = await makeStems([resolved], dependencies, context, options);
    if (!stem) throw new Error('no stem was made');
    return stem;
  }
  context.report({ fraction: 0, stage: 'prepare' });
  return makeVideo(
    resolved,
    await dependencies.packs.load(resolved.request.packId, 'video'),
    dependencies,
    context,
    options,
  );
}
