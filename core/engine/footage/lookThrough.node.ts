/** A first pass over small grey frames, before anything is made: what lies between each and the one before it. */
import { requireFrames } from '../../ffmpeg/requireFrames.node.ts';
import { runFrames } from '../../ffmpeg/run.node.ts';
import type { Size } from '../../render/place.ts';
import { pictureSize } from '../generation/pictureSize.ts';
import type { FootageContext } from './footageContext.ts';
import { FrameQueue } from './interpolate/frameQueue.node.ts';
import { readGrey, type Stretch } from './interpolate/readOwnFrames.node.ts';

/** Share of the work that looking through takes. */
export const lookShare = 0.05;

/**
 * What `compare` answers for each frame of the stretch, reduced to `longestPx` on its longer side, one byte a pixel.
 * `before` is null for the first. Throws FailureError as `runFfmpeg` and where frames are missing, and what
 * `checkCancelled` throws.
 */
export async function lookThrough<T>(
  stretch: Stretch,
  longestPx: number,
  context: FootageContext,
  compare: (before: Uint8Array | null, frame: Uint8Array, size: Size) => T,
): Promise<readonly T[]> {
  const picture = pictureSize(stretch.source.facts.video!);
  const scale = Math.min(1, longestPx / Math.max(picture.width, picture.height));
  const size = {
    width: Math.max(1, Math.round(picture.width * scale)),
    height: Math.max(1, Math.round(picture.height * scale)),
  };
  const look = async (queue: FrameQueue): Promise<readonly T[]> => {
    const found: T[] = [];
    let before: Uint8Array | null = null;
    for (let frame = await queue.next(); frame; frame = await queue.next()) {
      context.checkCancelled();
      found.push(compare(before, frame, size));
      before = frame;
      context.report({ fraction: (lookShare * found.length) / stretch.frameCount, stage: 'look' });
    }
    return found;
  };
  let looking: Promise<readonly T[]> = Promise.resolve([]);
  const result = await runFrames((rereads) => {
    const queue = new FrameQueue(size.width * size.height);
    looking = look(queue);
    // a failure reaches ffmpeg through the queue
    looking.catch((error: unknown) => queue.destroy(error as Error));
    return readGrey(stretch, size, queue, rereads);
  });
  requireFrames(result, stretch.frameCount);
  return looking;
}
