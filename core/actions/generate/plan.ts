import type { VideoFamily } from '../../../models/families/pack.ts';
import { canUpscale, upscaledSize } from '../../../models/families/video/upscale.ts';
import {
  frameAt,
  framesFor,
  notPlanned,
  packRate,
  planned,
  type PlanFile,
  type Planned,
  type PlanMaterials,
} from '../videoPlan.ts';
import type { GenerateRequest } from './schema.ts';

/** Frames that cover the length, the first and the last of them known where pictures are given. */
export function planGenerate<F extends PlanFile>(
  request: GenerateRequest,
  { firstFrame, lastFrame }: PlanMaterials<F>,
  family: VideoFamily,
  sizePx: { readonly width: number; readonly height: number } | null,
): Planned<F> {
  const upscale = Boolean(request.upscale);
  if (upscale && !canUpscale(family)) return notPlanned('noUpscaler');
  const frameCount = framesFor(request.durationTicks, family.fps);
  const first = firstFrame ? [frameAt(firstFrame, 0)] : [];
  const last = lastFrame && frameCount > 1 ? [frameAt(lastFrame, frameCount - 1)] : [];
  const packSize = upscale ? upscaledSize(family) : { width: family.width, height: family.height };
  return planned({
    frameCount,
    known: [...first, ...last],
    anew: 'frames',
    kept: { from: 0, count: frameCount },
    controlScale: null,
    upscale,
    output: { ...(sizePx ?? packSize), rate: packRate(family), frameCount, over: null },
  });
}
