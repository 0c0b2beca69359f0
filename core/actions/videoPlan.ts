/**
 * How a request becomes one control of the video family (see its contract): which frames are known, what is generated,
 * which of the generated frames are the take, and at what size and rate it is kept. Frames count at the pack's rate.
 */
import type { VideoFamily } from '../../models/families/pack.ts';
import { secondsFromTicks, ticksAtFrame, ticksFromSeconds, type Rate, type Ticks } from '../time/ticks.ts';
import { refusal, type Refusal } from './refusal.ts';

/** What a plan asks of a file; callers pass their own, richer type through. */
export interface PlanFile {
  readonly name: string;
  readonly facts: {
    readonly kind: 'video' | 'audio' | 'image';
    readonly durationTicks: Ticks;
    readonly video: { readonly width: number; readonly height: number; readonly rate: Rate } | null;
  };
}

/** The frame that a file shows at a time of the file. */
export interface Picture<F> {
  readonly file: F;
  readonly ticks: Ticks;
}

/** A range of a file, in the file’s own time. */
export interface SourceRange<F> {
  readonly file: F;
  readonly startTicks: Ticks;
  readonly durationTicks: Ticks;
}

/** A request's materials, opened. */
export interface PlanMaterials<F> {
  readonly firstFrame: Picture<F> | null;
  readonly lastFrame: Picture<F> | null;
  readonly source: SourceRange<F> | null;
  /** Any object means that there is a mask; null = none. */
  readonly mask: object | null;
}

/** Consecutive frames taken from a file. */
export interface KnownSpan<F = PlanFile> {
  readonly atFrame: number;
  readonly count: number;
  readonly file: F;
  readonly startTicks: Ticks;
  /** cover: cropped to the pack's aspect; stretch: whole, undone when the result is brought to its size. */
  readonly fit: 'cover' | 'stretch';
}

/** All that the pipeline, the gathering and the encoding need to know of a request. */
export interface VideoPlan<F = PlanFile> {
  readonly frameCount: number;
  readonly known: readonly KnownSpan<F>[];
  /**
   * What is generated. frames: all that is not known. region: inside the mask. outside: outside the mask. structure:
   * everything, with its shapes kept.
   */
  readonly anew: 'frames' | 'region' | 'outside' | 'structure';
  readonly kept: { readonly from: number; readonly count: number };
  readonly controlScale: number | null;
  /** The generated frames go through the pack's upscaler. */
  readonly upscale: boolean;
  readonly output: {
    readonly width: number;
    readonly height: number;
    readonly rate: Rate;
    readonly frameCount: number;
    /** Laid over this source inside the mask; null = the generated frames alone. */
    readonly over: SourceRange<F> | null;
  };
}

/** A plan, or the reason for its refusal. */
export type Planned<F> =
  | { readonly ok: true; readonly plan: VideoPlan<F> }
  | { readonly ok: false; readonly refusal: Refusal };

/** Returns a plan. */
export function planned<F>(plan: VideoPlan<F>): Planned<F> {
  return { ok: true, plan };
}

/** Returns a refusal; takes what `refusal` takes. */
export function notPlanned(...reason: Parameters<typeof refusal>): { readonly ok: false; readonly refusal: Refusal } {
  return { ok: false, refusal: refusal(...reason) };
}

/** Frames of context before (after) what is new: two latent steps and the first frame, as the pipeline groups them. */
const contextFrames = 9;
/** Rounding slack, in frames. */
const slack = 1e-4;

/** Frames a second of what a pack makes, as a fraction. */
export function packRate(family: VideoFamily): Rate {
  return Number.isInteger(family.fps) ? { num: family.fps, den: 1 } : { num: Math.round(family.fps * 1000), den: 1000 };
}

/** Frames that cover a length, at least one. */
export function framesFor(ticks: Ticks, fps: number): number {
  return Math.max(1, Math.ceil(secondsFromTicks(ticks) * fps - slack));
}

/** Even sizes, since the kept format halves colour; the odd last row or column of a source is left out. */
export function evenSize({ width, height }: { readonly width: number; readonly height: number }): {
  width: number;
  height: number;
} {
  return { width: Math.max(2, width - (width % 2)), height: Math.max(2, height - (height % 2)) };
}

/** One frame of a picture at a place of the plan. */
export function frameAt<F>(picture: Picture<F>, atFrame: number): KnownSpan<F> {
  return { atFrame, count: 1, file: picture.file, startTicks: picture.ticks, fit: 'cover' };
}

/** Frames up to an edge, at the pack's pace; `inclusive`: the last one is the frame at the edge, not the one before. */
export function spanBefore<F extends PlanFile>(
  edge: Picture<F>,
  atFrame: number,
  fps: number,
  inclusive: boolean,
): KnownSpan<F> {
  if (edge.file.facts.kind === 'image') return { atFrame, count: 1, file: edge.file, startTicks: 0, fit: 'stretch' };
  const own = inclusive ? 1 : 0;
  const fits = Math.floor(secondsFromTicks(edge.ticks) * fps + slack) + own;
  const count = Math.max(1, Math.min(contextFrames, fits));
  const startTicks = Math.max(0, edge.ticks - ticksFromSeconds((count - own) / fps));
  return { atFrame, count, file: edge.file, startTicks, fit: 'stretch' };
}

/** Frames from an edge on, at the pack's pace. */
export function spanFrom<F extends PlanFile>(edge: Picture<F>, atFrame: number, fps: number): KnownSpan<F> {
  if (edge.file.facts.kind === 'image') return { atFrame, count: 1, file: edge.file, startTicks: 0, fit: 'stretch' };
  const left = secondsFromTicks(edge.file.facts.durationTicks - edge.ticks);
  return {
    atFrame,
    count: Math.max(1, Math.min(contextFrames, Math.floor(left * fps + slack))),
    file: edge.file,
    startTicks: edge.ticks,
    fit: 'stretch',
  };
}

/** Length of the take that a plan gives. */
export function plannedTicks({ output }: VideoPlan<unknown>): Ticks {
  return ticksAtFrame(output.frameCount, output.rate);
}
