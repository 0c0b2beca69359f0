/** The frames of a source that a method on footage reads and makes: its own size, rate and count. */
import { FailureError } from '../../contract/errors.ts';
import { sentence } from '../../contract/sentence.ts';
import type { VideoFacts } from '../../disk/facts.ts';
import type { Size } from '../../render/place.ts';
import { pictureSize } from '../generation/pictureSize.ts';
import { secondsFromTicks, type Rate } from '../../time/ticks.ts';
import type { SourceRange } from '../generation/resolved.ts';

/** A stretch of footage on its own frame grid. */
export interface FramesWanted {
  readonly range: SourceRange;
  readonly video: VideoFacts;
  /** As decoded and upright, px. */
  readonly size: Size;
  /** null for a photograph. */
  readonly rate: Rate | null;
  /** 1 for a photograph. */
  readonly frameCount: number;
}

/** Throws FailureError 'badRequest' for a source without a picture. */
export function framesWanted(range: SourceRange | null): FramesWanted {
  const video = range?.file.facts.video;
  if (!range || !video)
    throw new FailureError('badRequest', sentence('request.noPicture', { name: range?.file.name ?? '' }));
  const size = pictureSize(video);
  if (range.file.facts.kind === 'image') return { range, video, size, rate: null, frameCount: 1 };
  const { rate } = video;
  const framesIn = (ticks: number): number => Math.round((secondsFromTicks(ticks) * rate.num) / rate.den);
  // a container's length may be its sound's, half a frame more or less
  const left = framesIn(range.file.facts.durationTicks - range.startTicks);
  const frameCount = Math.max(1, Math.min(Math.ceil(framesIn(range.durationTicks)), left));
  return { range, video, size, rate, frameCount };
}
