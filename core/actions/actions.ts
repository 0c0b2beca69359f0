/** The actions. Whoever needs to tell them apart asks their descriptor; a new action is complete when this compiles. */
import { secondsFromTicks } from '../time/ticks.ts';
import type { VideoFamily } from '../../models/families/pack.ts';
import type { Action, FootageAction, SoundAction, VideoAction } from './action.ts';
import { hashedCleanSpeech } from './cleanSpeech/hash.ts';
import { checkCutOut } from './cutOut/check.ts';
import { hashedCutOut } from './cutOut/hash.ts';
import { checkEnhance } from './enhance/check.ts';
import { hashedEnhance } from './enhance/hash.ts';
import { hashedExtend } from './extend/hash.ts';
import { planExtend } from './extend/plan.ts';
import { checkFillGap } from './fillGap/check.ts';
import { hashedFillGap } from './fillGap/hash.ts';
import { planFillGap } from './fillGap/plan.ts';
import { checkGenerate } from './generate/check.ts';
import { hashedGenerate } from './generate/hash.ts';
import { planGenerate } from './generate/plan.ts';
import { checkInpaint } from './inpaint/check.ts';
import { hashedInpaint } from './inpaint/hash.ts';
import { planInpaint } from './inpaint/plan.ts';
import { refusal, type Refusal } from './refusal.ts';
import { longestPrompt } from './requestBase.ts';
import { checkRestyle } from './restyle/check.ts';
import { hashedRestyle } from './restyle/hash.ts';
import { planRestyle } from './restyle/plan.ts';
import type { ActionKind, GenerationRequest, RequestOf } from './schema.ts';
import { hashedSmooth } from './smooth/hash.ts';
import { checkSoundtrack } from './soundtrack/check.ts';
import { hashedSoundtrack } from './soundtrack/hash.ts';
import type { PlanFile, Planned, PlanMaterials } from './videoPlan.ts';

/** Sound takes little time and memory. */
const longestSoundSeconds = 3600;
const longestVideoSeconds = 600;
/** It streams in constant memory. */
const longestCleanedSeconds = 24 * 3600;
const video = { family: 'video', longestSeconds: longestVideoSeconds } as const;

/** The descriptor of each action, by its name. */
export interface Actions {
  readonly generate: VideoAction<'generate'>;
  readonly extend: VideoAction<'extend'>;
  readonly fillGap: VideoAction<'fillGap'>;
  readonly inpaint: VideoAction<'inpaint'>;
  readonly restyle: VideoAction<'restyle'>;
  readonly smooth: FootageAction<'smooth'>;
  readonly soundtrack: SoundAction<'soundtrack'>;
  readonly cleanSpeech: FootageAction<'cleanSpeech'>;
  readonly enhance: FootageAction<'enhance'>;
  readonly cutOut: FootageAction<'cutOut'>;
}

/** The one table of actions. */
export const actions: Actions = {
  generate: { ...video, editsSource: false, check: checkGenerate, plan: planGenerate, hashed: hashedGenerate },
  // the schema asks for all that an extension needs
  extend: { ...video, editsSource: false, check: () => null, plan: planExtend, hashed: hashedExtend },
  fillGap: { ...video, editsSource: false, check: checkFillGap, plan: planFillGap, hashed: hashedFillGap },
  inpaint: { ...video, editsSource: true, check: checkInpaint, plan: planInpaint, hashed: hashedInpaint },
  restyle: { ...video, editsSource: true, check: checkRestyle, plan: planRestyle, hashed: hashedRestyle },
  smooth: {
    family: 'footage',
    editsSource: true,
    longestSeconds: longestVideoSeconds,
    check: () => null,
    hashed: hashedSmooth,
  },
  soundtrack: {
    family: 'soundtrack',
    editsSource: false,
    longestSeconds: longestSoundSeconds,
    check: checkSoundtrack,
    hashed: hashedSoundtrack,
  },
  cleanSpeech: {
    family: 'footage',
    editsSource: true,
    longestSeconds: longestCleanedSeconds,
    check: () => null,
    hashed: hashedCleanSpeech,
  },
  enhance: {
    family: 'footage',
    editsSource: true,
    longestSeconds: longestVideoSeconds,
    check: checkEnhance,
    hashed: hashedEnhance,
  },
  cutOut: {
    family: 'footage',
    editsSource: true,
    longestSeconds: longestVideoSeconds,
    check: checkCutOut,
    hashed: hashedCutOut,
  },
};

/** Actions that a video model may make. */
export type VideoActionKind = Exclude<ActionKind, 'smooth' | 'soundtrack' | 'cleanSpeech' | 'enhance' | 'cutOut'>;
/** A request of one of them. */
export type VideoRequest = RequestOf<VideoActionKind>;

/** The descriptor of a request's action. */
export function actionOf(request: GenerationRequest): Action<ActionKind> {
  return actions[request.action];
}

/** The frames that a request needs of its materials and of the pack, or why it cannot be carried out. */
export function planVideo<F extends PlanFile>(
  request: VideoRequest,
  materials: PlanMaterials<F>,
  family: VideoFamily,
  sizePx: { readonly width: number; readonly height: number } | null = null,
): Planned<F> {
  const action = actions[request.action] as VideoAction<VideoActionKind>;
  return action.plan(request, materials, family, sizePx);
}

const spelled = (count: number): string => count.toLocaleString('en');

/** Refuses a prompt longer than is read; null = it is fine. */
export function checkPrompt(prompt: string): Refusal | null {
  return prompt.length <= longestPrompt
    ? null
    : refusal('promptTooLong', { length: spelled(prompt.length), most: spelled(longestPrompt) });
}

/** What speaks against a request before anything is opened; null = nothing. */
export function checkRequest(request: GenerationRequest): Refusal | null {
  const action = actionOf(request);
  const seconds = secondsFromTicks(request.durationTicks);
  const long =
    seconds > action.longestSeconds
      ? refusal('tooLong', { seconds: Math.round(seconds), most: action.longestSeconds })
      : null;
  return checkPrompt(request.prompt) ?? long ?? action.check(request);
}
