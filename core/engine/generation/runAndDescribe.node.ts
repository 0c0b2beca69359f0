/** Runs the model on gathered inputs and describes the result: recipe and hash, for each request it was run for. */
import type { Sentence } from '../../contract/sentence.ts';
import type { ModelInferenceRun } from '../inference/protocol.ts';
import { reportShare } from '../inference/reportShare.ts';
import type { LoadedPack } from '../packs/packStore.node.ts';
import type { MakerContext, MakerDependencies } from './made.ts';
import { makeRecipe, type RecipeParts } from './recipe.node.ts';
import { hashRequest } from './requestHash.node.ts';
import type { ResolvedRequest } from './resolved.ts';
import { runModel, type ModelRun } from './runModel.node.ts';

/** Shares of the whole for the progress bar. */
const gatherShare = 0.04;
const runShare = 0.9;

/** The whole job's fraction done, from the fraction of encoding, its last stage, that is done. */
export function encodeFraction(fraction: number): number {
  return gatherShare + runShare + (1 - gatherShare - runShare) * fraction;
}

/** Options for gathering inputs, the first stage of a job. */
export function gatherOptions(context: MakerContext, folder: string) {
  return {
    folder,
    signal: context.signal,
    onFraction: (fraction: number) =>
      context.report({ fraction: gatherShare * Math.min(1, fraction), stage: 'prepare' }),
    onNotice: context.notice,
  };
}

/** A model run and what it was for. */
export interface Described {
  readonly run: ModelRun;
  /** Tells the user, and writes it into the recipes described afterwards. */
  notice(said: Sentence): void;
  /** Recipe and hash of one of the requests that the run was for. */
  describe(
    request: ResolvedRequest,
    instruments?: RecipeParts['instruments'],
  ): { recipe: Record<string, unknown>; requestHash: string };
}

/** Throws as `runModel`. Progress is reported as the middle share of the job. */
export async function runAndDescribe(
  run: ModelInferenceRun,
  pack: LoadedPack,
  dependencies: MakerDependencies,
  context: MakerContext,
  folder: string,
): Promise<Described> {
  const notices: string[] = [];
  const listening: MakerContext = {
    ...context,
    notice(said) {
      notices.push(said.text);
      context.notice(said);
    },
  };
  const progress = reportShare(context, { from: gatherShare, share: runShare });
  const made = await runModel(run, pack, folder, dependencies, listening, progress);
  return {
    run: made,
    notice: listening.notice,
    describe(each, instruments = null) {
      const requestHash = hashRequest(
        each.request,
        each.inputKeys,
        pack.manifest,
        instruments?.kind === 'soundFont' && instruments.chosen ? instruments.sha256 : null,
      );
      const recipe = makeRecipe({
        resolved: each,
        by: { kind: 'model', manifest: pack.manifest, run: made },
        requestHash,
        instruments,
        appVersion: dependencies.appVersion,
        runtimeVersion: dependencies.providers.runtimeVersion,
        notices,
      });
      return { recipe, requestHash };
    },
  };
}
