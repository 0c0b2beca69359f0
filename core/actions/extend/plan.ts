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
import type { ExtendRequest } from './schema.ts';

/** The new frames beside a few of the source's own, which show the model how it moves. */
export function planExtend<F extends PlanFile>(
  request: ExtendRequest,
  { source }: PlanMaterials<F>,
  family: VideoFamily,
): Planned<F> {
  const { fps } = family;
  const video = source?.file.facts.video;
  if (!source || !video) return notPlanned('noPicture', { name: source?.file.name ?? '' });
  const wanted = framesFor(request.durationTicks, fps);
  const forward = request.direction === 'forward';
  const edgeTicks = forward ? source.startTicks + source.durationTicks : source.startTicks;
  const edge = { file: source.file, ticks: edgeTicks };
  // latents hold frame 0, then groups of four: known frames that come last start a group, and what is too many is
  // left out
  const room = forward ? 0 : (((1 - wanted) % 4) + 4) % 4;
  const context = forward ? spanBefore(edge, 0, fps, false) : spanFrom(edge, wanted + room, fps);
  return planned({
    frameCount: wanted + room + context.count,
    known: [context],
    anew: 'frames',
    kept: { from: forward ? context.count : room, count: wanted },
    controlScale: null,
    upscale: false,
    output: { ...evenSize(video), rate: packRate(family), frameCount: wanted, over: null },
  });
}
