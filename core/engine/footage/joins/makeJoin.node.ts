/** Takes that continue footage or bridge two shots: in the size, rate, samples and colours of the (first) shot. */
import { join } from 'node:path';
import type { ExtendRequest } from '../../../actions/extend/schema.ts';
import { secondsOf, usualWay } from '../../../actions/extend/ways.ts';
import type { FillGapRequest } from '../../../actions/fillGap/schema.ts';
import { usualBridge } from '../../../actions/fillGap/ways.ts';
import { FailureError } from '../../../contract/errors.ts';
import { sentence, type Sentence } from '../../../contract/sentence.ts';
import { colourOf } from '../../../disk/facts.ts';
import { losslessOptions } from '../../../ffmpeg/losslessOptions.ts';
import { colourTags } from '../../generation/outputEncoding.ts';
import type { MakeOptions, Made, MakerContext, MakerDependencies } from '../../generation/made.ts';
import { makeRecipe } from '../../generation/recipe.node.ts';
import { hashRequest } from '../../generation/requestHash.node.ts';
import type { ResolvedRequest } from '../../generation/resolved.ts';
import { beforeRecipe, reportShare } from '../../inference/reportShare.ts';
import { footageFamily, type LoadedPack, type PackStore } from '../../packs/packStore.node.ts';
import { pictureSize } from '../../generation/pictureSize.ts';
import { takeEncoding } from '../takeEncoding.ts';
import { withRecipe } from '../withRecipe.node.ts';
import type { FootageMethod } from '../methods.ts';
import { runFootage } from '../runFootage.node.ts';
import { ticksAtFrame } from '../../../time/ticks.ts';
import type { JoinMade, JoinOutput, JoinRun, JoinWay } from './joinRun.ts';
import { planBridge, planExtension, type JoinPlan } from './planJoin.ts';

/** Continues footage past its edge. Throws FailureError, or AttemptFailed where another attempt may go better. */
export function makeExtension(
  resolved: ResolvedRequest<ExtendRequest>,
  method: FootageMethod,
  dependencies: MakerDependencies,
  context: MakerContext,
  options: MakeOptions,
): Promise<Made> {
  const { way = usualWay } = resolved.request;
  if (way === 'roomTone') throw new Error('a room tone has no frames');
  const plan = planExtension(resolved);
  const { request, source } = resolved;
  const shown =
    plan.lead > 0 && request.leadTicks !== undefined && source
      ? [sentence('join.shown', { seconds: secondsOf(request.leadTicks), name: source.file.name })]
      : [];
  return make({ resolved, method, plan, way, shown }, dependencies, context, options);
}

/** Bridges two shots. Throws as `makeExtension`. */
export function makeBridge(
  resolved: ResolvedRequest<FillGapRequest>,
  method: FootageMethod,
  dependencies: MakerDependencies,
  context: MakerContext,
  options: MakeOptions,
): Promise<Made> {
  const { way = usualBridge } = resolved.request;
  return make({ resolved, method, plan: planBridge(resolved), way, shown: [] }, dependencies, context, options);
}

interface Making {
  readonly resolved: ResolvedRequest;
  readonly method: FootageMethod;
  readonly plan: JoinPlan;
  readonly way: JoinWay;
  /** Notices for the user. */
  readonly shown: readonly Sentence[];
}

async function make(
  { resolved, method, plan, way, shown }: Making,
  dependencies: MakerDependencies,
  context: MakerContext,
  options: MakeOptions,
): Promise<Made> {
  const graphs = await joinGraphs(dependencies.packs);
  const { output, extension } = outputOf(plan, options);
  const run: JoinRun = {
    task: 'join',
    ...plan.frames,
    graphs: graphs?.graphs ?? null,
    ways: [{ way, count: plan.count, lead: plan.lead, output }],
  };
  const progress = reportShare(context, beforeRecipe);
  const { result, times } = await runFootage(run, options.folder, dependencies, context, progress);
  const made = result.made[0];
  if (!made) throw new Error('the child made nothing');
  requireMade(made);
  for (const each of shown) context.notice(each);
  const requestHash = hashRequest(resolved.request, resolved.inputKeys, method);
  const packs = graphs ? [graphs.manifest] : [];
  const recipe = makeRecipe({
    ...{ resolved, requestHash, instruments: null, notices: shown.map(({ text }) => text) },
    by: { kind: 'footage', method, packs, times, found: { way, ...made.found } },
    appVersion: dependencies.appVersion,
    runtimeVersion: dependencies.providers.runtimeVersion,
  });
  const path = join(options.folder, `take.${extension}`);
  await withRecipe(
    { path: output.path, format: extension === 'mp4' ? 'mp4' : 'matroska' },
    path,
    recipe,
    context.signal,
  );
  const { count, frames } = plan;
  const { rate } = frames;
  return {
    ...{ path, extension, kind: 'video', rate, frameCount: count, patch: null, plan: null, requestHash, recipe },
    durationTicks: ticksAtFrame(count, rate),
    width: plan.video.width,
    height: plan.video.height,
    by: { kind: 'footage', method, times },
  };
}

/** Throws FailureError 'badRequest' with the reason against a way. */
function requireMade({ refusal }: JoinMade): void {
  if (refusal !== null) throw new FailureError('badRequest', sentence(`join.${refusal}`));
}

/** As takes are kept; where the frames are put into a film at once, without loss. */
function outputOf({ video, frames }: JoinPlan, { folder, lossless }: MakeOptions) {
  const colour = colourOf(video);
  const encoding = lossless
    ? { format: 'matroska' as const, options: [...losslessOptions, ...colourTags(colour)] }
    : takeEncoding(frames.samples.name, colour, pictureSize(video));
  const extension = encoding.format === 'mp4' ? ('mp4' as const) : ('mkv' as const);
  const output: JoinOutput = {
    path: join(folder, `made.${extension}`),
    format: encoding.format,
    options: encoding.options,
    context: 0,
  };
  return { output, extension };
}

/** The graphs that some ways need; null where no pack has them: those ways are then refused. */
export async function joinGraphs(
  packs: PackStore,
): Promise<{ readonly graphs: NonNullable<JoinRun['graphs']>; readonly manifest: LoadedPack['manifest'] } | null> {
  const pack = await packs.firstWith('footage').catch(() => null);
  if (!pack) return null;
  const { between, things } = footageFamily(pack).graphs;
  if (between === undefined) return null;
  const { manifest, folder } = pack;
  return { graphs: { pack: { id: manifest.id, folder }, between, things: things ?? null }, manifest };
}
