/** Which frames of which files a continuation or a bridge is made from. Pure. */
import type { ExtendRequest } from '../../../actions/extend/schema.ts';
import type { FillGapRequest } from '../../../actions/fillGap/schema.ts';
import { FailureError } from '../../../contract/errors.ts';
import { sentence } from '../../../contract/sentence.ts';
import type { VideoFacts } from '../../../disk/facts.ts';
import { samplesOf } from '../../../ffmpeg/layPatches.ts';
import { opaque, type SampleFormat } from '../../../ffmpeg/sampleFormat.ts';
import type { Size } from '../../../render/place.ts';
import { secondsFromTicks, ticksAtFrame, type Rate, type Ticks } from '../../../time/ticks.ts';
import { pictureSize } from '../../generation/pictureSize.ts';
import type { Picture, ResolvedRequest, SourceFile } from '../../generation/resolved.ts';
import { frameShape } from '../interpolate/rawFrame.ts';
import type { JoinRun, JoinSide } from './joinRun.ts';

/** A run without its ways. */
export type JoinFrames = Pick<JoinRun, 'before' | 'after' | 'rate' | 'size' | 'samples'>;

/** Frames, and the shot whose size and colours they have. */
export interface JoinPlan {
  readonly frames: JoinFrames;
  readonly count: number;
  readonly lead: number;
  readonly video: VideoFacts;
}

/** How a plan is made smaller, for a preview. */
export interface Reduction {
  readonly size: Size;
  readonly rate: Rate;
  readonly samples: SampleFormat;
}

/** Frames inside a shot that are looked at for its motion. */
const insideFrames = 12;
const longestTailSeconds = 3;
/** Bytes of frames that are kept on disk for one shot, at most. */
const mostBytes = 1.5e9;
const stillRate: Rate = { num: 25, den: 1 };

/** Throws FailureError 'badRequest' for a source without an opaque picture. */
export function planExtension(
  { request, source }: Pick<ResolvedRequest<ExtendRequest>, 'request' | 'source'>,
  reduction: Reduction | null = null,
): JoinPlan {
  const name = source?.file.name ?? '';
  const video = requireOpaque(source?.file);
  if (!source) throw new FailureError('badRequest', sentence('request.noPicture', { name }));
  const { file } = source;
  const form = formOf(video, file, reduction);
  const framesIn = (ticks: Ticks): number => (secondsFromTicks(ticks) * form.rate.num) / form.rate.den;
  const forward = request.direction === 'forward';
  const isStill = file.facts.kind === 'image';
  const start = Math.floor(framesIn(source.startTicks) + 1e-6);
  const last = Math.ceil(framesIn(Math.min(file.facts.durationTicks, source.startTicks + source.durationTicks)) - 1e-6);
  const whole = isStill ? 1 : Math.max(1, last - start);
  const tail = Math.min(whole, mostTail(form));
  const first = forward ? start + whole - tail : start;
  const side: JoinSide = {
    source: file,
    startTicks: isStill ? 0 : ticksAtFrame(first, form.rate),
    frameCount: tail,
    seam: forward ? tail - 1 : 0,
  };
  const count = Math.max(1, Math.round(framesIn(request.durationTicks)));
  const lead = Math.min(tail - 1, Math.round(framesIn(request.leadTicks ?? 0)));
  return { frames: { before: forward ? side : null, after: forward ? null : side, ...form }, count, lead, video };
}

/** Throws FailureError 'badRequest' where a shot is missing on one side, or is no opaque picture. */
export function planBridge(
  { request, firstFrame, lastFrame }: Pick<ResolvedRequest<FillGapRequest>, 'request' | 'firstFrame' | 'lastFrame'>,
  reduction: Reduction | null = null,
): JoinPlan {
  if (!firstFrame || !lastFrame) throw new FailureError('badRequest', sentence('join.needsBoth'));
  const video = requireOpaque(firstFrame.file);
  requireOpaque(lastFrame.file);
  const form = formOf(video, firstFrame.file, reduction);
  const count = Math.max(1, Math.round((secondsFromTicks(request.durationTicks) * form.rate.num) / form.rate.den));
  return {
    frames: {
      before: sideOf(firstFrame, form.rate, 1, count),
      after: sideOf(lastFrame, form.rate, -1, count),
      ...form,
    },
    count,
    lead: 0,
    video,
  };
}

/** Frames around a picture: a few inside its shot, and as many as there are beyond, up to `count`. */
function sideOf({ file, ticks }: Picture, rate: Rate, outward: 1 | -1, count: number): JoinSide {
  if (file.facts.kind === 'image') return { source: file, startTicks: 0, frameCount: 1, seam: 0 };
  const framesIn = (time: Ticks): number => (secondsFromTicks(time) * rate.num) / rate.den;
  const left = Math.max(1, Math.floor(framesIn(file.facts.durationTicks) + 1e-6));
  const seam = Math.min(left - 1, Math.floor(framesIn(ticks) + 1e-6));
  const [before, after] = outward === 1 ? [insideFrames, count] : [count, insideFrames];
  const first = Math.max(0, seam - before);
  const last = Math.min(left - 1, seam + after);
  return { source: file, startTicks: ticksAtFrame(first, rate), frameCount: last - first + 1, seam: seam - first };
}

function formOf(video: VideoFacts, { facts }: SourceFile, reduction: Reduction | null) {
  const own = {
    rate: facts.kind === 'image' ? stillRate : video.rate,
    size: pictureSize(video),
    samples: opaque(samplesOf(video)),
  };
  return reduction ?? own;
}

function mostTail({ rate, size, samples }: { rate: Rate; size: Size; samples: SampleFormat }): number {
  const byTime = Math.ceil((longestTailSeconds * rate.num) / rate.den);
  return Math.max(insideFrames, Math.min(byTime, Math.floor(mostBytes / frameShape(samples, size).bytes)));
}

function requireOpaque(file: SourceFile | undefined): VideoFacts {
  const video = file?.facts.video;
  const name = file?.name ?? '';
  if (!file || !video) throw new FailureError('badRequest', sentence('request.noPicture', { name }));
  if (video.hasAlpha) throw new FailureError('badRequest', sentence('join.alpha', { name }), file.path);
  return video;
}
