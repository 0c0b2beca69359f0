import type { VideoFamily } from '../../../models/families/pack.ts';
import {
  evenSize,
  framesFor,
  notPlanned,
  packRate,
  planned,
  spanBefore,
  spanFrom,
  type PlanFile,
  type Planned,
  type PlanMaterials,
} from '../videoPlan.ts';
import type { FillGapRequest } from './schema.ts';

/** The new frames between a few of the clip before and a few of the clip after. */
export function planFillGap<F extends PlanFile>(
  request: FillGapRequest,
  { firstFrame, lastFrame }: PlanMaterials<F>,
  family: VideoFamily,
): Planned<F> {
  const { fps } = family;
  const neighbour = firstFrame ?? lastFrame;
  if (!neighbour) return notPlanned('gapWithoutNeighbour');
  const video = neighbour.file.facts.video;
  if (!video) return notPlanned('noPicture', { name: neighbour.file.name });
  const wanted = framesFor(request.durationTicks, fps);
  const left = firstFrame && spanBefore(firstFrame, 0, fps, true);
  const from = left?.count ?? 0;
  const right = lastFrame && spanFrom(lastFrame, from + wanted, fps);
  return planned({
    frameCount: from + wanted + (right?.count ?? 0),
    known: [left, right].filter((span) => span !== null),
    anew: 'frames',
    kept: { from, count: wanted },
    controlScale: null,
    upscale: false,
    output: { ...evenSize(video), rate: packRate(family), frameCount: wanted, over: null },
  });
}
