/**
 * How a request becomes one control of the video family (see its contract): which frames are known, what is made anew,
 * which of the made frames are the take, and at what size and rate it is kept. Pure; frames at the pack's rate.
 */
import type { VideoFamily } from '../../../models/families/pack.ts';
import { canUpscale, upscaledSize } from '../../../models/families/video/upscale.ts';
import { FailureError } from '../../contract/errors.ts';
import { assertNever } from '../../time/assertNever.ts';
import { secondsFromTicks, ticksAtFrame, ticksFromSeconds, type Rate, type Ticks } from '../../time/ticks.ts';
import type { Picture, ResolvedRequest, SourceFile, SourceRange } from './resolved.ts';

/** Frames in a row that a file lends. */
export interface KnownSpan {
  readonly atFrame: number;
  readonly count: number;
  readonly file: SourceFile;
  readonly startTicks: Ticks;
  /** cover: cut to the pack's aspect; stretch: whole, undone when the result is brought to its size. */
  readonly fit: 'cover' | 'stretch';
}

export interface VideoPlan {
  readonly frameCount: number;
  readonly known: readonly KnownSpan[];
  /**
   * frames: all that is not known. region: the mask's inside. outside: the mask's outside. structure: everything,
   * shapes kept.
   */
  readonly anew: 'frames' | 'region' | 'outside' | 'structure';
  readonly kept: { readonly from: number; readonly count: number };
  readonly controlScale: number | null;
  /** The made frames go through the pack's upscaler. */
  readonly upscale: boolean;
  readonly output: {
    readonly width: number;
    readonly height: number;
    readonly rate: Rate;
    readonly frameCount: number;
    /** Made frames alone, or laid over the source inside the mask. */
    readonly over: SourceRange | null;
  };
}

/** Frames of context before (after) what is new: two latent steps and the first frame, as the pipeline groups them. */
const contextFrames = 9;
/** Rounding slack, in frames. */
const slack = 1e-4;

export function packRate(family: VideoFamily): Rate {
  return Number.isInteger(family.fps) ? { num: family.fps, den: 1 } : { num: Math.round(family.fps * 1000), den: 1000 };
}

function framesFor(ticks: Ticks, fps: number): number {
  return Math.max(1, Math.ceil(secondsFromTicks(ticks) * fps - slack));
}

/** Even sizes, since the kept format halves colour; the odd last row or column of a source is left out. */
function evenSize(file: SourceFile): { width: number; height: number } {
  const video = file.facts.video;
  if (!video) throw new FailureError('badRequest', `${file.name} has no picture.`, file.path);
  return {
    width: Math.max(2, video.width - (video.width % 2)),
    height: Math.max(2, video.height - (video.height % 2)),
  };
}

