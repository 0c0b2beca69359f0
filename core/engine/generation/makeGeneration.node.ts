/**
 * From a request to a finished file, in one straight line: plan, gather, run, encode. Projects and the command line
 * both come through here; only what they do with the file differs.
 */
import type { MakeOptions, Made, MakerContext, MakerDependencies } from './made.ts';
import { footageMethod, type FootageMethod } from '../footage/methods.ts';
import { makeLook } from '../footage/looks/makeLook.node.ts';
import { makeBridge, makeExtension } from '../footage/joins/makeJoin.node.ts';
import { makeRoomTone } from '../footage/joins/makeRoomTone.node.ts';
import { makeAddition } from '../footage/add/makeAddition.node.ts';
import { makeRemoval } from '../footage/plate/makeRemoval.node.ts';
import { makeStage } from '../stage/makeStage.node.ts';
import { makeStems } from './makeStems.node.ts';
import { makeVideo } from './makeVideo.node.ts';
import { outlineFootage, outlineRun } from './outlineRun.node.ts';
import { makeSmooth } from '../footage/interpolate/makeSmooth.node.ts';
import { makeEnhance } from '../footage/enhance/makeEnhance.node.ts';
import { makeCutOut } from '../footage/cutOut/makeCutOut.node.ts';
import { makeCleanSpeech } from '../footage/speech/makeCleanSpeech.node.ts';
import { isCleanSpeech, isCutOut, isEnhance, isSmooth, isVideo } from './requirePossible.ts';
import type { VideoRequest } from '../../actions/actions.ts';
import { assertNever } from '../../time/assertNever.ts';
import type { ResolvedRequest } from './resolved.ts';
import { withReadableStills } from './withReadableStills.node.ts';

/** Throws FailureError, or AttemptFailed when another attempt may go better. The estimates learn from what it took. */
export async function makeGeneration(
  resolved: ResolvedRequest,
  dependencies: MakerDependencies,
  context: MakerContext,
  options: MakeOptions,
): Promise<Made> {
  const clock = dependencies.estimator.begin();
  try {
    const readable = await withReadableStills(resolved, options.folder);
    const made = await make(readable, dependencies, context, options);
    if (made.by.kind === 'footage' && made.by.isContinued) return made;
    if (made.by.kind === 'footage') await clock.learnFootage(outlineFootage(resolved, made.by.method, options.size));
    else await clock.learn(outlineRun(resolved, made.by.pack, options.size), made.by.run.provider);
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
  const asked = footageMethod(resolved.request, resolved.origin, resolved.mask !== null);
  if (asked && isSmooth(resolved)) return makeSmooth(resolved, asked, dependencies, context, options);
  if (asked && isEnhance(resolved)) return makeEnhance(resolved, asked, dependencies, context, options);
  if (asked && isCutOut(resolved)) return makeCutOut(resolved, asked, dependencies, context, options);
  if (asked && isCleanSpeech(resolved)) return makeCleanSpeech(resolved, asked, dependencies, context, options);
  if (!isVideo(resolved)) {
    const [stem] = await makeStems([resolved], dependencies, context, options);
    if (!stem) throw new Error('no stem was made');
    return stem;
  }
  context.report({ fraction: 0, stage: 'prepare' });
  if (asked) return makeOnFootage(resolved, asked, dependencies, context, options);
  return makeVideoOf(resolved, dependencies, context, options);
}

/** By the video model of the request's pack. */
async function makeVideoOf(
  resolved: ResolvedRequest<VideoRequest>,
  dependencies: MakerDependencies,
  context: MakerContext,
  options: MakeOptions,
): Promise<Made> {
  const pack = await dependencies.packs.load(resolved.request.packId, 'video');
  return makeVideo(resolved, pack, dependencies, context, options);
}

/** Footage keeps its pixels, size, rate and depth: operations at its own size instead of a video model. */
function makeOnFootage(
  resolved: ResolvedRequest<VideoRequest>,
  method: FootageMethod,
  dependencies: MakerDependencies,
  context: MakerContext,
  options: MakeOptions,
): Promise<Made> {
  switch (method.id) {
    case 'plate':
      return makeRemoval(resolved, method, dependencies, context, options);
    case 'add': {
      const { request } = resolved;
      if (request.action !== 'inpaint') throw new Error('a picture is put in by inpaint');
      return makeAddition({ ...resolved, request }, method, dependencies, context, options);
    }
    case 'smooth':
    case 'speech':
    case 'enhance':
    case 'cutOut':
      throw new Error(`${method.id} is not asked for by an action of video models`);
    case 'stage': {
      const { request } = resolved;
      if (request.action !== 'generate') throw new Error('the stage is asked for by generate');
      return makeStage({ ...resolved, request }, method, dependencies, context, options);
    }
    case 'extend': {
      const { request } = resolved;
      if (request.action !== 'extend') throw new Error('an extension is asked for by extend');
      const make = request.way === 'roomTone' ? makeRoomTone : makeExtension;
      return make({ ...resolved, request }, method, dependencies, context, options);
    }
    case 'bridge': {
      const { request } = resolved;
      if (request.action !== 'fillGap') throw new Error('a bridge is asked for by fillGap');
      return makeBridge({ ...resolved, request }, method, dependencies, context, options);
    }
    case 'look': {
      const { request } = resolved;
      if (request.action !== 'restyle') throw new Error('a look is asked for by a restyle');
      return makeLook({ ...resolved, request }, method, dependencies, context, options);
    }
    default:
      return assertNever(method.id);
  }
}
