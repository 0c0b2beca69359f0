/** Refusals of a request as the failures that the contract carries. */
import { checkPrompt, checkRequest, planVideo, type VideoRequest } from '../../actions/actions.ts';
import type { Refusal } from '../../actions/refusal.ts';
import type { GenerationRequest } from '../../actions/schema.ts';
import type { CleanSpeechRequest } from '../../actions/cleanSpeech/schema.ts';
import type { CutOutRequest } from '../../actions/cutOut/schema.ts';
import type { EnhanceRequest } from '../../actions/enhance/schema.ts';
import type { SmoothRequest } from '../../actions/smooth/schema.ts';
import type { KnownSpan as SpanOf, VideoPlan as PlanOf } from '../../actions/videoPlan.ts';
import type { VideoFamily } from '../../../models/families/pack.ts';
import { FailureError } from '../../contract/errors.ts';
import { anySentence, type SentenceKey } from '../../contract/sentence.ts';
import type { ResolvedRequest, SourceFile } from './resolved.ts';

/** A plan over opened files. */
export type VideoPlan = PlanOf<SourceFile>;
/** Frames of an opened file. */
export type KnownSpan = SpanOf<SourceFile>;

function refused({ code, params, named = {} }: Refusal): FailureError {
  const sentences = Object.entries(named).map(([name, key]) => [name, anySentence(key as SentenceKey, {})] as const);
  return new FailureError(
    'badRequest',
    anySentence(`request.${code}`, { ...params, ...Object.fromEntries(sentences) }),
  );
}

function requireNone(refusal: Refusal | null): void {
  if (refusal) throw refused(refusal);
}

/** Throws FailureError 'badRequest'. */
export function requirePrompt(prompt: string): void {
  requireNone(checkPrompt(prompt));
}

/** Throws FailureError 'badRequest' for a request that could never work. */
export function requirePossible(request: GenerationRequest): void {
  requireNone(checkRequest(request));
}

/** Plans a request. `sizePx`: size of the result if the request names none; null = the pack's. Throws FailureError. */
export function requirePlan(
  resolved: ResolvedRequest<VideoRequest>,
  family: VideoFamily,
  sizePx: { readonly width: number; readonly height: number } | null = null,
): VideoPlan {
  const planned = planVideo(resolved.request, resolved, family, sizePx);
  if (!planned.ok) throw refused(planned.refusal);
  return planned.plan;
}

const madeWithoutVideoModel = ['soundtrack', 'smooth', 'cleanSpeech', 'enhance', 'cutOut'] as const;

/** Whether a video model may make a request: narrows its type. */
export function isVideo(resolved: ResolvedRequest): resolved is ResolvedRequest<VideoRequest> {
  return !(madeWithoutVideoModel as readonly string[]).includes(resolved.request.action);
}

/** Whether a request asks for more frames a second: narrows its type. */
export function isSmooth(resolved: ResolvedRequest): resolved is ResolvedRequest<SmoothRequest> {
  return resolved.request.action === 'smooth';
}

/** Whether a request asks for a voice without its noise: narrows its type. */
export function isCleanSpeech(resolved: ResolvedRequest): resolved is ResolvedRequest<CleanSpeechRequest> {
  return resolved.request.action === 'cleanSpeech';
}

/** Whether a request asks for a cleaner or larger picture: narrows its type. */
export function isEnhance(resolved: ResolvedRequest): resolved is ResolvedRequest<EnhanceRequest> {
  return resolved.request.action === 'enhance';
}

/** Whether a request asks for what a mask covers, alone: narrows its type. */
export function isCutOut(resolved: ResolvedRequest): resolved is ResolvedRequest<CutOutRequest> {
  return resolved.request.action === 'cutOut';
}
