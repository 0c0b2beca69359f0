/** Whether a mask that stands still keeps covering its thing, measured on a few small frames around it. */
import { greyOf } from '../../../../models/families/footage/follow/grey.ts';
import { movesUnder } from '../../../../models/families/footage/follow/standsStill.ts';
import { planeOf } from '../../../../models/families/footage/select/raster.ts';
import type { DrawnMask } from '../../../document/refs.ts';
import { secondsFromTicks, ticksFromSeconds, type TickRange, type Ticks } from '../../../time/ticks.ts';
import { drawShape } from '../../generation/maskShapes.node.ts';
import { pictureSize } from '../../generation/pictureSize.ts';
import type { LocatedSource } from '../../media/locateSource.node.ts';
import { readFrames } from '../../media/readFrames.node.ts';

/** Longer side of the frames that are looked at, px. */
const longestSidePx = 144;
/** Frames on each side of the mask's own, and how far they reach: what happens later only says the same again. */
const framesBeside = 4;
const reachSeconds = 3;

/**
 * `mask` is of the frame at `atTicks`; `range`: the stretch that it would be used for. false for a photograph, and
 * where nothing can be said.
 */
export async function movesUnderMask(
  source: LocatedSource,
  range: TickRange,
  atTicks: Ticks,
  mask: DrawnMask,
): Promise<boolean> {
  const { kind, video } = source.facts;
  if (kind !== 'video' || !video) return false;
  const { width, height } = smallSize(pictureSize(video));
  const before = Math.min(reachSeconds, Math.max(0, secondsFromTicks(atTicks - range.startTicks)));
  const after = Math.min(reachSeconds, Math.max(0, secondsFromTicks(range.startTicks + range.durationTicks - atTicks)));
  const step = (before + after) / (2 * framesBeside);
  if (step <= 0) return false;
  const keyIndex = Math.round(before / step);
  const startTicks = Math.max(0, atTicks - ticksFromSeconds(keyIndex * step));
  const read = await readFrames({ startTicks, frameCount: 2 * framesBeside + 1, fps: 1 / step, width, height }, source);
  const pixels = width * height;
  const frames = Array.from({ length: read.frameCount }, (_, index) =>
    greyOf({ data: read.data.subarray(index * pixels * 3, (index + 1) * pixels * 3), width, height }),
  );
  const { data } = await drawShape(mask, width, height, () => undefined, true);
  const plane = planeOf(width, height);
  for (let i = 0; i < pixels; i++) plane.data[i] = data[i]! / 255;
  return movesUnder(plane, frames, keyIndex);
}

function smallSize({ width, height }: { width: number; height: number }) {
  const scale = Math.min(1, longestSidePx / Math.max(width, height));
  return { width: Math.max(16, Math.round(width * scale)), height: Math.max(16, Math.round(height * scale)) };
}
