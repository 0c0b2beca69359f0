/** Carries a mask through a clip, in the inference child. Some dozen small frames are held, whatever the length. */
import { readFile, rename } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { carryPass } from '../../../../models/families/footage/follow/passes.ts';
import type { Plane } from '../../../../models/families/footage/select/raster.ts';
import type { FootageContext } from '../footageContext.ts';
import type { FollowResult, FollowRun } from './followRun.ts';
import { FramesAhead } from './framesAhead.node.ts';

/** Writes the mask of each frame as it is carried. */
export async function runFollow(run: FollowRun, context: FootageContext): Promise<FollowResult> {
  const { width, height, frame: from, step, to, folder } = run;
  const bytes = await readFile(run.maskPath);
  if (bytes.length !== width * height) throw new Error(`${run.maskPath} does not hold one mask`);
  const mask = { data: Float32Array.from(bytes, (value) => value / 255), width, height };
  const frames = new FramesAhead(run);
  let writing: Promise<void> = Promise.resolve();
  const end = await carryPass({
    ...{ frame: from, mask, step, to },
    picture: (frame) => frames.at(frame),
    async put(frame, carried) {
      context.checkCancelled();
      // one picture is written while the next is carried
      await writing;
      writing = writeMask(carried, join(folder, `${frame}.png`));
      context.report({ fraction: (frame - from) / (to - from), stage: 'follow' });
    },
  }).finally(() => frames.close());
  await writing;
  return { task: 'follow', ...end };
}

/** Under its name only when it is whole: the window may read it at any time. */
async function writeMask({ data, width, height }: Plane, path: string): Promise<void> {
  const bytes = new Uint8Array(data.length);
  for (let at = 0; at < bytes.length; at++) bytes[at] = data[at]! * 255 + 0.5;
  const half = `${path}.part`;
  await sharp(bytes, { raw: { width, height, channels: 1 } })
    .toColourspace('b-w')
    .png({ compressionLevel: 3 })
    .toFile(half);
  await rename(half, path);
}
