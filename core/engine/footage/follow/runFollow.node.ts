/** Follows a mask through a clip, in the inference child. A few dozen small frames are held, whatever the length. */
import { readFile, rename } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { followKeys } from '../../../../models/families/footage/follow/followKeys.ts';
import type { Picture, Plane } from '../../../../models/families/footage/select/raster.ts';
import { ticksAtFrame } from '../../../time/ticks.ts';
import { readFrames } from '../../media/readFrames.node.ts';
import type { FootageContext } from '../footageContext.ts';
import type { FollowResult, FollowRun } from './followRun.ts';

/** Decoded at once. */
const chunkFrames = 32;
/** Of the stretch that is carried and the one before it: two key frames may lie apart. */
const heldChunks = 3;

/** Writes the mask of each frame as it is carried. */
export async function runFollow(run: FollowRun, context: FootageContext): Promise<FollowResult> {
  const { width, height, first, end } = run;
  const keys = await Promise.all(
    run.keys.map(async ({ frame, path }) => {
      const bytes = await readFile(path);
      if (bytes.length !== width * height) throw new Error(`${path} does not hold one mask`);
      return { frame, mask: { data: Float32Array.from(bytes, (value) => value / 255), width, height } };
    }),
  );
  const lost = await followKeys({
    first,
    end,
    keys,
    picture: frameReader(run),
    async put(frame, mask) {
      context.checkCancelled();
      await writeMask(mask, join(run.folder, `${frame}.png`));
    },
    onFraction: (fraction) => context.report({ fraction, stage: 'follow' }),
  });
  return { task: 'follow', lost };
}

function frameReader({ source, rate, first, end, width, height }: FollowRun): (frame: number) => Promise<Picture> {
  const chunks = new Map<number, Uint8Array>();
  const frameBytes = width * height * 3;
  return async (frame) => {
    const from = first + Math.floor((frame - first) / chunkFrames) * chunkFrames;
    let data = chunks.get(from);
    if (!data) {
      const frameCount = Math.min(chunkFrames, end - from);
      const startTicks = ticksAtFrame(from, rate);
      data = (await readFrames({ startTicks, frameCount, fps: rate.num / rate.den, width, height }, source)).data;
      // the oldest goes
      if (chunks.size >= heldChunks) chunks.delete(chunks.keys().next().value!);
      chunks.set(from, data);
    }
    return { data: data.subarray((frame - from) * frameBytes, (frame - from + 1) * frameBytes), width, height };
  };
}

/** Under its name only when it is whole: the window may read it at any time. */
async function writeMask({ data, width, height }: Plane, path: string): Promise<void> {
  const bytes = Uint8Array.from(data, (value) => Math.round(value * 255));
  const half = `${path}.part`;
  await sharp(bytes, { raw: { width, height, channels: 1 } })
    .toColourspace('b-w')
    .png({ compressionLevel: 3 })
    .toFile(half);
  await rename(half, path);
}
