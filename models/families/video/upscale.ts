/**
 * Upscales frames four times with the pack's upscaler, each frame alone, so that it adds no flicker. Frames pass
 * through one at a time, because a minute at 1024x576 is 1.7 GB. Pure TypeScript; the session is injected.
 */
import type { VideoFamily } from '../pack.ts';
import type { Frames, PipelineContext } from '../pipeline.ts';
import { emptyFrames, framesToTensor, tensorToFrames } from './frames.ts';
import { required } from './latents.ts';

/** Factor of width and height, fixed by the graph. */
export const upscaleFactor = 4 as const;

/** Whether the pack has an upscaler. */
export function canUpscale(family: VideoFamily): family is VideoFamily & { graphs: { upscaler: string } } {
  return family.graphs.upscaler !== undefined;
}

/** Width and height of an upscaled frame, in pixels. */
export function upscaledSize({ width, height }: { readonly width: number; readonly height: number }): {
  width: number;
  height: number;
} {
  return { width: width * upscaleFactor, height: height * upscaleFactor };
}

/**
 * Upscales `frames`, which have the pack's size. `take` gets each large frame in order; its bytes are valid only until
 * it returns. Progress is 0..1 of the upscaling. Throws RangeError if the pack has no upscaler or the size differs, and
 * PipelineCancelled between frames.
 */
export async function upscaleFrames(
  frames: Frames,
  family: VideoFamily,
  context: PipelineContext,
  take: (frame: Frames, index: number) => Promise<void> | void,
): Promise<void> {
  if (!canUpscale(family)) throw new RangeError('This pack has no upscaler.');
  if (frames.width !== family.width || frames.height !== family.height) {
    throw new RangeError(
      `The frames are ${frames.width}x${frames.height}, the upscaler takes ${family.width}x${family.height}.`,
    );
  }
  const size = upscaledSize(family);
  const large = emptyFrames(1, size.width, size.height);
  const session = await context.pack.session(family.graphs.upscaler);
  for (let index = 0; index < frames.frameCount; index += 1) {
    context.checkCancelled();
    context.report({
      fraction: index / frames.frameCount,
      stage: 'upscale',
      step: index + 1,
      stepCount: frames.frameCount,
    });
    const { picture } = await session
      .run({ frame: framesToTensor(frames, index, 1) })
      .then((made) => ({ picture: required(made, 'picture') }));
    tensorToFrames(picture, 1, large, 0);
    await take(large, index);
  }
  context.checkCancelled();
  context.report({ fraction: 1, stage: 'upscale' });
}