/** `size`: px of the result where the request leaves it open (generate); null = the pack's. */
export function planVideo(
  resolved: ResolvedRequest,
  family: VideoFamily,
  size: { width: number; height: number } | null = null,
): VideoPlan {
  const { request } = resolved;
  const { fps } = family;
  const rate = packRate(family);
  const wanted = framesFor(request.durationTicks, fps);
  const plain = (frameCount: number, at: { width: number; height: number }): VideoPlan['output'] => ({
    ...at,
    rate,
    frameCount,
    over: null,
  });
  const upscale = Boolean(request.upscale);
  if (upscale && !canUpscale(family))
    throw new FailureError('badRequest', 'The model pack has no upscaler: it makes clips at its own size alone.');
  const packSize = size ?? (upscale ? upscaledSize(family) : { width: family.width, height: family.height });

  switch (request.action) {
    case 'generate': {
      const known: KnownSpan[] = [];
      if (resolved.firstFrame)
        known.push({
          atFrame: 0,
          count: 1,
          file: resolved.firstFrame.file,
          startTicks: resolved.firstFrame.ticks,
          fit: 'cover',
        });
      if (resolved.lastFrame && wanted > 1)
        known.push({
          atFrame: wanted - 1,
          count: 1,
          file: resolved.lastFrame.file,
          startTicks: resolved.lastFrame.ticks,
          fit: 'cover',
        });
      return {
        frameCount: wanted,
        known,
        anew: 'frames',
        kept: { from: 0, count: wanted },
        controlScale: null,
        upscale,
        output: plain(wanted, packSize),
      };
    }
    case 'extend': {
      const source = requireSource(resolved);
      const before = request.direction === 'forward';
      const edge: Picture = {
        file: source.file,
        ticks: before ? source.startTicks + source.durationTicks : source.startTicks,
      };
      // latents hold frame 0, then groups of four: known frames that come last begin a group, what is too many is left
      // out
      const room = before ? 0 : (((1 - wanted) % 4) + 4) % 4;
      const context = before ? spanBefore(edge, 0, fps, false) : spanFrom(edge, wanted + room, fps);
      return {
        frameCount: wanted + room + context.count,
        known: [context],
        anew: 'frames',
        kept: { from: before ? context.count : room, count: wanted },
        controlScale: null,
        upscale,
        output: plain(wanted, evenSize(source.file)),
      };
    }
    case 'fillGap': {
      const left = resolved.firstFrame && spanBefore(resolved.firstFrame, 0, fps, true);
      const from = left?.count ?? 0;
      const right = resolved.lastFrame && spanFrom(resolved.lastFrame, from + wanted, fps);
      const neighbour = resolved.firstFrame ?? resolved.lastFrame;
      if (!neighbour) throw new FailureError('badRequest', 'Filling a gap needs a clip on at least one side of it.');
      return {
        frameCount: from + wanted + (right?.count ?? 0),
        known: [left, right].filter((span) => span !== null),
        anew: 'frames',
        kept: { from, count: wanted },
        controlScale: null,
        upscale,
        output: plain(wanted, evenSize(neighbour.file)),
      };
    }
    case 'inpaint':
    case 'restyle': {
      const source = requireSource(resolved);
      // a still stays one picture, however long its clip
      const still = source.file.facts.kind === 'image';
      const frameCount = still ? 1 : framesFor(source.durationTicks, fps);
      const masked = resolved.mask !== null && !(request.action === 'restyle' && request.scope === 'everything');
      const anew = !masked
        ? 'structure'
        : request.action === 'restyle' && request.scope === 'background'
          ? 'outside'
          : 'region';
      const sourceRate = source.file.facts.kind === 'video' ? (source.file.facts.video?.rate ?? rate) : rate;
      const output = masked
        ? {
            ...evenSize(source.file),
            rate: sourceRate,
            frameCount: still ? 1 : framesFor(source.durationTicks, sourceRate.num / sourceRate.den),
            over: source,
          }
        : plain(frameCount, evenSize(source.file));
      return {
        frameCount,
        known: [{ atFrame: 0, count: frameCount, file: source.file, startTicks: source.startTicks, fit: 'stretch' }],
        anew,
        kept: { from: 0, count: frameCount },
        controlScale: request.action === 'restyle' ? request.keepShapes : null,
        upscale,
        output,
      };
    }
    case 'soundtrack':
      throw new Error('a soundtrack is no video');
    default:
      return assertNever(request.action);
  }
}

function requireSource(resolved: ResolvedRequest): SourceRange {
  if (!resolved.source) throw new FailureError('badRequest', 'This action needs a clip to work on.');
  return resolved.source;
}

/**
 * Frames of the past at the pack's pace: the last one is the picture itself (`inclusive`), or a frame before the edge.
 */
function spanBefore(edge: Picture, atFrame: number, fps: number, inclusive: boolean): KnownSpan {
  if (edge.file.facts.kind === 'image') return { atFrame, count: 1, file: edge.file, startTicks: 0, fit: 'stretch' };
  const fits = Math.floor(secondsFromTicks(edge.ticks) * fps + slack) + (inclusive ? 1 : 0);
  const count = Math.max(1, Math.min(contextFrames, fits));
  const startTicks = Math.max(0, edge.ticks - ticksFromSeconds((count - (inclusive ? 1 : 0)) / fps));
  return { atFrame, count, file: edge.file, startTicks, fit: 'stretch' };
}

function spanFrom(edge: Picture, atFrame: number, fps: number): KnownSpan {
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
export function plannedTicks(plan: VideoPlan): Ticks {
  return ticksAtFrame(plan.output.frameCount, plan.output.rate);
}
